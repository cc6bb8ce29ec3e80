using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows.Provisioners;

internal sealed record WorkflowProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    public string? Description { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? DefaultRunProperties { get; init; }

    public int? MaxConcurrentRuns { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary><c>AWS::Glue::Workflow</c>.</summary>
internal sealed class WorkflowProvisioner(Workflows workflows, GlueTags tags) : Provisioner<WorkflowProperties>("AWS::Glue::Workflow")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, WorkflowProperties properties)
    {
        var name = properties.Name ?? context.NewName(255);
        workflows.Create(context.Call, new()
        {
            Name = name,
            Description = properties.Description,
            DefaultRunProperties = properties.DefaultRunProperties,
            MaxConcurrentRuns = properties.MaxConcurrentRuns,
            Tags = properties.Tags,
        });
        return ValueTask.FromResult(new Provisioned(name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, WorkflowProperties before, WorkflowProperties after)
    {
        workflows.Update(context.Call, new()
        {
            Name = physicalId,
            Description = after.Description,
            DefaultRunProperties = after.DefaultRunProperties,
            MaxConcurrentRuns = after.MaxConcurrentRuns,
        });
        tags.Replace(context.Call, WorkflowState.WorkflowArn(context.Call, physicalId), after.Tags);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, WorkflowProperties properties)
    {
        workflows.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }
}
