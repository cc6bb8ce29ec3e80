using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Services.S3.Configuration;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>The sub-resources of buckets: each is put, read and deleted as a whole.</summary>
internal sealed class ConfigurationOperations(Buckets buckets) : IS3Operations
{
    public void AddTo(RouteTable routes)
    {
        foreach (var kind in ConfigurationKinds.All)
        {
            routes.Add("GET", Target.Bucket, kind.Subresource, request => Get(request, kind));
            routes.Add("PUT", Target.Bucket, kind.Subresource, request => PutAsync(request, kind));
            if (kind.CanDelete)
                routes.Add("DELETE", Target.Bucket, kind.Subresource,
                    request => Delete(request, kind.Subresource, "s3:Put" + kind.Permission));
        }

        foreach (var kind in ConfigurationKinds.NeverSet)
            routes.Add("GET", Target.Bucket, kind.Subresource, request => Get(request, kind));
        routes.Add("GET", Target.Bucket, ConfigurationKinds.PolicySubresource, GetPolicy);
        routes.Add("PUT", Target.Bucket, ConfigurationKinds.PolicySubresource, PutPolicyAsync);
        routes.Add("DELETE", Target.Bucket, ConfigurationKinds.PolicySubresource,
            request => Delete(request, ConfigurationKinds.PolicySubresource, "s3:DeleteBucketPolicy"));
    }

    private Task Get(S3Request request, ConfigurationKind kind)
    {
        var bucket = Authorized(request, "s3:Get" + kind.Permission);
        var set = bucket.Record.Configured(kind.Subresource);
        if (set is null && kind.Missing is var (code, message))
            throw new S3Exception(code, message, 404, ("BucketName", bucket.Name));
        return S3Xml.WriteAsync(request.Response, set is null ? kind.Unset!() : XElement.Parse(set));
    }

    private async Task PutAsync(S3Request request, ConfigurationKind kind)
    {
        var bucket = Authorized(request, "s3:Put" + kind.Permission);
        buckets.Configure(bucket, kind.Subresource, kind.Checked(await request.ReadXmlAsync(kind.Root)));
        request.Answer(StatusCodes.Status200OK);
    }

    private void Delete(S3Request request, string subresource, string action)
    {
        buckets.Configure(Authorized(request, action), subresource, null);
        request.Answer(StatusCodes.Status204NoContent);
    }

    private Task GetPolicy(S3Request request)
    {
        var bucket = Authorized(request, "s3:GetBucketPolicy");
        var policy = bucket.Record.Configured(ConfigurationKinds.PolicySubresource)
            ?? throw new S3Exception("NoSuchBucketPolicy", "The bucket policy does not exist", 404, ("BucketName", bucket.Name));
        request.Response.ContentType = "application/json";
        return request.Response.WriteAsync(policy);
    }

    private async Task PutPolicyAsync(S3Request request)
    {
        var bucket = Authorized(request, "s3:PutBucketPolicy");
        buckets.Configure(bucket, ConfigurationKinds.PolicySubresource, CheckedPolicy(await request.ReadTextAsync()));
        request.Answer(StatusCodes.Status204NoContent);
    }

    private Bucket Authorized(S3Request request, string action)
    {
        request.Call.Authorize(action, request.BucketArn);
        return buckets.Get(request.Bucket, request.ExpectedOwner);
    }

    // The policy's document is kept for readers; enforcing it is the authoriser's, which allows everything so far.
    private static string CheckedPolicy(string policy)
    {
        try
        {
            using var json = JsonDocument.Parse(policy);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("Statement", out _)
                ? policy
                : throw new S3Exception("MalformedPolicy", "Missing required field Statement", 400);
        }
        catch (JsonException)
        {
            throw new S3Exception("MalformedPolicy", "This policy contains invalid Json", 400);
        }
    }
}
