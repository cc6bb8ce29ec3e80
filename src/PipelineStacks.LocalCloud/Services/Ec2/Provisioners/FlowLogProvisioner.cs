using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Ec2.Provisioners;

internal sealed record FlowLogProperties
{
    private const string NoTraffic = "Kept and shown. No packet passes through a local VPC, so there is nothing to log.";

    [CreateOnly]
    public required string ResourceId { get; init; }

    [CreateOnly]
    public required string ResourceType { get; init; }

    [CreateOnly]
    [NoLocalEffect(NoTraffic)]
    public string? TrafficType { get; init; }

    [CreateOnly]
    [NoLocalEffect(NoTraffic)]
    public string? LogDestinationType { get; init; }

    [CreateOnly]
    [NoLocalEffect(NoTraffic)]
    public string? LogDestination { get; init; }

    [CreateOnly]
    [NoLocalEffect(NoTraffic)]
    public string? LogGroupName { get; init; }

    [CreateOnly]
    [NoLocalEffect(NoTraffic)]
    public string? DeliverLogsPermissionArn { get; init; }

    [CreateOnly]
    [NoLocalEffect(NoTraffic)]
    public string? LogFormat { get; init; }

    [CreateOnly]
    [NoLocalEffect(NoTraffic)]
    public int? MaxAggregationInterval { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::EC2::FlowLog</c>.</summary>
internal sealed class FlowLogProvisioner(Ec2State state, TimeProvider time) : Provisioner<FlowLogProperties>("AWS::EC2::FlowLog")
{
    protected override void Check(ProvisionContext context, FlowLogProperties properties)
    {
        if (properties.ResourceType is not ("VPC" or "Subnet"))
            throw ServiceException.Unsupported($"{context.LogicalId}: a flow log of {properties.ResourceType}");
        if (properties.MaxAggregationInterval is { } interval and not (60 or 600))
            throw new ServiceException("InvalidParameter", $"The maximum aggregation interval is 60 or 600 seconds, and not {interval}.");
        switch (properties.LogDestinationType ?? "cloud-watch-logs")
        {
            case "cloud-watch-logs" when properties.DeliverLogsPermissionArn is null || (properties.LogGroupName is null && properties.LogDestination is null):
                throw new ServiceException("InvalidParameter", "A flow log to CloudWatch Logs needs a log group and DeliverLogsPermissionArn.");
            case "s3" when properties.LogDestination is null:
                throw new ServiceException("InvalidParameter", "A flow log to S3 needs LogDestination.");
            case "cloud-watch-logs" or "s3":
                break;
            default:
                throw ServiceException.Unsupported($"{context.LogicalId}: the flow log destination {properties.LogDestinationType}");
        }
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, FlowLogProperties properties)
    {
        var call = context.Call;
        if (properties.ResourceType == "VPC")
            state.Vpc(call, "CreateFlowLogs", properties.ResourceId);
        else
            state.Subnet(call, "CreateFlowLogs", properties.ResourceId);
        var log = new FlowLogState(Ec2State.NewId("fl"), properties.ResourceId, properties.TrafficType ?? "ALL", properties.LogDestinationType ?? "cloud-watch-logs",
            properties.LogGroupName, properties.LogDestination, properties.DeliverLogsPermissionArn, properties.LogFormat,
            properties.MaxAggregationInterval ?? 600, time.GetUtcNow(), properties.Tags ?? []);
        state.FlowLogs.Put(Ec2State.Key(call, log.Id), log);
        return ValueTask.FromResult(new Provisioned(log.Id, ("Id", log.Id)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, FlowLogProperties before, FlowLogProperties after)
    {
        Find(context.Call, "CreateTags", physicalId);
        state.FlowLogs.Update(Ec2State.Key(context.Call, physicalId), log => log with { Tags = after.Tags ?? [] });
        return ValueTask.FromResult(new Provisioned(physicalId, ("Id", physicalId)));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, FlowLogProperties properties)
    {
        Find(context.Call, "DeleteFlowLogs", physicalId);
        state.FlowLogs.Remove(Ec2State.Key(context.Call, physicalId));
        return ValueTask.CompletedTask;
    }

    private void Find(Call call, string action, string id) => Ec2State.Find(call, action, state.FlowLogs, id, "InvalidFlowLogId", "flow log");
}
