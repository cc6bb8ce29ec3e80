using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows.Provisioners;

internal sealed record TriggerProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    [CreateOnly]
    public required string Type { get; init; }

    [CreateOnly]
    public string? WorkflowName { get; init; }

    public string? Description { get; init; }

    public string? Schedule { get; init; }

    public required IReadOnlyList<TriggerAction> Actions { get; init; }

    public Predicate? Predicate { get; init; }

    public EventBatchingCondition? EventBatchingCondition { get; init; }

    public bool? StartOnCreation { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary><c>AWS::Glue::Trigger</c>. <c>StartOnCreation</c> counts when it is made; a change of it starts and stops nothing.</summary>
internal sealed class TriggerProvisioner(Triggers triggers, GlueTags tags) : Provisioner<TriggerProperties>("AWS::Glue::Trigger")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, TriggerProperties properties)
    {
        var name = properties.Name ?? context.NewName(255);
        triggers.Create(context.Call, new()
        {
            Name = name,
            WorkflowName = properties.WorkflowName,
            Type = properties.Type,
            Schedule = properties.Schedule,
            Predicate = properties.Predicate,
            Actions = properties.Actions,
            Description = properties.Description,
            StartOnCreation = properties.StartOnCreation,
            EventBatchingCondition = properties.EventBatchingCondition,
            Tags = properties.Tags,
        });
        return ValueTask.FromResult(new Provisioned(name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, TriggerProperties before, TriggerProperties after)
    {
        triggers.Update(context.Call, new(physicalId, new()
        {
            Description = after.Description,
            Schedule = after.Schedule,
            Actions = after.Actions,
            Predicate = after.Predicate,
            EventBatchingCondition = after.EventBatchingCondition,
        }));
        tags.Replace(context.Call, WorkflowState.TriggerArn(context.Call, physicalId), after.Tags);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, TriggerProperties properties)
    {
        triggers.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }
}
