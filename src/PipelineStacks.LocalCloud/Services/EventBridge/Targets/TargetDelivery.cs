using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.EventBridge.Rules;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>Sends an event to a rule's targets, again after a while where a target is busy, and counts.</summary>
internal sealed class TargetDelivery(TargetRules rules, Callers callers, IMetricSink metrics, CloudClock clock, ILogger<TargetDelivery> log)
{
    private const int DefaultAttempts = 185;
    private static readonly TimeSpan DefaultAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private static readonly string[] Busy =
        ["TooManyRequestsException", "ThrottlingException", "Throttling", "ProvisionedThroughputExceededException", "ServiceUnavailableException", "LimitExceededException"];

    public void Trigger(ResourceKey key, RuleState rule, Event published)
    {
        Count(key, "TriggeredRules");
        foreach (var target in rule.Targets)
            Send(key, rule, target, published, attempt: 0, TimeSpan.Zero);
    }

    public void Count(ResourceKey key, string metric) =>
        metrics.Put(new(key.Account, key.Region, "AWS/Events", metric, "Count", new(("RuleName", key.Name))), 1, clock.GetUtcNow());

    private void Send(ResourceKey key, RuleState rule, Target target, Event published, int attempt, TimeSpan wait) =>
        clock.After(wait, $"the target {target.Id} of the rule {rule.Name}", () => SendAsync(key, rule, target, published, attempt));

    private async Task SendAsync(ResourceKey key, RuleState rule, Target target, Event published, int attempt)
    {
        var call = target.RoleArn is { } role
            ? callers.ForRole(role, key.Region, "EventBridge")
            : callers.ForService(key.Account, key.Region, TargetRules.Principal);
        try
        {
            await rules.KindOf(target.Arn).SendAsync(call, target, published, TargetInput.Of(rule, target, published));
        }
        catch (ServiceException error)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), LongestWait.TotalSeconds));
            if (MayRetry(error, target, published, attempt, wait))
            {
                Send(key, rule, target, published, attempt + 1, wait);
                return;
            }

            log.LogWarning("The rule {Rule} could not invoke its target {Target}: {Error}", rule.Arn, target.Arn, error.Message);
            Count(key, "FailedInvocations");
        }

        Count(key, "Invocations");
    }

    // A target that is gone or refuses the input will do so again.
    private bool MayRetry(ServiceException error, Target target, Event published, int attempt, TimeSpan wait) =>
        (Busy.Contains(error.Code) || error.Status is >= 500 and not 501)
        && attempt < (target.RetryPolicy?.MaximumRetryAttempts ?? DefaultAttempts)
        && clock.GetUtcNow() + wait - published.Time <= (target.RetryPolicy?.MaximumEventAgeInSeconds is { } age ? TimeSpan.FromSeconds(age) : DefaultAge);
}
