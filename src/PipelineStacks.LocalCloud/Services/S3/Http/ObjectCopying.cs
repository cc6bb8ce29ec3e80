using PipelineStacks.LocalCloud.Services.S3.Checksums;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>CopyObject.</summary>
internal sealed class ObjectCopying(Buckets buckets, ObjectWriter writer) : IS3Operations
{
    public void AddTo(RouteTable routes) => routes.Add("PUT", Target.Object, "+copy", CopyObject);

    private Task CopyObject(S3Request request)
    {
        request.Call.Authorize("s3:PutObject", request.ObjectArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        var source = CopySource.Find(request, buckets).Checked();
        var described = Describe(request, bucket, source);
        var algorithm = ChecksumAlgorithm.Find(request.Header("x-amz-checksum-algorithm") ?? source.Version.Checksum?.Algorithm);

        using var file = new ContentWriter(bucket.Storage, request.Key, algorithm is null ? [] : [algorithm]);
        file.AppendFile(source.Path, 0, source.Version.Size);
        var content = file.Finish();
        var checksum = algorithm is null ? null : new Checksum(algorithm.Name, Convert.ToBase64String(content.Checksums[0]));
        var put = writer.Put(request.Call, bucket,
            described with { File = content.File, Size = content.Size, ETag = content.ETag, Checksum = checksum },
            ObjectWriting.Condition(request), "CopyObject");

        ObjectHeaders.WriteMade(request, bucket, put);
        if (source.Bucket.Settings.Versioning != Versioning.Never)
            request.SetHeader("x-amz-copy-source-version-id", source.Version.VersionId);
        return S3Xml.WriteAsync(request.Response, "CopyObjectResult", xml =>
        {
            S3Xml.Element(xml, "LastModified", S3Xml.Time(put.LastModified));
            S3Xml.Element(xml, "ETag", HeaderText.Quoted(put.ETag));
            S3Xml.Checksum(xml, checksum);
        });
    }

    private static ObjectVersion Describe(S3Request request, Bucket bucket, CopySource source)
    {
        var described = ObjectDescription.Read(request, bucket);
        var replaceMetadata = Replaces(request, "x-amz-metadata-directive");
        if (!replaceMetadata)
            described = described with { Headers = source.Version.Headers };
        if (!Replaces(request, "x-amz-tagging-directive"))
            described = described with { Tags = source.Version.Tags };
        var ontoItself = source.Bucket == bucket && source.Version.Key == request.Key
            && !request.Header("x-amz-copy-source")!.Contains("?versionId=", StringComparison.Ordinal);
        if (ontoItself && !replaceMetadata && described.Encryption is null && request.Header("x-amz-storage-class") is null
            && request.Header("x-amz-website-redirect-location") is null && request.Header("x-amz-checksum-algorithm") is null)
            throw S3Errors.InvalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's "
                + "metadata, storage class, website redirect location or encryption attributes.");
        return described;
    }

    private static bool Replaces(S3Request request, string header) => request.Header(header) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw S3Errors.InvalidArgument($"Unknown {(header.Contains("tagging", StringComparison.Ordinal) ? "tagging" : "metadata")} directive.", header, other!),
    };
}
