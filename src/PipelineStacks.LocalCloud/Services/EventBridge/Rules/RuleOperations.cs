using System.Text.Json;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.EventBridge.Patterns;
using PipelineStacks.LocalCloud.Services.Schedules;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Rules;

/// <summary>The rules of the default bus: what they wait for, and whether they do.</summary>
internal sealed partial class RuleOperations(RuleStore store, RuleSchedules schedules, TimeProvider time)
{
    private const string InvalidToken = "ValidationException";

    private static readonly string[] Mandatory = ["id", "account", "source", "time", "region", "resources", "detail-type"];

    public PutRuleResponse Put(Call call, PutRuleRequest request)
    {
        var arn = RuleStore.ArnOf(call, request.Name);
        call.Authorize("events:PutRule", arn);
        EventBuses.CheckName(call, request.EventBusName);
        Check(request);
        var key = RuleStore.Key(call, request.Name);
        var now = time.GetUtcNow();
        var made = new RuleState(
            request.Name, arn, call.Account, request.EventPattern, request.ScheduleExpression, request.State ?? "ENABLED", request.Description,
            request.RoleArn, now, [], request.Tags ?? []);
        // Tags of a rule that is there are changed by TagResource alone.
        if (!store.Rules.TryAdd(key, made))
            store.Rules.Update(key, before => made with
            {
                Targets = before.Targets,
                Tags = before.Tags,
                ScheduledSince = before.ScheduleExpression == made.ScheduleExpression ? before.ScheduledSince : now,
            });
        schedules.Arm(key);
        return new(arn);
    }

    public Empty Delete(Call call, DeleteRuleRequest request)
    {
        call.Authorize("events:DeleteRule", RuleStore.ArnOf(call, request.Name));
        EventBuses.CheckName(call, request.EventBusName);
        var key = RuleStore.Key(call, request.Name);
        if (store.Rules.TryGet(key, out var rule) && rule.Targets.Count > 0)
            throw new ServiceException("ValidationException", "Rule can't be deleted since it has targets.");
        // Deleting what is not there succeeds, as on AWS.
        store.Rules.Remove(key);
        schedules.Arm(key);
        return Empty.Value;
    }

    public DescribeRuleResponse Describe(Call call, RuleRequest request)
    {
        var rule = store.Find(call, "events:DescribeRule", request.Name, request.EventBusName);
        return new(rule.Name, rule.Arn, rule.EventPattern, rule.ScheduleExpression, rule.State, rule.Description, rule.RoleArn, "default", rule.Account);
    }

    public ListRulesResponse List(Call call, ListRulesRequest request)
    {
        call.Authorize("events:ListRules", RuleStore.ArnOf(call, "*"));
        EventBuses.CheckName(call, request.EventBusName);
        var rules = store.Rules.In(call.Account, call.Region).Where(rule => rule.Name.StartsWith(request.NamePrefix ?? "", StringComparison.Ordinal));
        var page = Page<RuleState>.Of(rules, request.NextToken, request.Limit ?? 100, InvalidToken);
        return new([.. page.Items.Select(rule => new Rule(
            rule.Name, rule.Arn, rule.EventPattern, rule.ScheduleExpression, rule.State, rule.Description, rule.RoleArn, "default"))], page.Next);
    }

    public ListRuleNamesByTargetResponse ListByTarget(Call call, ListRuleNamesByTargetRequest request)
    {
        call.Authorize("events:ListRuleNamesByTarget", RuleStore.ArnOf(call, "*"));
        EventBuses.CheckName(call, request.EventBusName);
        var names = store.Rules.In(call.Account, call.Region).Where(rule => rule.Targets.Any(target => target.Arn == request.TargetArn)).Select(rule => rule.Name);
        var page = Page<string>.Of(names, request.NextToken, request.Limit ?? 100, InvalidToken);
        return new(page.Items, page.Next);
    }

    public Empty Enable(Call call, RuleRequest request) => SetState(call, "events:EnableRule", request, "ENABLED");

    public Empty Disable(Call call, RuleRequest request) => SetState(call, "events:DisableRule", request, "DISABLED");

    public static TestEventPatternResponse Test(Call call, TestEventPatternRequest request)
    {
        call.Authorize("events:TestEventPattern", "*");
        var pattern = EventPattern.Parse(request.EventPattern);
        try
        {
            var envelope = JsonSerializer.Deserialize<JsonElement>(request.Event);
            if (envelope.ValueKind == JsonValueKind.Object && Mandatory.All(name => envelope.TryGetProperty(name, out _)))
                return new(pattern.Matches(envelope));
        }
        catch (JsonException)
        {
            // Told below, like an event that lacks its fields.
        }

        throw new ServiceException("ValidationException", $"Parameter Event is not valid. Reason: it must be a JSON object with {string.Join(", ", Mandatory)}.");
    }

    private Empty SetState(Call call, string action, RuleRequest request, string state)
    {
        store.Change(call, action, request.Name, request.EventBusName, rule => rule with { State = state });
        schedules.Arm(RuleStore.Key(call, request.Name));
        return Empty.Value;
    }

    private static void Check(PutRuleRequest request)
    {
        if (!Name().IsMatch(request.Name))
            throw ServiceException.Validation("name", request.Name, @"Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+, with 64 characters at most");
        if (string.IsNullOrEmpty(request.EventPattern) && string.IsNullOrEmpty(request.ScheduleExpression))
            throw new ServiceException("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (!string.IsNullOrEmpty(request.EventPattern))
            EventPattern.Parse(request.EventPattern);
        if (!string.IsNullOrEmpty(request.ScheduleExpression) && Schedule.Parse(request.ScheduleExpression) is null)
            throw new ServiceException("ValidationException", "Parameter ScheduleExpression is not valid.");
        if (request.State is not (null or "ENABLED" or "DISABLED" or "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"))
            throw ServiceException.Validation("state", request.State,
                "Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]");
        if (request.Description?.Length > 512)
            throw ServiceException.Validation("description", request.Description, "Member must have length less than or equal to 512");
    }

    [GeneratedRegex(@"^[.\-_A-Za-z0-9]{1,64}$")]
    private static partial Regex Name();
}
