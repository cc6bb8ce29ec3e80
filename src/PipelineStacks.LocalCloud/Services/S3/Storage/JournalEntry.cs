namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>One change of a bucket's contents. Completing an upload is one entry too, so that it happens whole or not at all.</summary>
internal sealed record JournalEntry
{
    /// <summary>Becomes the key's newest version, in place of the one with its version id.</summary>
    public ObjectVersion? Put { get; init; }

    /// <summary>Takes the place of the version with its version id.</summary>
    public ObjectVersion? Change { get; init; }

    public VersionName? Remove { get; init; }

    public Upload? Begin { get; init; }

    public string? PartOf { get; init; }

    public UploadPart? Part { get; init; }

    /// <summary>The upload that this completes or aborts.</summary>
    public string? End { get; init; }
}

internal sealed record VersionName(string Key, string VersionId);
