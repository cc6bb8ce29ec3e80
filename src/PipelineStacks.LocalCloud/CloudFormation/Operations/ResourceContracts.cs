using PipelineStacks.LocalCloud.CloudFormation.Stacks;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

internal sealed record DescribeStackEventsInput
{
    public string? StackName { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeStackEventsOutput(IReadOnlyList<StackEvent> StackEvents, string? NextToken);

internal sealed record DescribeStackResourcesInput
{
    public string? StackName { get; init; }

    public string? LogicalResourceId { get; init; }

    public string? PhysicalResourceId { get; init; }
}

internal sealed record DescribeStackResourcesOutput(IReadOnlyList<StackResourceDescription> StackResources);

internal sealed record DescribeStackResourceInput
{
    public required string StackName { get; init; }

    public required string LogicalResourceId { get; init; }
}

internal sealed record DescribeStackResourceOutput(StackResourceDetail StackResourceDetail);

internal sealed record ListStackResourcesInput
{
    public required string StackName { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ListStackResourcesOutput(IReadOnlyList<StackResourceSummary> StackResourceSummaries);

internal sealed record ResourceDriftInformation(string StackResourceDriftStatus);

/// <summary>The API's <c>StackResource</c>.</summary>
internal sealed record StackResourceDescription(
    string StackName, string StackId, string LogicalResourceId, string? PhysicalResourceId, string ResourceType, DateTimeOffset Timestamp,
    string ResourceStatus, string? ResourceStatusReason, ResourceDriftInformation DriftInformation);

internal sealed record StackResourceDetail(
    string StackName, string StackId, string LogicalResourceId, string? PhysicalResourceId, string ResourceType, DateTimeOffset LastUpdatedTimestamp,
    string ResourceStatus, string? ResourceStatusReason, string? Metadata, ResourceDriftInformation DriftInformation);

internal sealed record StackResourceSummary(
    string LogicalResourceId, string? PhysicalResourceId, string ResourceType, DateTimeOffset LastUpdatedTimestamp, string ResourceStatus,
    string? ResourceStatusReason, ResourceDriftInformation DriftInformation);
