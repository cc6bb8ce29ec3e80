using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

/// <summary>EventBridge's operations on the default bus.</summary>
internal sealed class EventBridgeService(EventBuses buses) : IJsonService
{
    public string TargetPrefix => "AWSEvents";

    public OperationTable Operations { get; } = new OperationTable("EventBridge")
        .Add<PutEventsRequest, PutEventsResponse>("PutEvents", buses.Put)
        .Add<DescribeEventBusRequest, DescribeEventBusResponse>("DescribeEventBus", EventBuses.Describe)
        .Add<ListEventBusesRequest, ListEventBusesResponse>("ListEventBuses", EventBuses.List);
}
