using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.EventBridge.Rules;
using PipelineStacks.LocalCloud.Services.EventBridge.Targets;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

/// <summary>EventBridge's operations on the default bus and its rules.</summary>
internal sealed class EventBridgeService(EventBuses buses, RuleOperations rules, RuleTags tags, TargetOperations targets) : IJsonService
{
    public string TargetPrefix => "AWSEvents";

    public OperationTable Operations { get; } = new OperationTable("EventBridge")
        .Add<PutEventsRequest, PutEventsResponse>("PutEvents", buses.Put)
        .Add<DescribeEventBusRequest, DescribeEventBusResponse>("DescribeEventBus", EventBuses.Describe)
        .Add<ListEventBusesRequest, ListEventBusesResponse>("ListEventBuses", EventBuses.List)
        .Add<PutRuleRequest, PutRuleResponse>("PutRule", rules.Put)
        .Add<DeleteRuleRequest, Empty>("DeleteRule", rules.Delete)
        .Add<RuleRequest, DescribeRuleResponse>("DescribeRule", rules.Describe)
        .Add<ListRulesRequest, ListRulesResponse>("ListRules", rules.List)
        .Add<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse>("ListRuleNamesByTarget", rules.ListByTarget)
        .Add<RuleRequest, Empty>("EnableRule", rules.Enable)
        .Add<RuleRequest, Empty>("DisableRule", rules.Disable)
        .Add<TestEventPatternRequest, TestEventPatternResponse>("TestEventPattern", RuleOperations.Test)
        .Add<PutTargetsRequest, TargetsResponse>("PutTargets", targets.Put)
        .Add<RemoveTargetsRequest, TargetsResponse>("RemoveTargets", targets.Remove)
        .Add<ListTargetsByRuleRequest, ListTargetsByRuleResponse>("ListTargetsByRule", targets.List)
        .Add<TagResourceRequest, Empty>("TagResource", tags.Tag)
        .Add<UntagResourceRequest, Empty>("UntagResource", tags.Untag)
        .Add<ListTagsForResourceRequest, ListTagsForResourceResponse>("ListTagsForResource", tags.List);
}
