using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Services.S3.Checksums;
using PipelineStacks.LocalCloud.Services.S3.Multipart;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>CreateMultipartUpload, UploadPart, UploadPartCopy, CompleteMultipartUpload and AbortMultipartUpload.</summary>
internal sealed class MultipartOperations(Buckets buckets, MultipartUploads uploads) : IS3Operations
{
    public void AddTo(RouteTable routes)
    {
        routes.Add("POST", Target.Object, "uploads", Create);
        routes.Add("PUT", Target.Object, "uploadId", UploadPartAsync);
        routes.Add("PUT", Target.Object, "uploadId+copy", UploadPartCopy);
        routes.Add("POST", Target.Object, "uploadId", CompleteAsync);
        routes.Add("DELETE", Target.Object, "uploadId", Abort);
    }

    private Task Create(S3Request request)
    {
        var bucket = Authorized(request, "s3:PutObject");
        var named = request.Header("x-amz-checksum-algorithm");
        var algorithm = ChecksumAlgorithm.Find(named)?.Name;
        if (named is not null && algorithm is null)
            throw S3Errors.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
        var upload = uploads.Begin(bucket, ObjectDescription.Read(request, bucket), algorithm, request.Header("x-amz-checksum-type"));
        ObjectHeaders.WriteEncryption(request, bucket, upload.Object.Encryption);
        request.SetHeader("x-amz-checksum-algorithm", upload.ChecksumAlgorithm);
        request.SetHeader("x-amz-checksum-type", upload.ChecksumType);
        return S3Xml.WriteAsync(request.Response, "InitiateMultipartUploadResult", xml =>
        {
            S3Xml.Element(xml, "Bucket", request.Bucket);
            S3Xml.Element(xml, "Key", request.Key);
            S3Xml.Element(xml, "UploadId", upload.Id);
        });
    }

    private async Task UploadPartAsync(S3Request request)
    {
        var bucket = Authorized(request, "s3:PutObject");
        var number = PartNumber(request);
        var upload = Find(request, bucket);
        var (content, checksum) = await RequestContent.ReceiveAsync(request, bucket.Storage,
            ChecksumAlgorithm.Find(upload.ChecksumAlgorithm));
        if (upload.ChecksumAlgorithm is { } algorithm && checksum?.Algorithm != algorithm)
        {
            bucket.Storage.Discard(content);
            throw S3Errors.InvalidRequest($"Checksum Type mismatch occurred, expected checksum Type: {algorithm.ToLowerInvariant()}, "
                + $"actual checksum Type: {checksum?.Algorithm.ToLowerInvariant() ?? "null"}");
        }

        var part = uploads.Add(bucket, upload, number, content, checksum);
        request.SetHeader("ETag", HeaderText.Quoted(part.ETag));
        ObjectHeaders.WriteEncryption(request, bucket, upload.Object.Encryption);
        if (checksum is not null)
            request.SetHeader(ChecksumAlgorithm.Find(checksum.Algorithm)!.Header, checksum.Value);
        request.Answer(StatusCodes.Status200OK);
    }

    private Task UploadPartCopy(S3Request request)
    {
        var bucket = Authorized(request, "s3:PutObject");
        var number = PartNumber(request);
        var upload = Find(request, bucket);
        var source = CopySource.Find(request, buckets);
        var (start, length) = source.Range(request.Header("x-amz-copy-source-range"));
        var algorithm = ChecksumAlgorithm.Find(upload.ChecksumAlgorithm);

        using var file = new ContentWriter(bucket.Storage, request.Key, algorithm is null ? [] : [algorithm]);
        file.AppendFile(source.Path, start, length);
        var content = file.Finish();
        var checksum = algorithm is null ? null : new Checksum(algorithm.Name, Convert.ToBase64String(content.Checksums[0]));
        var part = uploads.Add(bucket, upload, number, content, checksum);
        if (source.Bucket.Settings.Versioning != Versioning.Never)
            request.SetHeader("x-amz-copy-source-version-id", source.Version.VersionId);
        ObjectHeaders.WriteEncryption(request, bucket, upload.Object.Encryption);
        return S3Xml.WriteAsync(request.Response, "CopyPartResult", xml =>
        {
            S3Xml.Element(xml, "LastModified", S3Xml.Time(part.LastModified));
            S3Xml.Element(xml, "ETag", HeaderText.Quoted(part.ETag));
            S3Xml.Element(xml, "Checksum" + checksum?.Algorithm, checksum?.Value);
        });
    }

    private async Task CompleteAsync(S3Request request)
    {
        var bucket = Authorized(request, "s3:PutObject");
        var body = await request.ReadXmlAsync("CompleteMultipartUpload", checksumOfBody: false);
        var put = CompletedBefore(request, bucket) ?? Complete(request, bucket, body);
        ObjectHeaders.WriteMade(request, bucket, put);
        await S3Xml.WriteAsync(request.Response, "CompleteMultipartUploadResult", xml =>
        {
            S3Xml.Element(xml, "Location",
            $"{request.Http.Request.Scheme}://{request.Http.Request.Host}/{request.Bucket}/{Uri.EscapeDataString(request.Key)}");
            S3Xml.Element(xml, "Bucket", request.Bucket);
            S3Xml.Element(xml, "Key", request.Key);
            S3Xml.Element(xml, "ETag", HeaderText.Quoted(put.ETag));
            S3Xml.Checksum(xml, put.Checksum);
        });
    }

    private void Abort(S3Request request)
    {
        var bucket = Authorized(request, "s3:AbortMultipartUpload");
        MultipartUploads.Abort(bucket, Find(request, bucket).Id);
        request.Answer(StatusCodes.Status204NoContent);
    }

    // A client that missed the answer asks again.
    private static ObjectVersion? CompletedBefore(S3Request request, Bucket bucket) =>
        bucket.Storage.Contents.Objects.Find(request.Key)?.Versions
            .FirstOrDefault(version => version.UploadId == request.Query("uploadId"));

    private ObjectVersion Complete(S3Request request, Bucket bucket, XElement body)
    {
        var upload = Find(request, bucket);
        var named = body.Elements("Part").Select(part => Named(part, upload)).ToList();
        if (named.Count == 0)
            throw S3Errors.MalformedXml();
        var size = long.TryParse(request.Header("x-amz-mp-object-size"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : (long?)null;
        return uploads.Complete(request.Call, bucket, upload, named, ObjectWriting.Condition(request),
            checksum => Fits(request, checksum), size);
    }

    // A composite checksum may be sent with or without the number of parts.
    private static bool Fits(S3Request request, Checksum? checksum)
    {
        var sent = ChecksumAlgorithm.All.Select(algorithm => request.Header(algorithm.Header)).OfType<string>().FirstOrDefault();
        return sent is null || checksum is null || sent == checksum.Value || sent == checksum.Value.Split('-')[0];
    }

    private static NamedPart Named(XElement part, Upload upload)
    {
        if (!int.TryParse(part.Element("PartNumber")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || part.Element("ETag")?.Value is not { } etag)
            throw S3Errors.MalformedXml();
        var checksum = upload.ChecksumAlgorithm is { } algorithm && part.Element("Checksum" + algorithm)?.Value is { } value
            ? new Checksum(algorithm, value)
            : null;
        return new(number, etag, checksum);
    }

    private static int PartNumber(S3Request request) =>
        int.TryParse(request.Query("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= 10_000
            ? number
            : throw S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber",
                request.Query("partNumber") ?? "");

    private static Upload Find(S3Request request, Bucket bucket) => MultipartUploads.Find(bucket, request.Key, request.Query("uploadId")!);

    private Bucket Authorized(S3Request request, string action)
    {
        request.Call.Authorize(action, request.ObjectArn);
        return buckets.Get(request.Bucket, request.ExpectedOwner);
    }
}
