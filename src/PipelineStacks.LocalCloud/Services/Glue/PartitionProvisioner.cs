using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal sealed record PartitionProperties
{
    [CreateOnly]
    public required string CatalogId { get; init; }

    [CreateOnly]
    public required string DatabaseName { get; init; }

    [CreateOnly]
    public required string TableName { get; init; }

    public required PartitionInput PartitionInput { get; init; }
}

/// <summary><c>AWS::Glue::Partition</c>.</summary>
internal sealed class PartitionProvisioner(GluePartitions partitions) : Provisioner<PartitionProperties>("AWS::Glue::Partition")
{
    public override bool NeedsReplacement(ProvisionContext context, JsonObject before, JsonObject after) =>
        base.NeedsReplacement(context, before, after)
        || !JsonNode.DeepEquals(before["PartitionInput"]?["Values"], after["PartitionInput"]?["Values"]);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, PartitionProperties properties)
    {
        partitions.Create(context.Call, new(properties.CatalogId, properties.DatabaseName, properties.TableName, properties.PartitionInput));
        return ValueTask.FromResult(new Provisioned(Id(properties)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, PartitionProperties before, PartitionProperties after)
    {
        partitions.Update(context.Call,
            new(after.CatalogId, after.DatabaseName, after.TableName, before.PartitionInput.Values ?? [], after.PartitionInput));
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, PartitionProperties properties)
    {
        Gone.Ignored(() => partitions.Delete(context.Call,
            new(properties.CatalogId, properties.DatabaseName, properties.TableName, properties.PartitionInput.Values ?? [])));
        return ValueTask.CompletedTask;
    }

    private static string Id(PartitionProperties properties) =>
        $"{properties.DatabaseName}|{properties.TableName}|{string.Join(',', properties.PartitionInput.Values ?? [])}";
}
