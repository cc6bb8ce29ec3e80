using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal sealed record DatabaseProperties
{
    [CreateOnly]
    public required string CatalogId { get; init; }

    public required DatabaseProvision DatabaseInput { get; init; }

    [CreateOnly]
    public string? DatabaseName { get; init; }
}

/// <summary>As <see cref="DatabaseInput"/>, where CloudFormation may leave the name out.</summary>
internal sealed record DatabaseProvision
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? LocationUri { get; init; }

    [System.Text.Json.Serialization.JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    [NoLocalEffect("Lake Formation's permissions are not enforced locally.")]
    public IReadOnlyList<PrincipalPermissions>? CreateTableDefaultPermissions { get; init; }

    public DatabaseIdentifier? TargetDatabase { get; init; }

    public DatabaseInput Named(string name) => new()
    {
        Name = name,
        Description = Description,
        LocationUri = LocationUri,
        Parameters = Parameters,
        CreateTableDefaultPermissions = CreateTableDefaultPermissions,
        TargetDatabase = TargetDatabase,
    };
}

/// <summary><c>AWS::Glue::Database</c>.</summary>
internal sealed class DatabaseProvisioner(GlueDatabases databases) : Provisioner<DatabaseProperties>("AWS::Glue::Database")
{
    public override bool NeedsReplacement(ProvisionContext context, JsonObject before, JsonObject after) =>
        base.NeedsReplacement(context, before, after)
        || !JsonNode.DeepEquals(before["DatabaseInput"]?["Name"], after["DatabaseInput"]?["Name"]);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, DatabaseProperties properties)
    {
        var name = (properties.DatabaseName ?? properties.DatabaseInput.Name ?? context.NewName(255)).ToLowerInvariant();
        databases.Create(context.Call, new(properties.CatalogId, properties.DatabaseInput.Named(name), null));
        return ValueTask.FromResult(new Provisioned(name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, DatabaseProperties before, DatabaseProperties after)
    {
        databases.Update(context.Call, new(after.CatalogId, physicalId, after.DatabaseInput.Named(physicalId)));
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, DatabaseProperties properties)
    {
        Gone.Ignored(() => databases.Delete(context.Call, new(properties.CatalogId, physicalId)));
        return ValueTask.CompletedTask;
    }
}
