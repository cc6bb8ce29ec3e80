using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.EventBridge.Rules;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>Where a rule sends what it matches.</summary>
internal sealed class TargetOperations(RuleStore store, TargetRules rules)
{
    private const int MaxTargets = 5;

    public TargetsResponse Put(Call call, PutTargetsRequest request)
    {
        store.Find(call, "events:PutTargets", request.Rule, request.EventBusName);
        if (request.Targets.Count is 0 or > 100)
            throw ServiceException.Validation("targets", $"[{request.Targets.Count} targets]", "Member must have length between 1 and 100");
        Check(request.Targets);
        store.Change(call, "events:PutTargets", request.Rule, request.EventBusName, rule =>
        {
            List<Target> targets = [.. rule.Targets.Where(target => request.Targets.All(one => one.Id != target.Id)), .. request.Targets];
            return targets.Count <= MaxTargets ? rule with { Targets = targets }
                : throw new ServiceException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        });
        return TargetsResponse.Done;
    }

    /// <exception cref="ServiceException">One of them can't be had here.</exception>
    public void Check(IEnumerable<Target> targets)
    {
        foreach (var target in targets)
            rules.Check(target);
    }

    public TargetsResponse Remove(Call call, RemoveTargetsRequest request)
    {
        store.Change(call, "events:RemoveTargets", request.Rule, request.EventBusName, rule =>
            rule with { Targets = [.. rule.Targets.Where(target => !request.Ids.Contains(target.Id))] });
        return TargetsResponse.Done;
    }

    public ListTargetsByRuleResponse List(Call call, ListTargetsByRuleRequest request)
    {
        var rule = store.Find(call, "events:ListTargetsByRule", request.Rule, request.EventBusName);
        var page = Page<Target>.Of(rule.Targets, request.NextToken, request.Limit ?? 100, "ValidationException");
        return new(page.Items, page.Next);
    }
}
