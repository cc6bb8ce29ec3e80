using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Athena;

internal sealed record WorkGroupConfiguration
{
    public ResultConfiguration? ResultConfiguration { get; init; }

    public bool? EnforceWorkGroupConfiguration { get; init; }

    public bool? PublishCloudWatchMetricsEnabled { get; init; }

    public long? BytesScannedCutoffPerQuery { get; init; }

    [NoLocalEffect("Nobody is billed.")]
    public bool? RequesterPaysEnabled { get; init; }

    public EngineVersion? EngineVersion { get; init; }

    [NoLocalEffect("For Spark notebooks, which the local cloud does not run.")]
    public string? AdditionalConfiguration { get; init; }

    [NoLocalEffect("For Spark notebooks, which the local cloud does not run.")]
    public string? ExecutionRole { get; init; }

    [NoLocalEffect("For Spark notebooks, which the local cloud does not run.")]
    public CustomerContentEncryptionConfiguration? CustomerContentEncryptionConfiguration { get; init; }

    [NoLocalEffect("Results lie on this machine's disk as they are.")]
    public bool? EnableMinimumEncryptionConfiguration { get; init; }
}

internal sealed record CustomerContentEncryptionConfiguration(string KmsKey);

internal sealed record WorkGroup
{
    public required string Name { get; init; }

    public required string State { get; init; }

    public required WorkGroupConfiguration Configuration { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset CreationTime { get; init; }
}

internal sealed record CreateWorkGroupInput(string Name, WorkGroupConfiguration? Configuration, string? Description, IReadOnlyList<Tag>? Tags);

internal sealed record GetWorkGroupInput(string WorkGroup);

internal sealed record GetWorkGroupOutput(WorkGroup WorkGroup);

internal sealed record ListWorkGroupsInput(string? NextToken, int? MaxResults);

internal sealed record ListWorkGroupsOutput(IReadOnlyList<WorkGroupSummary> WorkGroups, string? NextToken);

internal sealed record WorkGroupSummary(string Name, string State, string? Description, DateTimeOffset CreationTime, EngineVersion EngineVersion);

internal sealed record UpdateWorkGroupInput(
    string WorkGroup, string? Description, WorkGroupConfigurationUpdates? ConfigurationUpdates, string? State);

internal sealed record WorkGroupConfigurationUpdates
{
    public bool? EnforceWorkGroupConfiguration { get; init; }

    public ResultConfigurationUpdates? ResultConfigurationUpdates { get; init; }

    public bool? PublishCloudWatchMetricsEnabled { get; init; }

    public long? BytesScannedCutoffPerQuery { get; init; }

    public bool? RemoveBytesScannedCutoffPerQuery { get; init; }

    public bool? RequesterPaysEnabled { get; init; }

    public EngineVersion? EngineVersion { get; init; }

    public bool? RemoveCustomerContentEncryptionConfiguration { get; init; }

    public string? AdditionalConfiguration { get; init; }

    public string? ExecutionRole { get; init; }

    public CustomerContentEncryptionConfiguration? CustomerContentEncryptionConfiguration { get; init; }
}

internal sealed record ResultConfigurationUpdates
{
    public string? OutputLocation { get; init; }

    public bool? RemoveOutputLocation { get; init; }

    public EncryptionConfiguration? EncryptionConfiguration { get; init; }

    public bool? RemoveEncryptionConfiguration { get; init; }

    public string? ExpectedBucketOwner { get; init; }

    public bool? RemoveExpectedBucketOwner { get; init; }

    public AclConfiguration? AclConfiguration { get; init; }

    public bool? RemoveAclConfiguration { get; init; }
}

internal sealed record DeleteWorkGroupInput(string WorkGroup, bool? RecursiveDeleteOption);

internal sealed record TagResourceInput(string ResourceARN, IReadOnlyList<Tag> Tags);

internal sealed record UntagResourceInput(string ResourceARN, IReadOnlyList<string> TagKeys);

internal sealed record ListTagsForResourceInput(string ResourceARN, string? NextToken, int? MaxResults);

internal sealed record ListTagsForResourceOutput(IReadOnlyList<Tag> Tags, string? NextToken);
