using PipelineStacks.LocalCloud.Services;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>What CreateStack, UpdateStack and CreateChangeSet have in common.</summary>
internal abstract record StackRequest
{
    public required string StackName { get; init; }

    public string? TemplateBody { get; init; }

    public string? TemplateURL { get; init; }

    public IReadOnlyList<Parameter>? Parameters { get; init; }

    public IReadOnlyList<string>? Capabilities { get; init; }

    public IReadOnlyList<string>? ResourceTypes { get; init; }

    public string? RoleARN { get; init; }

    public RollbackConfiguration? RollbackConfiguration { get; init; }

    public IReadOnlyList<string>? NotificationARNs { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public bool UsePreviousTemplate { get; init; }
}

internal sealed record Parameter
{
    public string? ParameterKey { get; init; }

    public string? ParameterValue { get; init; }

    public bool? UsePreviousValue { get; init; }

    public string? ResolvedValue { get; init; }
}

internal sealed record RollbackConfiguration
{
    public IReadOnlyList<RollbackTrigger>? RollbackTriggers { get; init; }

    public int? MonitoringTimeInMinutes { get; init; }
}

internal sealed record RollbackTrigger(string Arn, string Type);
