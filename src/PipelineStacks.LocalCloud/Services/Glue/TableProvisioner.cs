using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal sealed record TableProperties
{
    [CreateOnly]
    public required string CatalogId { get; init; }

    [CreateOnly]
    public required string DatabaseName { get; init; }

    public required TableProvision TableInput { get; init; }
}

/// <summary>As <see cref="TableInput"/>, where CloudFormation may leave the name out.</summary>
internal sealed record TableProvision
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Owner { get; init; }

    public int Retention { get; init; }

    public StorageDescriptor? StorageDescriptor { get; init; }

    public IReadOnlyList<Column>? PartitionKeys { get; init; }

    public string? ViewOriginalText { get; init; }

    public string? ViewExpandedText { get; init; }

    public string? TableType { get; init; }

    [System.Text.Json.Serialization.JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public TableIdentifier? TargetTable { get; init; }

    public TableInput Named(string name) => new()
    {
        Name = name,
        Description = Description,
        Owner = Owner,
        Retention = Retention,
        StorageDescriptor = StorageDescriptor,
        PartitionKeys = PartitionKeys,
        ViewOriginalText = ViewOriginalText,
        ViewExpandedText = ViewExpandedText,
        TableType = TableType,
        Parameters = Parameters,
        TargetTable = TargetTable,
    };
}

/// <summary><c>AWS::Glue::Table</c>.</summary>
internal sealed class TableProvisioner(GlueTables tables) : Provisioner<TableProperties>("AWS::Glue::Table")
{
    public override bool NeedsReplacement(ProvisionContext context, JsonObject before, JsonObject after) =>
        base.NeedsReplacement(context, before, after) || !JsonNode.DeepEquals(before["TableInput"]?["Name"], after["TableInput"]?["Name"]);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, TableProperties properties)
    {
        var name = (properties.TableInput.Name ?? context.NewName(255)).ToLowerInvariant();
        tables.Create(context.Call, new(properties.CatalogId, properties.DatabaseName, properties.TableInput.Named(name), null, null));
        return ValueTask.FromResult(new Provisioned(name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, TableProperties before, TableProperties after)
    {
        tables.Update(context.Call,
            new(after.CatalogId, after.DatabaseName, after.TableInput.Named(physicalId), SkipArchive: false, null, null, Force: false));
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, TableProperties properties)
    {
        Gone.Ignored(() => tables.Delete(context.Call, new(properties.CatalogId, properties.DatabaseName, physicalId, null)));
        return ValueTask.CompletedTask;
    }
}
