using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Athena;

internal sealed record WorkGroupProperties
{
    [CreateOnly]
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? State { get; init; }

    public bool? RecursiveDeleteOption { get; init; }

    public WorkGroupConfiguration? WorkGroupConfiguration { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::Athena::WorkGroup</c>.</summary>
internal sealed class WorkGroupProvisioner(WorkGroups groups, WorkGroupTagging tags, TimeProvider time) : Provisioner<WorkGroupProperties>("AWS::Athena::WorkGroup")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, WorkGroupProperties properties)
    {
        groups.Create(context.Call, new(properties.Name, properties.WorkGroupConfiguration, properties.Description, properties.Tags));
        if (properties.State is "DISABLED")
            groups.Update(context.Call, new(properties.Name, null, null, properties.State));
        return ValueTask.FromResult(Made(context, properties.Name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, WorkGroupProperties before, WorkGroupProperties after)
    {
        groups.Replace(context.Call, physicalId, after.Description, after.State ?? "ENABLED", after.WorkGroupConfiguration ?? new());
        tags.Replace(context.Call, physicalId, after.Tags ?? []);
        return ValueTask.FromResult(Made(context, physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, WorkGroupProperties properties)
    {
        try
        {
            groups.Delete(context.Call, new(physicalId, properties.RecursiveDeleteOption));
        }
        catch (ServiceException error) when (error.Message.EndsWith("is not found.", StringComparison.Ordinal))
        {
            // Deleted by hand: what the stack wants is so.
        }

        return ValueTask.CompletedTask;
    }

    private Provisioned Made(ProvisionContext context, string name) =>
        new(name, ("CreationTime", time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("WorkGroupConfiguration.EngineVersion.EffectiveEngineVersion", groups.Find(context.Call, name).Configuration.EngineVersion?.EffectiveEngineVersion));
}
