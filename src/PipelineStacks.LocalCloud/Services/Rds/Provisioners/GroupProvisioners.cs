using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Rds.Provisioners;

internal sealed record DBParameterGroupProperties
{
    [CreateOnly]
    public string? DBParameterGroupName { get; init; }

    [CreateOnly]
    public required string Description { get; init; }

    [CreateOnly]
    public required string Family { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::RDS::DBParameterGroup</c>.</summary>
internal sealed class DBParameterGroupProvisioner(ParameterGroups groups, Instances instances) : Provisioner<DBParameterGroupProperties>("AWS::RDS::DBParameterGroup")
{
    private static readonly Dictionary<string, string> None = [];

    protected override void Check(ProvisionContext context, DBParameterGroupProperties properties)
    {
        EngineVersions.CheckFamily(properties.Family);
        ParameterGroups.Check(properties.Parameters ?? None);
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, DBParameterGroupProperties properties)
    {
        var group = groups.Create(context.Call, properties.DBParameterGroupName ?? context.NewName(255, lowerCase: true), properties.Family, properties.Description,
            properties.Parameters ?? None, properties.Tags ?? []);
        return ValueTask.FromResult(Describe(group.Name));
    }

    protected override async ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, DBParameterGroupProperties before, DBParameterGroupProperties after)
    {
        var old = groups.Find(context.Call, "DescribeDBParameterGroups", physicalId);
        await instances.ApplyAsync(context.Call, old, groups.Change(context.Call, physicalId, after.Parameters ?? None, after.Tags ?? []));
        return Describe(physicalId);
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, DBParameterGroupProperties properties)
    {
        groups.Delete(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(string name) => new(name, ("DBParameterGroupName", name));
}

internal sealed record DBSubnetGroupProperties
{
    [CreateOnly]
    public string? DBSubnetGroupName { get; init; }

    public required string DBSubnetGroupDescription { get; init; }
    public required IReadOnlyList<string> SubnetIds { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::RDS::DBSubnetGroup</c>.</summary>
internal sealed class DBSubnetGroupProvisioner(SubnetGroups groups) : Provisioner<DBSubnetGroupProperties>("AWS::RDS::DBSubnetGroup")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, DBSubnetGroupProperties properties) =>
        Put(context, properties.DBSubnetGroupName ?? context.NewName(255, lowerCase: true), properties, isNew: true);

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, DBSubnetGroupProperties before, DBSubnetGroupProperties after) => Put(context, physicalId, after, isNew: false);

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, DBSubnetGroupProperties properties)
    {
        groups.Delete(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }

    private ValueTask<Provisioned> Put(ProvisionContext context, string name, DBSubnetGroupProperties properties, bool isNew) => ValueTask.FromResult(new Provisioned(
        groups.Put(context.Call, name, properties.DBSubnetGroupDescription, properties.SubnetIds, properties.Tags ?? [], isNew).Name));
}
