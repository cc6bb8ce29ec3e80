namespace PipelineStacks.LocalCloud.Services.S3.Provisioning;

internal sealed record LifecycleConfiguration(IReadOnlyList<LifecycleRuleProperties> Rules, string? TransitionDefaultMinimumObjectSize);

internal sealed record LifecycleRuleProperties
{
    public string? Id { get; init; }

    public required string Status { get; init; }

    public string? Prefix { get; init; }

    public IReadOnlyList<Tag>? TagFilters { get; init; }

    public string? ObjectSizeGreaterThan { get; init; }

    public string? ObjectSizeLessThan { get; init; }

    public int? ExpirationInDays { get; init; }

    public string? ExpirationDate { get; init; }

    public bool? ExpiredObjectDeleteMarker { get; init; }

    public Transition? Transition { get; init; }

    public IReadOnlyList<Transition>? Transitions { get; init; }

    public int? NoncurrentVersionExpirationInDays { get; init; }

    public NoncurrentVersionExpiration? NoncurrentVersionExpiration { get; init; }

    public NoncurrentVersionTransition? NoncurrentVersionTransition { get; init; }

    public IReadOnlyList<NoncurrentVersionTransition>? NoncurrentVersionTransitions { get; init; }

    public AbortIncompleteMultipartUpload? AbortIncompleteMultipartUpload { get; init; }
}

internal sealed record Transition(string StorageClass, string? TransitionDate, int? TransitionInDays);

internal sealed record NoncurrentVersionExpiration(int NoncurrentDays, int? NewerNoncurrentVersions);

internal sealed record NoncurrentVersionTransition(string StorageClass, int TransitionInDays, int? NewerNoncurrentVersions);

internal sealed record AbortIncompleteMultipartUpload(int DaysAfterInitiation);
