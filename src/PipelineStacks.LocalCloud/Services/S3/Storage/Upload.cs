using System.Collections.Immutable;

namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>A multipart upload that is neither completed nor aborted.</summary>
/// <param name="Object">The object to be: its key, headers, tags, storage class and encryption.</param>
/// <param name="ChecksumAlgorithm">What the client announced; null where it announced none.</param>
internal sealed record Upload(string Id, ObjectVersion Object, DateTimeOffset Initiated, string? ChecksumAlgorithm, string? ChecksumType)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public ImmutableSortedDictionary<int, UploadPart> Parts { get; init; } = ImmutableSortedDictionary<int, UploadPart>.Empty;
}

internal sealed record UploadPart(int Number, string File, long Size, string ETag, DateTimeOffset LastModified, Checksum? Checksum);
