using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>PutObject, DeleteObject and DeleteObjects.</summary>
internal sealed class ObjectWriting(Buckets buckets, ObjectWriter writer) : IS3Operations
{
    private const int MaxDeletions = 1000;

    public void AddTo(RouteTable routes)
    {
        routes.Add("PUT", Target.Object, "", PutObjectAsync);
        routes.Add("DELETE", Target.Object, "", DeleteObject);
        routes.Add("POST", Target.Bucket, "delete", DeleteObjectsAsync);
    }

    public static WriteCondition Condition(S3Request request)
    {
        var ifNoneMatch = request.Header("If-None-Match");
        if (ifNoneMatch is not (null or "*"))
            throw S3Errors.Unsupported("A header If-None-Match other than * of a write");
        return new(request.Header("If-Match"), ifNoneMatch);
    }

    private async Task PutObjectAsync(S3Request request)
    {
        request.Call.Authorize("s3:PutObject", request.ObjectArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        var described = ObjectDescription.Read(request, bucket);
        var condition = Condition(request);
        // Once before the content travels; what counts is the check when the object is made.
        condition.Check(request.Key, bucket.Storage.Contents.Objects.Find(request.Key)?.Current);
        var (content, checksum) = await RequestContent.ReceiveAsync(request, bucket.Storage);
        var put = writer.Put(request.Call, bucket,
            described with { File = content.File, Size = content.Size, ETag = content.ETag, Checksum = checksum }, condition, "PutObject");
        request.SetHeader("ETag", HeaderText.Quoted(put.ETag));
        ObjectHeaders.WriteMade(request, bucket, put);
        ObjectHeaders.WriteChecksum(request, checksum);
        request.Answer(StatusCodes.Status200OK);
    }

    private void DeleteObject(S3Request request)
    {
        var versionId = request.Query("versionId");
        request.Call.Authorize(versionId is null ? "s3:DeleteObject" : "s3:DeleteObjectVersion", request.ObjectArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        var deletion = writer.Delete(request.Call, bucket, request.Key,
            versionId is null ? null : ObjectReading.CheckedVersionId(versionId), new(request.Header("If-Match"), null));
        if (deletion.Marker)
            request.SetHeader("x-amz-delete-marker", "true");
        request.SetHeader("x-amz-version-id", deletion.VersionId);
        request.Answer(StatusCodes.Status204NoContent);
    }

    private async Task DeleteObjectsAsync(S3Request request)
    {
        // The action is authorised key by key; an empty list passes for the bucket.
        request.Call.Authorize("s3:DeleteObject", request.BucketArn + "/*");
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        var body = await request.ReadXmlAsync("Delete");
        var objects = body.Elements("Object").ToList();
        if (objects.Count is 0 or > MaxDeletions || objects.Any(one => one.Element("Key") is null))
            throw S3Errors.MalformedXml();
        var quiet = body.Element("Quiet")?.Value == "true";
        var outcomes = objects.Select(one => Delete(request, bucket, one)).ToList();
        await S3Xml.WriteAsync(request.Response,
            new XElement("DeleteResult", outcomes.Where(outcome => !quiet || outcome.Name == "Error")));
    }

    private XElement Delete(S3Request request, Bucket bucket, XElement named)
    {
        var key = named.Element("Key")!.Value;
        var versionId = named.Element("VersionId")?.Value is { Length: > 0 } given ? given : null;
        try
        {
            request.Call.Authorize(versionId is null ? "s3:DeleteObject" : "s3:DeleteObjectVersion", $"{request.BucketArn}/{key}");
            ObjectDescription.CheckKey(key);
            var deletion = writer.Delete(request.Call, bucket, key, versionId is null ? null : ObjectReading.CheckedVersionId(versionId),
                new(named.Element("ETag")?.Value, null));
            return new("Deleted", new XElement("Key", key), versionId is null ? null : new XElement("VersionId", versionId),
                !deletion.Marker ? null : new XElement("DeleteMarker", "true"),
                !deletion.Marker ? null : new XElement("DeleteMarkerVersionId", deletion.VersionId));
        }
        catch (ServiceException error)
        {
            return new("Error", new XElement("Key", key), versionId is null ? null : new XElement("VersionId", versionId),
                new XElement("Code", error.Code), new XElement("Message", error.Message));
        }
    }
}
