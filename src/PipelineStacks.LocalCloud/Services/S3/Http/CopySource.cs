using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>The object that <c>x-amz-copy-source</c> names.</summary>
internal sealed record CopySource(Bucket Bucket, ObjectVersion Version)
{
    private const string Header = "x-amz-copy-source";
    private const long MaxSize = 5L * 1024 * 1024 * 1024;

    public string Path => Bucket.Storage.PathOf(Version.File!);

    /// <summary>Finds the source, and holds it against the copy's conditions.</summary>
    public static CopySource Find(S3Request request, Buckets buckets)
    {
        var header = request.Header(Header)!;
        var versionAt = header.LastIndexOf("?versionId=", StringComparison.Ordinal);
        var path = Addressing.Decode(versionAt < 0 ? header : header.AsSpan(0, versionAt)).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (path.StartsWith("arn:", StringComparison.Ordinal))
            throw S3Errors.Unsupported($"An ARN in {Header}");
        if (slash <= 0 || slash == path.Length - 1)
            throw S3Errors.InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", Header, header);
        var (bucketName, key) = (path[..slash], path[(slash + 1)..]);
        var versionId = versionAt < 0 ? null : header[(versionAt + "?versionId=".Length)..];

        request.Call.Authorize(versionId is null ? "s3:GetObject" : "s3:GetObjectVersion", $"{Buckets.ArnOf(bucketName)}/{key}");
        var bucket = buckets.Get(bucketName, request.Header("x-amz-source-expected-bucket-owner"));
        var version = ObjectReading.Find(bucket, key, versionId);
        ReadConditions.Check(request, Header + "-", version, notModified: false);
        if (version.StorageClass is "GLACIER" or "DEEP_ARCHIVE")
            throw new S3Exception("ObjectNotInActiveTierError", "The source object of the COPY operation is not in the active tier", 403);
        return new(bucket, version);
    }

    /// <summary>The bytes that a part copies.</summary>
    public ByteRange Range(string? header)
    {
        if (header is null)
            return CheckedSize(new(0, Version.Size));
        var range = ByteRange.Read(header, long.MaxValue);
        if (range is not var (start, length) || header.EndsWith('-') || header.StartsWith("bytes=-", StringComparison.Ordinal))
            throw S3Errors.InvalidArgument("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
                "x-amz-copy-source-range", header);
        return start + length <= Version.Size
            ? CheckedSize(new(start, length))
            : throw S3Errors.InvalidArgument($"Range specified is not valid for source object of size: {Version.Size}",
                "x-amz-copy-source-range", header);
    }

    public CopySource Checked()
    {
        CheckedSize(new(0, Version.Size));
        return this;
    }

    private static ByteRange CheckedSize(ByteRange range) => range.Length <= MaxSize ? range : throw S3Errors.InvalidRequest(
        $"The specified copy source is larger than the maximum allowable size for a copy source: {MaxSize}");
}
