using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Ssm;

internal sealed record ParameterProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    public required string Type { get; init; }

    public required string Value { get; init; }

    public string? Description { get; init; }

    public string? AllowedPattern { get; init; }

    public string? DataType { get; init; }

    [NoLocalEffect("Tiers differ in price and limits only.")]
    public string? Tier { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary><c>AWS::SSM::Parameter</c>.</summary>
internal sealed class ParameterProvisioner(ParameterStore parameters) : Provisioner<ParameterProperties>("AWS::SSM::Parameter")
{
    protected override void Check(ProvisionContext context, ParameterProperties properties) => ParameterStore.Check(Stored(properties, properties.Name ?? "name"));

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ParameterProperties properties) =>
        Put(context, properties, properties.Name ?? "CFN-" + context.NewName(), overwrite: false);

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, ParameterProperties before, ParameterProperties after) => Put(context, after, physicalId, overwrite: true);

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ParameterProperties properties)
    {
        parameters.Delete(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }

    private ValueTask<Provisioned> Put(ProvisionContext context, ParameterProperties properties, string name, bool overwrite)
    {
        parameters.Put(context.Call, name, overwrite, _ => Stored(properties, name));
        return ValueTask.FromResult(new Provisioned(name, ("Type", properties.Type), ("Value", properties.Value)));
    }

    private static StoredParameter Stored(ParameterProperties properties, string name) => new()
    {
        Name = name,
        Type = properties.Type,
        Value = properties.Value,
        Description = properties.Description,
        AllowedPattern = properties.AllowedPattern,
        DataType = properties.DataType ?? "text",
        Tier = properties.Tier ?? "Standard",
        Tags = [.. (properties.Tags ?? new Dictionary<string, string>()).Select(tag => new Tag(tag.Key, tag.Value))],
    };
}
