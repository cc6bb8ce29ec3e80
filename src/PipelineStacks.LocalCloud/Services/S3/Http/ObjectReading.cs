using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>GetObject and HeadObject.</summary>
internal sealed class ObjectReading(Buckets buckets) : IS3Operations
{
    private const int Small = 64 * 1024;

    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", Target.Object, "", GetObjectAsync);
        routes.Add("HEAD", Target.Object, "", GetObjectAsync);
    }

    /// <summary>The version that a request means.</summary>
    public static ObjectVersion Find(Bucket bucket, string key, string? versionId)
    {
        var entry = bucket.Storage.Contents.Objects.Find(key);
        if (versionId is null)
        {
            if (entry?.Current is { } current)
                return current;
            throw new S3Exception("NoSuchKey", "The specified key does not exist.", 404, ("Key", key))
            {
                Headers = entry is null ? [] : [("x-amz-delete-marker", "true"), ("x-amz-version-id", entry.Versions[0].VersionId)],
            };
        }

        var version = entry?.Version(CheckedVersionId(versionId)) ?? throw S3Errors.NoSuchVersion(key, versionId);
        return !version.DeleteMarker
            ? version
            : throw new S3Exception("MethodNotAllowed", "The specified method is not allowed against this resource.", 405,
            ("Method", "GET"), ("ResourceType", "DeleteMarker"))
        {
            Headers = [("x-amz-delete-marker", "true"), ("x-amz-version-id", versionId), ("Allow", "DELETE"),
            ("Last-Modified", HeaderText.Date(version.LastModified))],
        };
    }

    public static string CheckedVersionId(string versionId) =>
        versionId == ObjectVersion.NullVersion
            || (versionId.Length == 32 && versionId.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            ? versionId
            : throw S3Errors.InvalidArgument("Invalid version id specified", "versionId", versionId);

    private async Task GetObjectAsync(S3Request request)
    {
        var versionId = request.Query("versionId");
        request.Call.Authorize(versionId is null ? "s3:GetObject" : "s3:GetObjectVersion", request.ObjectArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        ObjectDescription.CheckKey(request.Key);
        var version = Find(bucket, request.Key, versionId);
        ReadConditions.Check(request, "", version, notModified: true);
        RefuseArchived(request, version);

        var range = RangeOf(request, version);
        ObjectHeaders.WriteStored(request, version);
        ObjectHeaders.Write(request, bucket, version);
        if (range is null && "ENABLED".Equals(request.Header("x-amz-checksum-mode"), StringComparison.OrdinalIgnoreCase))
            ObjectHeaders.WriteChecksum(request, version.Checksum);
        var response = request.Response;
        var (start, length) = range ?? new(0, version.Size);
        response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.ContentLength = length;
        if (range is not null)
            response.Headers.ContentRange = $"bytes {start}-{start + length - 1}/{version.Size}";
        if (!HttpMethods.IsHead(request.Method) && length > 0)
            await SendAsync(response, bucket.Storage.PathOf(version.File!), start, length, request.Http.RequestAborted);
    }

    private static ByteRange? RangeOf(S3Request request, ObjectVersion version)
    {
        if (request.Number("partNumber", 1, 10_000) is not { } part)
            return ByteRange.Read(request.Header("Range"), version.Size);
        if (request.Header("Range") is not null)
            throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        var parts = version.PartSizes ?? [version.Size];
        if (part > parts.Count)
            throw new S3Exception("InvalidPartNumber", "The requested partnumber is not satisfiable", 416,
                ("ActualPartCount", $"{parts.Count}"), ("PartNumberRequested", $"{part}"));
        if (version.PartSizes is not null)
            request.SetHeader("x-amz-mp-parts-count", $"{parts.Count}");
        return parts[part - 1] == version.Size ? null : new ByteRange(parts.Take(part - 1).Sum(), parts[part - 1]);
    }

    private static void RefuseArchived(S3Request request, ObjectVersion version)
    {
        if (version.StorageClass is "GLACIER" or "DEEP_ARCHIVE" && !HttpMethods.IsHead(request.Method))
            throw new S3Exception("InvalidObjectState", "The operation is not valid for the object's storage class", 403,
                ("StorageClass", version.StorageClass));
    }

    private static async Task SendAsync(HttpResponse response, string file, long start, long length, CancellationToken cancellation)
    {
        if (length > Small)
        {
            await response.SendFileAsync(file, start, length, cancellation);
            return;
        }

        // One read into the response's own buffer: for small objects the detour of a stream costs more than the object.
        using var handle = File.OpenHandle(file);
        var buffer = response.BodyWriter.GetMemory((int)length)[..(int)length];
        for (var read = 0; read < length;)
        {
            var count = RandomAccess.Read(handle, buffer.Span[read..], start + read);
            if (count == 0)
                throw new InvalidDataException($"{file} is shorter than its object.");
            read += count;
        }

        response.BodyWriter.Advance((int)length);
        await response.BodyWriter.FlushAsync(cancellation);
    }
}
