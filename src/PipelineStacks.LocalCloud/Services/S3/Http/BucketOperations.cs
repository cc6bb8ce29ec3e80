using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>Buckets themselves: create, delete, list, locate.</summary>
internal sealed class BucketOperations(Buckets buckets) : IS3Operations
{
    private static readonly string[] UnsupportedHeaders =
    [
        "x-amz-bucket-object-lock-enabled", "x-amz-grant-full-control", "x-amz-grant-read",
        "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp",
    ];

    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", Target.Service, "", ListBuckets);
        routes.Add("PUT", Target.Bucket, "", CreateBucketAsync);
        routes.Add("HEAD", Target.Bucket, "", HeadBucket);
        routes.Add("DELETE", Target.Bucket, "", DeleteBucket);
        routes.Add("GET", Target.Bucket, "location", GetBucketLocation);
    }

    private Task ListBuckets(S3Request request)
    {
        request.Call.Authorize("s3:ListAllMyBuckets", "*");
        var prefix = request.Query("prefix") ?? "";
        var region = request.Query("bucket-region");
        var after = request.Query("continuation-token") ?? "";
        var most = request.Number("max-buckets", 1, 10_000) ?? 10_000;
        var listed = buckets.Of(request.Call.Account).Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal)
            && (region is null || bucket.Record.Region == region) && string.CompareOrdinal(bucket.Name, after) > 0).ToList();
        return S3Xml.WriteAsync(request.Response, "ListAllMyBucketsResult", xml =>
        {
            S3Xml.Owner(xml, "Owner", request.Call.Account);
            S3Xml.Element(xml, "Buckets", () =>
            {
                foreach (var bucket in listed.Take(most))
                    S3Xml.Element(xml, "Bucket", () =>
                    {
                        S3Xml.Element(xml, "Name", bucket.Name);
                        S3Xml.Element(xml, "CreationDate", S3Xml.Time(bucket.Record.Created));
                        S3Xml.Element(xml, "BucketRegion", bucket.Record.Region);
                    });
            });
            S3Xml.Element(xml, "ContinuationToken", listed.Count > most ? listed[most - 1].Name : null);
            S3Xml.Element(xml, "Prefix", request.Query("prefix"));
        });
    }

    private async Task CreateBucketAsync(S3Request request)
    {
        request.Call.Authorize("s3:CreateBucket", request.BucketArn);
        foreach (var header in UnsupportedHeaders)
            if (request.Header(header) is not (null or "false"))
                throw S3Errors.Unsupported($"The header {header}");
        if (request.Header("x-amz-acl") is not (null or "private"))
            throw new S3Exception("InvalidBucketAclWithObjectOwnership",
                "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting", 400);
        var region = request.Call.Region;
        if (request.Http.Request.ContentLength is > 0 || request.Header("x-amz-decoded-content-length") is not null)
            region = RegionOf(await request.ReadXmlAsync("CreateBucketConfiguration"), region);
        var bucket = buckets.Create(request.Bucket, request.Call.Account, region);
        if (request.Header("x-amz-object-ownership") is { } ownership)
            buckets.Configure(bucket, "ownershipControls",
                new XElement("OwnershipControls", new XElement("Rule", new XElement("ObjectOwnership", ownership)))
                    .ToString(SaveOptions.DisableFormatting));
        request.SetHeader("Location", "/" + bucket.Name);
        request.Answer(StatusCodes.Status200OK);
    }

    private static string RegionOf(XElement configuration, string region)
    {
        foreach (var element in configuration.Elements())
            if (element.Name.LocalName is not "LocationConstraint")
                throw S3Errors.Unsupported($"{element.Name.LocalName} of CreateBucketConfiguration");
        var constraint = configuration.Element("LocationConstraint")?.Value;
        if (string.IsNullOrEmpty(constraint))
            return region;
        constraint = constraint == "EU" ? "eu-west-1" : constraint;
        // A Region's endpoint makes buckets there only; the oldest one's makes them anywhere.
        return constraint == region || region == Callers.DefaultRegion
            ? constraint
            : throw new S3Exception("IllegalLocationConstraintException",
            $"The {constraint} location constraint is incompatible for the region specific endpoint this request was sent to.", 400);
    }

    private void HeadBucket(S3Request request)
    {
        request.Call.Authorize("s3:ListBucket", request.BucketArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        request.SetHeader("x-amz-bucket-region", bucket.Record.Region);
        request.SetHeader("x-amz-access-point-alias", "false");
        request.Answer(StatusCodes.Status200OK);
    }

    private void DeleteBucket(S3Request request)
    {
        request.Call.Authorize("s3:DeleteBucket", request.BucketArn);
        buckets.Delete(buckets.Get(request.Bucket, request.ExpectedOwner));
        request.Answer(StatusCodes.Status204NoContent);
    }

    private Task GetBucketLocation(S3Request request)
    {
        request.Call.Authorize("s3:GetBucketLocation", request.BucketArn);
        var region = buckets.Get(request.Bucket, request.ExpectedOwner).Record.Region;
        return S3Xml.WriteAsync(request.Response, "LocationConstraint",
            xml => xml.WriteString(region == Callers.DefaultRegion ? "" : region));
    }
}
