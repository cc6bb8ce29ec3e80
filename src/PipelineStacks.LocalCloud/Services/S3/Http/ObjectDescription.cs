using Microsoft.AspNetCore.WebUtilities;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>What a request's headers say of the object that it makes.</summary>
internal static class ObjectDescription
{
    private const string MetadataPrefix = "x-amz-meta-";
    private const int MaxMetadataBytes = 2048;
    private const int MaxKeyBytes = 1024;

    private static readonly string[] Kept =
        ["Content-Type", "Content-Disposition", "Content-Language", "Cache-Control", "Expires", "x-amz-website-redirect-location"];

    private static readonly string[] StorageClasses =
        ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"];

    private static readonly string[] UnsupportedPrefixes =
    [
        "x-amz-server-side-encryption-customer-", "x-amz-copy-source-server-side-encryption-customer-",
        "x-amz-server-side-encryption-context",
        "x-amz-object-lock-", "x-amz-write-offset-bytes", "x-amz-grant-",
    ];

    public static ObjectVersion Read(S3Request request, Bucket bucket)
    {
        CheckKey(request.Key);
        RefuseUnsupported(request, bucket);
        return new()
        {
            Key = request.Key,
            Headers = Headers(request),
            Tags = Tags(request),
            StorageClass = StorageClass(request),
            Encryption = Encryption(request, bucket),
        };
    }

    public static void CheckKey(string key)
    {
        var size = System.Text.Encoding.UTF8.GetByteCount(key);
        if (size > MaxKeyBytes)
            throw S3Errors.KeyTooLong(size);
    }

    public static Dictionary<string, string> Headers(S3Request request)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var metadata = 0;
        foreach (var name in Kept)
            if (request.Header(name) is { Length: > 0 } value)
                kept[name] = value;
        kept.TryAdd("Content-Type", "binary/octet-stream");
        // The chunks end at the server; what else the content is encoded in stays with it.
        var encodings = (request.Header("Content-Encoding") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(encoding => !encoding.Equals("aws-chunked", StringComparison.OrdinalIgnoreCase)).ToList();
        if (encodings.Count > 0)
            kept["Content-Encoding"] = string.Join(", ", encodings);
        foreach (var (name, value) in request.Http.Request.Headers)
        {
            if (!name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            kept[name.ToLowerInvariant()] = value.ToString();
            metadata += name.Length - MetadataPrefix.Length + System.Text.Encoding.UTF8.GetByteCount(value.ToString());
        }

        return metadata <= MaxMetadataBytes ? kept : throw new S3Exception("MetadataTooLarge",
            "Your metadata headers exceed the maximum allowed metadata size", 400, ("Size", $"{metadata}"),
            ("MaxSizeAllowed", $"{MaxMetadataBytes}"));
    }

    public static Dictionary<string, string>? Tags(S3Request request)
    {
        if (request.Header("x-amz-tagging") is not { Length: > 0 } header)
            return null;
        var pairs = QueryHelpers.ParseQuery(header);
        if (pairs.Values.Any(values => values.Count != 1))
            throw S3Errors.InvalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
                "x-amz-tagging", header);
        return Tagging.Checked(pairs.Select(pair => (pair.Key, pair.Value.ToString())), Tagging.MaxObjectTags);
    }

    public static string? StorageClass(S3Request request) => request.Header("x-amz-storage-class") switch
    {
        null or "STANDARD" => null,
        { } known when StorageClasses.Contains(known) => known,
        _ => throw new S3Exception("InvalidStorageClass", "The storage class you specified is not valid", 400),
    };

    public static Encryption? Encryption(S3Request request, Bucket bucket)
    {
        var keyId = request.Header("x-amz-server-side-encryption-aws-kms-key-id");
        switch (request.Header("x-amz-server-side-encryption"))
        {
            case null when keyId is null:
                return null;
            case "AES256" when keyId is null:
                return Storage.Encryption.Default;
            case "aws:kms" or "aws:kms:dsse":
                var bucketKey = request.Header("x-amz-server-side-encryption-bucket-key-enabled") is { } header
                    ? header == "true" : bucket.Settings.Encryption.BucketKey;
                return new(request.Header("x-amz-server-side-encryption")!, keyId ?? bucket.Settings.Encryption.KeyId, bucketKey);
            case var other:
                throw S3Errors.InvalidArgument(keyId is null
                    ? "The encryption method specified is not supported"
                    : "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                    "x-amz-server-side-encryption", other ?? "null");
        }
    }

    private static void RefuseUnsupported(S3Request request, Bucket bucket)
    {
        foreach (var name in request.Http.Request.Headers.Keys)
            foreach (var prefix in UnsupportedPrefixes)
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    throw S3Errors.Unsupported($"The header {name}");
        if (request.Header("x-amz-acl") is { } acl and not ("bucket-owner-full-control" or "private"))
            throw bucket.Settings.AllowsAcls
                ? S3Errors.Unsupported($"The ACL {acl}")
                : new S3Exception("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
    }
}
