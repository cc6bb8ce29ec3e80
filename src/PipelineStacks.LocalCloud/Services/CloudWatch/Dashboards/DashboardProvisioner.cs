using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Dashboards;

internal sealed record DashboardProperties
{
    [CreateOnly]
    public string? DashboardName { get; init; }

    public required string DashboardBody { get; init; }
}

/// <summary><c>AWS::CloudWatch::Dashboard</c>.</summary>
internal sealed class DashboardProvisioner(DashboardOperations dashboards) : Provisioner<DashboardProperties>("AWS::CloudWatch::Dashboard")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, DashboardProperties properties) =>
        ValueTask.FromResult(Put(context, properties.DashboardName ?? context.NewName(255), properties));

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, DashboardProperties before, DashboardProperties after) =>
        ValueTask.FromResult(Put(context, physicalId, after));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, DashboardProperties properties)
    {
        dashboards.Delete(context.Call, new() { DashboardNames = [physicalId] });
        return ValueTask.CompletedTask;
    }

    private Provisioned Put(ProvisionContext context, string name, DashboardProperties properties)
    {
        dashboards.Put(context.Call, new() { DashboardName = name, DashboardBody = properties.DashboardBody });
        return new(name);
    }
}
