using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;

namespace PipelineStacks.LocalCloud.Services.Logs.Provisioners;

internal sealed record MetricFilterProperties
{
    [CreateOnly]
    public string? FilterName { get; init; }

    [CreateOnly]
    public required string LogGroupName { get; init; }

    public required string FilterPattern { get; init; }
    public required IReadOnlyList<MetricTransformation> MetricTransformations { get; init; }
}

/// <summary><c>AWS::Logs::MetricFilter</c>.</summary>
internal sealed class MetricFilterProvisioner(MetricFilters filters) : Provisioner<MetricFilterProperties>("AWS::Logs::MetricFilter")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, MetricFilterProperties properties) =>
        ValueTask.FromResult(Put(context, properties.FilterName ?? context.NewName(512), properties));

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, MetricFilterProperties before, MetricFilterProperties after) =>
        ValueTask.FromResult(Put(context, physicalId, after));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, MetricFilterProperties properties)
    {
        filters.Delete(context.Call, new() { LogGroupName = properties.LogGroupName, FilterName = physicalId });
        return ValueTask.CompletedTask;
    }

    private Provisioned Put(ProvisionContext context, string name, MetricFilterProperties properties)
    {
        filters.Put(context.Call, new()
        {
            LogGroupName = properties.LogGroupName,
            FilterName = name,
            FilterPattern = properties.FilterPattern,
            MetricTransformations = properties.MetricTransformations,
        });
        return new(name);
    }
}
