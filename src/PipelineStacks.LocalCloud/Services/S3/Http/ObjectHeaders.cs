using PipelineStacks.LocalCloud.Services.S3.Checksums;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>The headers that answers about an object carry.</summary>
internal static class ObjectHeaders
{
    /// <summary>What the answer to a write says of the version that it made.</summary>
    public static void WriteMade(S3Request request, Bucket bucket, ObjectVersion version)
    {
        Write(request, bucket, version);
        // The null version has no id to come back to.
        if (version.VersionId == ObjectVersion.NullVersion)
            request.Response.Headers.Remove("x-amz-version-id");
    }

    /// <summary>What every answer says of a version.</summary>
    public static void Write(S3Request request, Bucket bucket, ObjectVersion version)
    {
        WriteVersion(request, bucket, version.VersionId);
        WriteEncryption(request, bucket, version.Encryption);
        request.SetHeader("x-amz-expiration", Lifecycle.ExpirationHeader(bucket, version));
    }

    public static void WriteVersion(S3Request request, Bucket bucket, string? versionId)
    {
        if (bucket.Settings.Versioning != Versioning.Never)
            request.SetHeader("x-amz-version-id", versionId);
    }

    public static void WriteEncryption(S3Request request, Bucket bucket, Encryption? encryption)
    {
        encryption ??= Encryption.Default;
        request.SetHeader("x-amz-server-side-encryption", encryption.Algorithm);
        if (encryption.Algorithm == "AES256")
            return;
        request.SetHeader("x-amz-server-side-encryption-aws-kms-key-id", KeyArn(bucket, encryption.KeyId));
        if (encryption.BucketKey)
            request.SetHeader("x-amz-server-side-encryption-bucket-key-enabled", "true");
    }

    public static void WriteChecksum(S3Request request, Checksum? checksum)
    {
        if (checksum is null || ChecksumAlgorithm.Find(checksum.Algorithm) is not { } algorithm)
            return;
        request.SetHeader(algorithm.Header, checksum.Value);
        request.SetHeader("x-amz-checksum-type", checksum.Type);
    }

    /// <summary>What GET and HEAD say beyond that.</summary>
    public static void WriteStored(S3Request request, ObjectVersion version)
    {
        var headers = request.Response.Headers;
        foreach (var (name, value) in version.Headers ?? new Dictionary<string, string>())
            headers[name] = HeaderText.ToWire(value);
        headers.ETag = HeaderText.Quoted(version.ETag);
        headers.LastModified = HeaderText.Date(version.LastModified);
        headers.AcceptRanges = "bytes";
        request.SetHeader("x-amz-storage-class", version.StorageClass);
        if (version.Tags is { Count: > 0 } tags)
            headers["x-amz-tagging-count"] = $"{tags.Count}";
        foreach (var (parameter, header) in Overrides)
            if (request.Query(parameter) is { } value)
                headers[header] = HeaderText.ToWire(value);
    }

    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-content-type", "Content-Type"), ("response-content-language", "Content-Language"), ("response-expires", "Expires"),
        ("response-cache-control", "Cache-Control"), ("response-content-disposition", "Content-Disposition"),
        ("response-content-encoding", "Content-Encoding"),
    ];

    private static string KeyArn(Bucket bucket, string? keyId)
    {
        var kms = $"arn:aws:kms:{bucket.Record.Region}:{bucket.Record.Account}:";
        return keyId switch
        {
            null => kms + "alias/aws/s3",
            _ when keyId.StartsWith("arn:", StringComparison.Ordinal) => keyId,
            _ when keyId.StartsWith("alias/", StringComparison.Ordinal) => kms + keyId,
            _ => $"{kms}key/{keyId}",
        };
    }
}
