using PipelineStacks.IotSql;
using PipelineStacks.LocalCloud.Services.Iot.Actions;

namespace PipelineStacks.LocalCloud.Services.Iot.Rules;

/// <summary>
/// Runs the rules for messages, many at a time: what goes to one stream goes there in one write. When it returns, every action has
/// taken its messages or its failures have gone to the error action, so that a message can be acknowledged.
/// </summary>
internal sealed class RulesEngine(RuleIndex index, ActionServices services, IotMetrics metrics, IotLog log, TimeProvider time)
{
    private const string BasicIngest = "$aws/rules/";
    private const int MostHops = 5;

    public async Task RunAsync(IReadOnlyList<InboundMessage> messages)
    {
        foreach (var (home, rules) in index.Rules)
        {
            var seen = messages.Where(message => message.Home is not { } own || own == home).ToList();
            if (seen.Count == 0)
                continue;
            var (plain, runs) = Sort(home, rules, seen);
            foreach (var rule in rules)
                await RunAsync(home, rule, runs.GetValueOrDefault(rule, []), plain);
        }
    }

    // Basic ingest names its rule in the topic and goes nowhere else.
    private (List<(InboundMessage, MqttMessage)> Plain, Dictionary<CompiledRule, List<(InboundMessage, MqttMessage)>> Ingested) Sort(
        Home home, CompiledRule[] rules, List<InboundMessage> messages)
    {
        var plain = new List<(InboundMessage, MqttMessage)>(messages.Count);
        var ingested = new Dictionary<CompiledRule, List<(InboundMessage, MqttMessage)>>();
        var now = time.GetUtcNow();
        foreach (var message in messages)
        {
            if (!message.Topic.StartsWith(BasicIngest, StringComparison.Ordinal))
            {
                plain.Add((message, Read(message, message.Topic, home, now)));
                continue;
            }

            var parts = message.Topic[BasicIngest.Length..].Split('/', 2);
            if (Array.Find(rules, rule => rule.Name == parts[0]) is not { } rule)
            {
                metrics.Rule(home, "RuleNotFound", parts[0]);
                continue;
            }

            if (!ingested.TryGetValue(rule, out var own))
                ingested[rule] = own = [];
            own.Add((message, Read(message, parts.Length > 1 ? parts[1] : "", home, now)));
        }

        return (plain, ingested);
    }

    private static MqttMessage Read(InboundMessage message, string topic, Home home, DateTimeOffset now) => new(topic, message.Payload)
    {
        Time = now,
        AccountId = home.Account,
        ClientId = message.ClientId,
        Principal = message.Principal,
        TraceId = message.TraceId,
        SourceIp = message.SourceIp,
        Properties = message.Properties ?? new Dictionary<string, string>(),
        UserProperties = message.UserProperties ?? [],
    };

    private async Task RunAsync(Home home, CompiledRule rule, List<(InboundMessage, MqttMessage)> ingested, List<(InboundMessage, MqttMessage)> plain)
    {
        var items = new List<ActionItem>();
        var (matches, parseErrors) = (0, 0);
        var readsFields = rule.Query.Reads.Fields.Count > 0;
        foreach (var (inbound, message) in rule.Query.From is { } filter ? plain.Where(one => filter.Matches(one.Item1.Topic)).Concat(ingested) : ingested)
        {
            matches++;
            if (readsFields && !message.IsJson)
                parseErrors++;
            log.Matched(home, rule.Name, inbound);
            var evaluation = rule.Query.Evaluate(message);
            if (!evaluation.Matched)
                continue;
            var item = new ActionItem(inbound, evaluation, evaluation.Bytes());
            if (evaluation.Problem is { } problem)
                item.Fail("RuleExecution", rule.Name, $"Failed to evaluate the SQL of the rule. {problem}. Message arrived on: {inbound.Topic}");
            else if (inbound.Hops > MostHops)
                item.Fail("RuleExecution", rule.Name, $"The message was republished {inbound.Hops} times: rules republish in a circle. Message arrived on: {inbound.Topic}");
            items.Add(item);
        }

        metrics.Rule(home, "TopicMatch", rule.Name, matches);
        metrics.Rule(home, "ParseError", rule.Name, parseErrors);
        if (items.Count == 0)
            return;
        var runnable = items.Where(item => item.Failures.Count == 0).ToList();
        foreach (var action in rule.Actions)
            await RunAsync(home, rule, action, runnable);
        var failed = items.Where(item => item.Failures.Count > 0).ToList();
        foreach (var item in failed)
            log.Failed(home, rule.Name, item);
        if (failed.Count > 0 && rule.ErrorAction is { } errorAction)
            await ReportAsync(home, rule, errorAction, failed);
    }

    private async Task RunAsync(Home home, CompiledRule rule, RuleActionRunner action, List<ActionItem> items)
    {
        var before = items.Sum(item => item.Failures.Count);
        if (items.Count > 0)
            await action.RunAsync(services, home, items);
        var failures = items.Sum(item => item.Failures.Count) - before;
        metrics.Action(home, "Success", rule.Name, action.ActionType, items.Count - failures);
        metrics.Action(home, "Failure", rule.Name, action.ActionType, failures);
    }

    private async Task ReportAsync(Home home, CompiledRule rule, RuleActionRunner action, List<ActionItem> failed)
    {
        var reports = failed.Select(item => new ActionItem(item.Message, item.Evaluation, ErrorReport.Of(rule.Name, item))).ToList();
        await action.RunAsync(services, home, reports);
        var lost = reports.Where(report => report.Failures.Count > 0).ToList();
        foreach (var report in lost)
            log.Failed(home, rule.Name, report);
        metrics.Action(home, "ErrorActionSuccess", rule.Name, action.ActionType, reports.Count - lost.Count);
        metrics.Action(home, "ErrorActionFailure", rule.Name, action.ActionType, lost.Count);
    }
}
