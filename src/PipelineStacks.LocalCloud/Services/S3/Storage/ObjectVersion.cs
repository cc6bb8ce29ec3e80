namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>One version of an object, or a delete marker. Never changes but for its tags and storage class.</summary>
internal sealed record ObjectVersion
{
    /// <summary>The version of objects that were put while the bucket was not versioned.</summary>
    public const string NullVersion = "null";

    public required string Key { get; init; }

    public string VersionId { get; init; } = NullVersion;

    public DateTimeOffset LastModified { get; init; }

    public bool DeleteMarker { get; init; }

    /// <summary>The content's file among the bucket's files; null for a delete marker.</summary>
    public string? File { get; init; }

    public long Size { get; init; }

    /// <summary>Without quotes.</summary>
    public string ETag { get; init; } = "";

    /// <summary>What GET answers as it was put: content type, encoding, cache control, user metadata …</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Null for STANDARD.</summary>
    public string? StorageClass { get; init; }

    public Encryption? Encryption { get; init; }

    public Checksum? Checksum { get; init; }

    /// <summary>The sizes of the parts that a multipart upload was completed from.</summary>
    public IReadOnlyList<long>? PartSizes { get; init; }

    /// <summary>The multipart upload that it was completed from, so that completing it once more answers the same.</summary>
    public string? UploadId { get; init; }
}

/// <summary>How an object is said to be encrypted. Files on disk are plain, since DuckDB reads them.</summary>
internal sealed record Encryption(string Algorithm, string? KeyId, bool BucketKey)
{
    public static readonly Encryption Default = new("AES256", null, false);
}

/// <param name="Algorithm">As in <c>x-amz-checksum-algorithm</c>: CRC32, CRC32C, CRC64NVME, SHA1, SHA256.</param>
/// <param name="Value">Base64, with <c>-N</c> when it is a checksum of N parts' checksums.</param>
/// <param name="Type">FULL_OBJECT or COMPOSITE.</param>
internal sealed record Checksum(string Algorithm, string Value, string Type = Checksum.FullObject)
{
    public const string FullObject = "FULL_OBJECT";
    public const string Composite = "COMPOSITE";
}
