using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.Services.Glue.Jobs;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

internal sealed record Trigger
{
    public required string Name { get; init; }
    public string? WorkflowName { get; init; }

    /// <summary>SCHEDULED, CONDITIONAL, ON_DEMAND, EVENT.</summary>
    public required string Type { get; init; }

    /// <summary>CREATED, ACTIVATED, DEACTIVATED.</summary>
    public required string State { get; init; }

    public string? Description { get; init; }
    public string? Schedule { get; init; }
    public required IReadOnlyList<TriggerAction> Actions { get; init; }
    public Predicate? Predicate { get; init; }
    public EventBatchingCondition? EventBatchingCondition { get; init; }
}

/// <summary>Glue's <c>Action</c>: a job or a crawler to start.</summary>
internal sealed record TriggerAction
{
    public string? JobName { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    public int? Timeout { get; init; }
    public string? SecurityConfiguration { get; init; }
    public NotificationProperty? NotificationProperty { get; init; }
    public string? CrawlerName { get; init; }
}

internal sealed record Predicate
{
    public string? Logical { get; init; }
    public IReadOnlyList<Condition>? Conditions { get; init; }
}

internal sealed record Condition
{
    public string? LogicalOperator { get; init; }
    public string? JobName { get; init; }
    public string? State { get; init; }
    public string? CrawlerName { get; init; }
    public string? CrawlState { get; init; }
}

internal sealed record EventBatchingCondition
{
    public required int BatchSize { get; init; }
    public int? BatchWindow { get; init; }
}

internal sealed record CreateTriggerRequest
{
    public required string Name { get; init; }
    public string? WorkflowName { get; init; }
    public required string Type { get; init; }
    public string? Schedule { get; init; }
    public Predicate? Predicate { get; init; }
    public required IReadOnlyList<TriggerAction> Actions { get; init; }
    public string? Description { get; init; }
    public bool? StartOnCreation { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
    public EventBatchingCondition? EventBatchingCondition { get; init; }
}

internal sealed record TriggerUpdate
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Schedule { get; init; }
    public IReadOnlyList<TriggerAction>? Actions { get; init; }
    public Predicate? Predicate { get; init; }
    public EventBatchingCondition? EventBatchingCondition { get; init; }
}

internal sealed record UpdateTriggerRequest(string Name, TriggerUpdate TriggerUpdate);

internal sealed record TriggerRequest(string Name);

internal sealed record TriggerNameResponse(string Name);

internal sealed record TriggerResponse(Trigger Trigger);

internal sealed record GetTriggersRequest(string? NextToken, string? DependentJobName, int? MaxResults);

internal sealed record GetTriggersResponse(IReadOnlyList<Trigger> Triggers, string? NextToken);

internal sealed record ListTriggersRequest(string? NextToken, string? DependentJobName, int? MaxResults, IReadOnlyDictionary<string, string>? Tags);

internal sealed record ListTriggersResponse(IReadOnlyList<string> TriggerNames, string? NextToken);

internal sealed record BatchGetTriggersRequest(IReadOnlyList<string> TriggerNames);

internal sealed record BatchGetTriggersResponse(IReadOnlyList<Trigger> Triggers, IReadOnlyList<string> TriggersNotFound);
