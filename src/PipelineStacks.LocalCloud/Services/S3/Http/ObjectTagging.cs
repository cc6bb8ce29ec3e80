using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>The tags of objects.</summary>
internal sealed class ObjectTagging(Buckets buckets, Notifications notifications) : IS3Operations
{
    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", Target.Object, "tagging", Get);
        routes.Add("PUT", Target.Object, "tagging", PutAsync);
        routes.Add("DELETE", Target.Object, "tagging", Delete);
    }

    private Task Get(S3Request request)
    {
        var (bucket, version) = Authorized(request, "s3:GetObject", "Tagging");
        ObjectHeaders.WriteVersion(request, bucket, version.VersionId);
        return S3Xml.WriteAsync(request.Response, Tagging.Write(version.Tags ?? new Dictionary<string, string>()));
    }

    private async Task PutAsync(S3Request request)
    {
        var (bucket, version) = Authorized(request, "s3:PutObject", "Tagging");
        var tags = Tagging.Read(await request.ReadXmlAsync("Tagging"), Tagging.MaxObjectTags);
        Change(request, bucket, version, tags.Count == 0 ? null : tags);
        request.Answer(StatusCodes.Status200OK);
    }

    private void Delete(S3Request request)
    {
        var (bucket, version) = Authorized(request, "s3:DeleteObject", "Tagging");
        Change(request, bucket, version, null);
        request.Answer(StatusCodes.Status204NoContent);
    }

    private void Change(S3Request request, Bucket bucket, ObjectVersion version, Dictionary<string, string>? tags)
    {
        var changed = ObjectWriter.Change(bucket, version, now => now with { Tags = tags }) ?? throw S3Errors.NoSuchKey(request.Key);
        notifications.TagsChanged(request.Call, bucket, changed);
        ObjectHeaders.WriteVersion(request, bucket, version.VersionId);
    }

    private (Bucket Bucket, ObjectVersion Version) Authorized(S3Request request, string action, string suffix)
    {
        var versionId = request.Query("versionId");
        request.Call.Authorize($"{action}{(versionId is null ? "" : "Version")}{suffix}", request.ObjectArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        return (bucket, ObjectReading.Find(bucket, request.Key, versionId));
    }
}
