using System.Xml;
using PipelineStacks.LocalCloud.Services.S3.Multipart;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>ListParts and ListMultipartUploads.</summary>
internal sealed class MultipartListing(Buckets buckets) : IS3Operations
{
    private const int Most = 1000;

    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", Target.Object, "uploadId", ListParts);
        routes.Add("GET", Target.Bucket, "uploads", ListMultipartUploads);
    }

    private Task ListParts(S3Request request)
    {
        request.Call.Authorize("s3:ListMultipartUploadParts", request.ObjectArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        var upload = MultipartUploads.Find(bucket, request.Key, request.Query("uploadId")!);
        var marker = request.Number("part-number-marker", 0, int.MaxValue) ?? 0;
        var most = Math.Min(request.Number("max-parts", 0, int.MaxValue) ?? Most, Most);
        var left = upload.Parts.Values.Where(part => part.Number > marker).ToList();
        var page = left.Take(most).ToList();
        return S3Xml.WriteAsync(request.Response, "ListPartsResult", xml =>
        {
            S3Xml.Element(xml, "Bucket", request.Bucket);
            S3Xml.Element(xml, "Key", request.Key);
            S3Xml.Element(xml, "UploadId", upload.Id);
            S3Xml.Element(xml, "PartNumberMarker", marker);
            S3Xml.Element(xml, "NextPartNumberMarker", page.Count > 0 ? page[^1].Number : 0);
            S3Xml.Element(xml, "MaxParts", most);
            S3Xml.Element(xml, "IsTruncated", left.Count > page.Count && most > 0);
            WriteUploader(xml, bucket, upload);
            foreach (var part in page)
                S3Xml.Element(xml, "Part", () =>
                {
                    S3Xml.Element(xml, "PartNumber", part.Number);
                    S3Xml.Element(xml, "LastModified", S3Xml.Time(part.LastModified));
                    S3Xml.Element(xml, "ETag", HeaderText.Quoted(part.ETag));
                    S3Xml.Element(xml, "Size", part.Size);
                    S3Xml.Element(xml, "Checksum" + part.Checksum?.Algorithm, part.Checksum?.Value);
                });
        });
    }

    private Task ListMultipartUploads(S3Request request)
    {
        request.Call.Authorize("s3:ListBucketMultipartUploads", request.BucketArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        var prefix = request.Query("prefix") ?? "";
        var delimiter = request.Query("delimiter") ?? "";
        var (keyMarker, idMarker) = (request.Query("key-marker") ?? "", request.Query("upload-id-marker") ?? "");
        var most = Math.Min(request.Number("max-uploads", 0, int.MaxValue) ?? Most, Most);
        var names = bucket.Storage.Contents.Uploads.Values
            .Where(upload => upload.Object.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(upload => upload.Object.Key, KeyOrder.Instance).ThenBy(upload => upload.Initiated)
            .ThenBy(upload => upload.Id, StringComparer.Ordinal)
            .ToList();
        // An upload is a name's second half: markers name the last one of the page before.
        var start = keyMarker.Length == 0 ? 0
            : idMarker.Length > 0 && names.FindIndex(upload => upload.Object.Key == keyMarker && upload.Id == idMarker) is var at and >= 0
            ? at + 1
            : names.FindIndex(upload => KeyOrder.Instance.Compare(upload.Object.Key, keyMarker) > 0) is var behind and >= 0 ? behind
            : names.Count;
        var groups = names.Skip(start).GroupBy(upload => Group(upload, prefix, delimiter), StringComparer.Ordinal).ToList();
        var page = groups.Take(most).ToList();
        var last = page.LastOrDefault()?.Last();
        var text = new KeyText(request);
        return S3Xml.WriteAsync(request.Response, "ListMultipartUploadsResult", xml =>
        {
            S3Xml.Element(xml, "EncodingType", text.Encoded ? "url" : null);
            S3Xml.Element(xml, "Bucket", request.Bucket);
            S3Xml.Element(xml, "KeyMarker", text.Of(keyMarker));
            S3Xml.Element(xml, "UploadIdMarker", idMarker);
            S3Xml.Element(xml, "NextKeyMarker", last is null ? null : text.Of(last.Object.Key));
            S3Xml.Element(xml, "NextUploadIdMarker", last?.Id);
            S3Xml.Element(xml, "Prefix", text.Of(prefix));
            S3Xml.Element(xml, "Delimiter", delimiter.Length == 0 ? null : text.Of(delimiter));
            S3Xml.Element(xml, "MaxUploads", most);
            S3Xml.Element(xml, "IsTruncated", groups.Count > page.Count && most > 0);
            foreach (var upload in page.Where(group => group.Key.EndsWith('\0')).SelectMany(group => group))
                S3Xml.Element(xml, "Upload", () =>
                {
                    S3Xml.Element(xml, "Key", text.Of(upload.Object.Key));
                    S3Xml.Element(xml, "UploadId", upload.Id);
                    WriteUploader(xml, bucket, upload);
                    S3Xml.Element(xml, "Initiated", S3Xml.Time(upload.Initiated));
                });
            foreach (var group in page.Where(group => !group.Key.EndsWith('\0')))
                S3Xml.Element(xml, "CommonPrefixes", () => S3Xml.Element(xml, "Prefix", text.Of(group.Key)));
        });
    }

    // An upload stands for itself, or for all below its common prefix.
    private static string Group(Upload upload, string prefix, string delimiter)
    {
        var at = delimiter.Length == 0 ? -1 : upload.Object.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? upload.Id + '\0' : upload.Object.Key[..(at + delimiter.Length)];
    }

    private static void WriteUploader(XmlWriter xml, Bucket bucket, Upload upload)
    {
        S3Xml.Owner(xml, "Initiator", bucket.Record.Account);
        S3Xml.Owner(xml, "Owner", bucket.Record.Account);
        S3Xml.Element(xml, "StorageClass", upload.Object.StorageClass ?? "STANDARD");
        S3Xml.Element(xml, "ChecksumAlgorithm", upload.ChecksumAlgorithm);
        S3Xml.Element(xml, "ChecksumType", upload.ChecksumType);
    }
}
