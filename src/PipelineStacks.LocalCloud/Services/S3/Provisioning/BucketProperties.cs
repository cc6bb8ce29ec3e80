using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.S3.Provisioning;

/// <summary>The properties of <c>AWS::S3::Bucket</c>.</summary>
internal sealed record BucketProperties
{
    [CreateOnly]
    public string? BucketName { get; init; }

    public BucketEncryption? BucketEncryption { get; init; }

    [NoLocalEffect("Stored and returned; the cloud listens on the loopback address and serves nobody else.")]
    public PublicAccessBlockConfiguration? PublicAccessBlockConfiguration { get; init; }

    public OwnershipControls? OwnershipControls { get; init; }

    public LifecycleConfiguration? LifecycleConfiguration { get; init; }

    [NoLocalEffect("Stored and returned; access logs are not delivered.")]
    public LoggingConfiguration? LoggingConfiguration { get; init; }

    public NotificationConfiguration? NotificationConfiguration { get; init; }

    public VersioningConfiguration? VersioningConfiguration { get; init; }

    [NoLocalEffect("Stored and returned; preflight requests are not answered.")]
    public CorsConfiguration? CorsConfiguration { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record BucketEncryption(IReadOnlyList<ServerSideEncryptionRule> ServerSideEncryptionConfiguration);

internal sealed record ServerSideEncryptionRule(ServerSideEncryptionByDefault? ServerSideEncryptionByDefault, bool? BucketKeyEnabled);

internal sealed record ServerSideEncryptionByDefault(string SSEAlgorithm, string? KMSMasterKeyID);

internal sealed record PublicAccessBlockConfiguration(bool BlockPublicAcls, bool IgnorePublicAcls, bool BlockPublicPolicy,
    bool RestrictPublicBuckets);

internal sealed record OwnershipControls(IReadOnlyList<OwnershipControlsRule> Rules);

internal sealed record OwnershipControlsRule(string ObjectOwnership);

internal sealed record LoggingConfiguration(string? DestinationBucketName, string? LogFilePrefix,
    TargetObjectKeyFormat? TargetObjectKeyFormat);

internal sealed record TargetObjectKeyFormat(Empty? SimplePrefix, PartitionedPrefix? PartitionedPrefix);

internal sealed record PartitionedPrefix(string? PartitionDateSource);

/// <summary>A property whose presence is all it says.</summary>
internal sealed record Empty;

internal sealed record NotificationConfiguration(EventBridgeConfiguration? EventBridgeConfiguration);

internal sealed record EventBridgeConfiguration
{
    public bool EventBridgeEnabled { get; init; } = true;
}

internal sealed record VersioningConfiguration(string Status);

internal sealed record CorsConfiguration(IReadOnlyList<CorsRule> CorsRules);

internal sealed record CorsRule
{
    public string? Id { get; init; }

    public required IReadOnlyList<string> AllowedMethods { get; init; }

    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    public IReadOnlyList<string>? AllowedHeaders { get; init; }

    public IReadOnlyList<string>? ExposedHeaders { get; init; }

    public int? MaxAge { get; init; }
}
