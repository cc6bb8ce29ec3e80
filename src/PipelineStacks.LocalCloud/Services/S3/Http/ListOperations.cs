using System.Xml;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>ListObjects, ListObjectsV2 and ListObjectVersions.</summary>
internal sealed class ListOperations(Buckets buckets) : IS3Operations
{
    private const int MaxKeys = 1000;

    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", Target.Bucket, "", ListObjects);
        routes.Add("GET", Target.Bucket, "list-type", ListObjectsV2);
        routes.Add("GET", Target.Bucket, "versions", ListObjectVersions);
    }

    private Task ListObjects(S3Request request)
    {
        var bucket = Authorized(request, "s3:ListBucket");
        var marker = request.Query("marker") ?? "";
        var delimiter = request.Query("delimiter") ?? "";
        var after = marker.Length == 0 ? null : Position(request, marker, delimiter);
        var page = Listing.Objects(bucket.Storage.Contents.Objects, Question(request, after));
        return S3Xml.WriteAsync(request.Response, "ListBucketResult", xml =>
        {
            var text = new KeyText(request);
            S3Xml.Element(xml, "Marker", text.Of(marker));
            // Without a delimiter the last key is where the next page goes on, and S3 leaves it at that.
            S3Xml.Element(xml, "NextMarker", page.Next is null || delimiter.Length == 0 ? null : text.Of(page.Next.Name));
            WriteQuestion(xml, request, text, page.Next is not null);
            foreach (var version in page.Items)
                WriteObject(xml, bucket, version, text, withOwner: true);
            WritePrefixes(xml, page.CommonPrefixes, text);
        });
    }

    private Task ListObjectsV2(S3Request request)
    {
        if (request.Query("list-type") != "2")
            throw S3Errors.InvalidArgument("Invalid List Type specified in Query", "list-type", request.Query("list-type")!);
        var bucket = Authorized(request, "s3:ListBucket");
        var token = request.Query("continuation-token");
        var startAfter = request.Query("start-after");
        var after = token is { Length: > 0 } ? ContinuationToken.Read(token)
            : startAfter is { Length: > 0 } ? Position(request, startAfter, request.Query("delimiter") ?? "")
            : null;
        var page = Listing.Objects(bucket.Storage.Contents.Objects, Question(request, after));
        return S3Xml.WriteAsync(request.Response, "ListBucketResult", xml =>
        {
            var text = new KeyText(request);
            WriteQuestion(xml, request, text, page.Next is not null);
            S3Xml.Element(xml, "KeyCount", page.Items.Count + page.CommonPrefixes.Count);
            S3Xml.Element(xml, "ContinuationToken", token);
            S3Xml.Element(xml, "NextContinuationToken", page.Next is null ? null : ContinuationToken.Write(page.Next));
            S3Xml.Element(xml, "StartAfter", startAfter is null ? null : text.Of(startAfter));
            foreach (var version in page.Items)
                WriteObject(xml, bucket, version, text, withOwner: request.Query("fetch-owner") == "true");
            WritePrefixes(xml, page.CommonPrefixes, text);
        });
    }

    private Task ListObjectVersions(S3Request request)
    {
        var bucket = Authorized(request, "s3:ListBucketVersions");
        var keyMarker = request.Query("key-marker") ?? "";
        var versionMarker = request.Query("version-id-marker") is { Length: > 0 } given ? given : null;
        if (versionMarker is not null && keyMarker.Length == 0)
            throw S3Errors.InvalidArgument("A version-id marker cannot be specified without a key marker.", "version-id-marker",
                versionMarker);
        var after = keyMarker.Length == 0 ? null
            : versionMarker is not null ? new ListPosition(keyMarker, false, versionMarker)
            : Position(request, keyMarker, request.Query("delimiter") ?? "");
        var page = Listing.Versions(bucket.Storage.Contents.Objects, Question(request, after));
        return S3Xml.WriteAsync(request.Response, "ListVersionsResult", xml =>
        {
            var text = new KeyText(request);
            S3Xml.Element(xml, "KeyMarker", text.Of(keyMarker));
            S3Xml.Element(xml, "VersionIdMarker", versionMarker ?? "");
            S3Xml.Element(xml, "NextKeyMarker", page.Next is null ? null : text.Of(page.Next.Name));
            S3Xml.Element(xml, "NextVersionIdMarker", page.Next?.VersionId);
            WriteQuestion(xml, request, text, page.Next is not null);
            foreach (var (version, isLatest) in page.Items)
                WriteVersion(xml, bucket, version, isLatest, text);
            WritePrefixes(xml, page.CommonPrefixes, text);
        });
    }

    private Bucket Authorized(S3Request request, string action)
    {
        request.Call.Authorize(action, request.BucketArn);
        return buckets.Get(request.Bucket, request.ExpectedOwner);
    }

    private static ListQuestion Question(S3Request request, ListPosition? after) =>
        new(request.Query("prefix") ?? "", request.Query("delimiter") ?? "", after, MaxKeysOf(request));

    private static int MaxKeysOf(S3Request request) => Math.Min(request.Number("max-keys", 0, int.MaxValue) ?? MaxKeys, MaxKeys);

    // A marker that is itself a common prefix stands behind all of its keys.
    private static ListPosition Position(S3Request request, string marker, string delimiter)
    {
        var prefix = request.Query("prefix") ?? "";
        var isPrefix = delimiter.Length > 0 && marker.StartsWith(prefix, StringComparison.Ordinal)
            && marker.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is var at and >= 0
            && at + delimiter.Length == marker.Length;
        return new(marker, isPrefix);
    }

    private static void WriteQuestion(XmlWriter xml, S3Request request, KeyText text, bool truncated)
    {
        S3Xml.Element(xml, "Name", request.Bucket);
        S3Xml.Element(xml, "Prefix", text.Of(request.Query("prefix") ?? ""));
        S3Xml.Element(xml, "Delimiter", request.Query("delimiter") is { Length: > 0 } delimiter ? text.Of(delimiter) : null);
        S3Xml.Element(xml, "MaxKeys", MaxKeysOf(request));
        S3Xml.Element(xml, "EncodingType", text.Encoded ? "url" : null);
        S3Xml.Element(xml, "IsTruncated", truncated);
    }

    private static void WriteObject(XmlWriter xml, Bucket bucket, ObjectVersion version, KeyText text, bool withOwner) =>
        S3Xml.Element(xml, "Contents", () =>
    {
        S3Xml.Element(xml, "Key", text.Of(version.Key));
        WriteFacts(xml, version);
        if (withOwner)
            S3Xml.Owner(xml, "Owner", bucket.Record.Account);
    });

    private static void WriteVersion(XmlWriter xml, Bucket bucket, ObjectVersion version, bool isLatest, KeyText text) =>
        S3Xml.Element(xml, version.DeleteMarker ? "DeleteMarker" : "Version", () =>
        {
            S3Xml.Element(xml, "Key", text.Of(version.Key));
            S3Xml.Element(xml, "VersionId", version.VersionId);
            S3Xml.Element(xml, "IsLatest", isLatest);
            if (version.DeleteMarker)
                S3Xml.Element(xml, "LastModified", S3Xml.Time(version.LastModified));
            else
                WriteFacts(xml, version);
            S3Xml.Owner(xml, "Owner", bucket.Record.Account);
        });

    private static void WriteFacts(XmlWriter xml, ObjectVersion version)
    {
        S3Xml.Element(xml, "LastModified", S3Xml.Time(version.LastModified));
        S3Xml.Element(xml, "ETag", HeaderText.Quoted(version.ETag));
        S3Xml.Element(xml, "ChecksumAlgorithm", version.Checksum?.Algorithm);
        S3Xml.Element(xml, "ChecksumType", version.Checksum?.Type);
        S3Xml.Element(xml, "Size", version.Size);
        S3Xml.Element(xml, "StorageClass", version.StorageClass ?? "STANDARD");
    }

    private static void WritePrefixes(XmlWriter xml, IReadOnlyList<string> prefixes, KeyText text)
    {
        foreach (var prefix in prefixes)
            S3Xml.Element(xml, "CommonPrefixes", () => S3Xml.Element(xml, "Prefix", text.Of(prefix)));
    }
}
