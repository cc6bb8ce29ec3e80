using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>As in the resource's schema, every change makes a new query.</summary>
internal sealed record NamedQueryProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    [CreateOnly]
    public required string Database { get; init; }

    [CreateOnly]
    public string? Description { get; init; }

    [CreateOnly]
    public required string QueryString { get; init; }

    [CreateOnly]
    public string? WorkGroup { get; init; }
}

/// <summary><c>AWS::Athena::NamedQuery</c>.</summary>
internal sealed class NamedQueryProvisioner(NamedQueries queries) : Provisioner<NamedQueryProperties>("AWS::Athena::NamedQuery")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, NamedQueryProperties properties)
    {
        var made = queries.Create(context.Call, new(
            properties.Name ?? context.NewName(128), properties.Description, properties.Database, properties.QueryString, null, properties.WorkGroup));
        return ValueTask.FromResult(new Provisioned(made.NamedQueryId, ("NamedQueryId", made.NamedQueryId)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, NamedQueryProperties before, NamedQueryProperties after) =>
        ValueTask.FromResult(new Provisioned(physicalId, ("NamedQueryId", physicalId)));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, NamedQueryProperties properties)
    {
        try
        {
            queries.Delete(context.Call, new(physicalId));
        }
        catch (ServiceException error) when (error.Code == AthenaErrors.InvalidRequestCode)
        {
            // Deleted by hand, or with its workgroup: what the stack wants is so.
        }

        return ValueTask.CompletedTask;
    }
}
