using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Iot.Rules;
using PipelineStacks.LocalCloud.Services.Kinesis;

namespace PipelineStacks.LocalCloud.Tests.Iot;

/// <summary>IoT's REST calls, and a stream that shows what rules send.</summary>
internal static class IotCloud
{
    public const string Role = "arn:aws:iam::000000000000:role/iot";

    public static async Task<string> RestAsync(this TestCloud cloud, string method, string path, string? body = null, string service = "iot", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(cloud.Host.Endpoint, path));
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await TestCloud.SendAsync(request, service);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode == HttpStatusCode.OK)
            return text;
        var error = JsonNode.Parse(text)!;
        return $"{error["__type"]}: {error["message"]}";
    }

    public static Task<string> PublishAsync(this TestCloud cloud, string topic, string payload, string query = "") =>
        cloud.RestAsync("POST", $"/topics/{Uri.EscapeDataString(topic)}{query}", payload, "iotdata");

    public static Task<string> CreateRuleAsync(this TestCloud cloud, string name, string sql, string actions, string? errorAction = null) => cloud.RestAsync(
        "POST", $"/rules/{name}", new JsonObject
        {
            ["sql"] = sql,
            ["awsIotSqlVersion"] = "2016-03-23",
            ["actions"] = JsonNode.Parse($"[{actions}]"),
            ["errorAction"] = errorAction is null ? null : JsonNode.Parse(errorAction),
        }.ToJsonString());

    public static string ToStream(string stream, string key = "k") => $$$"""{"kinesis": {"roleArn": "{{{Role}}}", "streamName": "{{{stream}}}", "partitionKey": "{{{key}}}"}}""";

    public static async Task CreateStreamAsync(this TestCloud cloud, string name)
    {
        await cloud.JsonAsync("Kinesis_20131202.CreateStream", $$"""{"StreamName": "{{name}}", "ShardCount": 1}""");
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>The stream's records as <c>key: data</c>.</summary>
    public static IReadOnlyList<string> Records(this TestCloud cloud, string stream) =>
    [
        .. cloud.Get<IStreamReader>().Read(cloud.Call, cloud.Call.Arn("kinesis", $"stream/{stream}"), "shardId-000000000000", 0).Records
            .Select(record => $"{record.PartitionKey}: {Encoding.UTF8.GetString(record.Data.Span)}"),
    ];

    public static Task RunAsync(this TestCloud cloud, string topic, string payload, string client = "device-1") =>
        cloud.Get<RulesEngine>().RunAsync([new InboundMessage(topic, Encoding.UTF8.GetBytes(payload)) { ClientId = client }]);

    public static async Task<double> MetricAsync(this TestCloud cloud, string name, params (string Name, string Value)[] dimensions)
    {
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(1));
        var answer = await cloud.QueryAsync("monitoring", "GetMetricStatistics",
        [
            ("Namespace", "AWS/IoT"), ("MetricName", name), ("Period", "86400"), ("Statistics.member.1", "Sum"),
            ("StartTime", cloud.Now.AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            ("EndTime", cloud.Now.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            .. dimensions.SelectMany((dimension, i) => new[] { ($"Dimensions.member.{i + 1}.Name", dimension.Name), ($"Dimensions.member.{i + 1}.Value", dimension.Value) }),
        ]);
        return answer.Descendants("Sum").Sum(sum => double.Parse(sum.Value, System.Globalization.CultureInfo.InvariantCulture));
    }
}
