using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;

namespace PipelineStacks.LocalCloud.Services.Iot.Rules;

/// <summary>Topic rules: <see href="https://docs.aws.amazon.com/iot/latest/apireference/API_CreateTopicRule.html"/> and its siblings.</summary>
internal sealed partial class TopicRules(IotState state, RuleIndex index, TimeProvider time)
{
    public const string Pattern = "^[a-zA-Z0-9_]+$";

    private const int LongestName = 128;

    public Empty Create(Call call, PutTopicRuleRequest request)
    {
        var arn = Authorize(call, "iot:CreateTopicRule", request.RuleName);
        Check(request.RuleName, request);
        if (!state.Rules.TryAdd(IotState.Key(call, request.RuleName), new(arn, new TopicRule(request.RuleName, time.GetUtcNow(), request.Payload()), request.Tags)))
            throw IotErrors.Exists($"Rule {request.RuleName}");
        index.Reset();
        return Empty.Value;
    }

    public Empty Replace(Call call, PutTopicRuleRequest request)
    {
        Authorize(call, "iot:ReplaceTopicRule", request.RuleName);
        Check(request.RuleName, request);
        return Change(call, request.RuleName, rule => new TopicRule(rule.RuleName, rule.CreatedAt, request.Payload()));
    }

    public GetTopicRuleResponse Get(Call call, RuleRequest request)
    {
        var arn = Authorize(call, "iot:GetTopicRule", request.RuleName);
        return state.Rules.TryGet(IotState.Key(call, request.RuleName), out var rule) ? new(arn, rule.Rule) : throw Missing(request.RuleName);
    }

    public ListTopicRulesResponse List(Call call, ListTopicRulesRequest request)
    {
        call.Authorize("iot:ListTopicRules", "*");
        var rules = state.Rules.In(call.Account, call.Region)
            .Select(rule => new TopicRuleListItem(rule.RuleArn, rule.Rule.RuleName, new CompiledRule(rule).Query.From?.Text, rule.Rule.CreatedAt, rule.Rule.RuleDisabled))
            .Where(rule => (request.RuleDisabled ?? rule.RuleDisabled) == rule.RuleDisabled && (request.Topic ?? rule.TopicPattern) == rule.TopicPattern);
        var page = Page<TopicRuleListItem>.Of(rules, request.NextToken, request.MaxResults ?? 100, "InvalidRequestException");
        return new(page.Items, page.Next);
    }

    /// <summary>Deleting a rule that isn't there is no error on AWS.</summary>
    public Empty Delete(Call call, RuleRequest request)
    {
        Authorize(call, "iot:DeleteTopicRule", request.RuleName);
        state.Rules.Remove(IotState.Key(call, request.RuleName));
        index.Reset();
        return Empty.Value;
    }

    public Empty Enable(Call call, RuleRequest request) => Switch(call, "iot:EnableTopicRule", request.RuleName, disabled: false);

    public Empty Disable(Call call, RuleRequest request) => Switch(call, "iot:DisableTopicRule", request.RuleName, disabled: true);

    /// <summary>What AWS refuses of a rule, and what this engine can't do.</summary>
    /// <param name="name">Null where CloudFormation will make one.</param>
    public static void Check(string? name, TopicRulePayload payload)
    {
        if (name is not null && !Name().IsMatch(name))
            throw IotErrors.Invalid($"1 validation error detected: Value '{name}' at 'ruleName' failed to satisfy constraint: Member must satisfy regular expression pattern: {Pattern}");
        if (name is { Length: > LongestName })
            throw IotErrors.Invalid($"1 validation error detected: Value '{name}' at 'ruleName' failed to satisfy constraint: Member must have length less than or equal to {LongestName}");
        if (payload.Sql is null)
            throw IotErrors.Invalid("1 validation error detected: Value null at 'topicRulePayload.sql' failed to satisfy constraint: Member must not be null");
        // The default is the version of 2015, which differs from this one in its literals, arrays and conversions.
        if (payload.AwsIotSqlVersion != "2016-03-23")
            throw ServiceException.Unsupported($"The AWS IoT SQL version {payload.AwsIotSqlVersion ?? "2015-10-08, which a rule has by default,"} (set awsIotSqlVersion to 2016-03-23)");
        if (payload.Actions is null || payload.Actions.Count > 10)
            throw IotErrors.Invalid($"1 validation error detected: Value '{payload.Actions?.Count}' at 'topicRulePayload.actions' failed to satisfy constraint: Member must have length between 0 and 10");
        _ = new CompiledRule(new("", new TopicRule(name ?? "", default, payload), null));
    }

    private Empty Switch(Call call, string action, string name, bool disabled)
    {
        Authorize(call, action, name);
        return Change(call, name, rule => rule with { RuleDisabled = disabled });
    }

    private Empty Change(Call call, string name, Func<TopicRule, TopicRule> change)
    {
        _ = state.Rules.Update(IotState.Key(call, name), rule => rule with { Rule = change(rule.Rule) }) ?? throw Missing(name);
        index.Reset();
        return Empty.Value;
    }

    private static string Authorize(Call call, string action, string name)
    {
        var arn = call.Arn("iot", $"rule/{name}");
        call.Authorize(action, arn);
        return arn;
    }

    // AWS doesn't tell whether the rule is missing or hidden.
    private static ServiceException Missing(string name) => new("UnauthorizedException", $"Access to TopicRule '{name}' was denied", 401);

    [GeneratedRegex(Pattern)]
    private static partial Regex Name();
}
