using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.CloudWatch;

namespace PipelineStacks.LocalCloud.Tests.EventBridge;

/// <summary>What tests of rules do again and again.</summary>
internal static class RuleCloud
{
    public static string TopicArn(string name) => $"arn:aws:sns:{TestCloud.Region}:{TestCloud.Account}:{name}";

    public static async Task<string> TopicAsync(this TestCloud cloud, string name) =>
        (await cloud.QueryAsync("sns", "CreateTopic", ("Name", name))).Descendants("TopicArn").Single().Value;

    /// <summary>The messages in a topic's inbox.</summary>
    public static async Task<IReadOnlyList<string>> InboxAsync(this TestCloud cloud, string topic)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cloud.Host.Endpoint, "/_local/sns/" + TopicArn(topic)));
        using var response = await TestCloud.SendAsync(request, null);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonNode.Parse(line)!["Message"]!.GetValue<string>())];
    }

    public static Task RuleAsync(this TestCloud cloud, string name, string what, string? target = null, string? state = null) =>
        cloud.RuleAsync(name, what, target is null ? [] : [target], state);

    /// <param name="what">A pattern or a schedule.</param>
    public static async Task RuleAsync(this TestCloud cloud, string name, string what, string[] targets, string? state = null)
    {
        var rule = new JsonObject { ["Name"] = name, [what.StartsWith('{') ? "EventPattern" : "ScheduleExpression"] = what, ["State"] = state ?? "ENABLED" };
        await cloud.JsonAsync("AWSEvents.PutRule", rule.ToJsonString());
        if (targets.Length > 0)
            await cloud.JsonAsync("AWSEvents.PutTargets", $$"""{"Rule":"{{name}}","Targets":[{{string.Join(',', targets)}}]}""");
    }

    /// <summary>Publishes an event of the source <c>app</c>, and lets it reach its targets.</summary>
    public static async Task EventAsync(this TestCloud cloud, string detail)
    {
        var entry = new JsonObject { ["Source"] = "app", ["DetailType"] = "happened", ["Detail"] = detail, ["Resources"] = new JsonArray("arn:r") };
        var answer = await cloud.JsonAsync("AWSEvents.PutEvents", new JsonObject { ["Entries"] = new JsonArray(entry) }.ToJsonString());
        answer["FailedEntryCount"]!.GetValue<int>().ShouldBe(0);
        await cloud.AdvanceAsync(TimeSpan.Zero);
    }

    public static double Metric(this TestCloud cloud, string rule, string name) =>
        cloud.Get<MetricStore>().Find(TestCloud.Account, TestCloud.Region, "AWS/Events", name)
            .Where(item => item.Key.Dimensions.Pairs.SequenceEqual([("RuleName", rule)]))
            .SelectMany(item => item.Value.Between(0, long.MaxValue)).Sum(minute => minute.Value.Sum);

    public static async Task<string> RoleAsync(this TestCloud cloud, string name, string service)
    {
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"sts:AssumeRole"}]}""";
        await cloud.QueryAsync("iam", "CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", trust));
        return $"arn:aws:iam::{TestCloud.Account}:role/{name}";
    }
}
