using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

/// <summary>A cloud under virtual time, with a client that speaks AWS JSON to its Kinesis.</summary>
internal sealed class KinesisCloud : IAsyncDisposable
{
    public const string Account = "000000000000";
    public const string Region = "eu-west-1";

    private static readonly HttpClient Http = new();
    private readonly LocalCloudHost _host;

    private KinesisCloud(LocalCloudHost host) => _host = host;

    public DateTimeOffset Now => Service<CloudClock>().GetUtcNow();

    public string DataDirectory => _host.DataDirectory;

    public Call Call => Service<Callers>().ForService(Account, Region, "test");

    public static async Task<KinesisCloud> StartAsync(bool limits = true, string? data = null, Action<IServiceCollection>? configure = null) =>
        new(await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = data, Limits = limits }, configure));

    public static string Arn(string stream) => $"arn:aws:kinesis:{Region}:{Account}:stream/{stream}";

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public T Service<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public Task AdvanceAsync(TimeSpan by) => ((VirtualClock)Service<CloudClock>()).AdvanceAsync(by);

    public async Task<JsonNode> CallAsync(string operation, object request)
    {
        var (status, answer) = await SendAsync(operation, request);
        status.ShouldBe(HttpStatusCode.OK, $"{operation}: {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>The code and message of a call that must fail.</summary>
    public async Task<string> ErrorAsync(string operation, object request)
    {
        var (status, answer) = await SendAsync(operation, request);
        ((int)status).ShouldBeInRange(400, 599, $"{operation}: {answer.ToJsonString()}");
        return $"{answer["__type"]}: {answer["message"]}";
    }

    public Task CreateAsync(string stream, int shards) => CallAsync("CreateStream", new { StreamName = stream, ShardCount = shards });

    public async Task<string> PutAsync(string stream, string data, string key = "key", string? hash = null) =>
        (string)(await CallAsync("PutRecord", hash is null
            ? new { StreamName = stream, Data = Base64(data), PartitionKey = key }
            : new { StreamName = stream, Data = Base64(data), PartitionKey = key, ExplicitHashKey = hash }))["SequenceNumber"]!;

    public async Task<string> IteratorAsync(string stream, int shard, string type = "TRIM_HORIZON", string? sequenceNumber = null, DateTimeOffset? at = null)
    {
        var request = new JsonObject
        {
            ["StreamName"] = stream,
            ["ShardId"] = $"shardId-{shard:D12}",
            ["ShardIteratorType"] = type,
        };
        if (sequenceNumber is not null)
            request["StartingSequenceNumber"] = sequenceNumber;
        if (at is { } time)
            request["Timestamp"] = time.ToUnixTimeMilliseconds() / 1000m;
        return (string)(await CallAsync("GetShardIterator", request))["ShardIterator"]!;
    }

    public async Task<JsonNode> GetAsync(string iterator, int? limit = null) =>
        await CallAsync("GetRecords", limit is null ? new { ShardIterator = iterator } : new { ShardIterator = iterator, Limit = limit });

    /// <summary>The data of what a GetRecords returns, as text.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string iterator) => Data(await GetAsync(iterator));

    public static IReadOnlyList<string> Data(JsonNode answer) =>
        [.. answer["Records"]!.AsArray().Select(record => Encoding.UTF8.GetString(Convert.FromBase64String((string)record!["Data"]!)))];

    public async Task<IReadOnlyList<JsonNode>> ShardsAsync(string stream, object? filter = null) =>
        [.. (await CallAsync("ListShards", new { StreamName = stream, ShardFilter = filter }))["Shards"]!.AsArray().Select(shard => shard!)];

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(string operation, object request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _host.Endpoint);
        message.Headers.Add("X-Amz-Target", "Kinesis_20131202." + operation);
        message.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=test/20261120/{Region}/kinesis/aws4_request, SignedHeaders=host, Signature=0");
        message.Content = new StringContent(request as string ?? JsonSerializer.Serialize(request, WithoutNulls), Encoding.UTF8, "application/x-amz-json-1.1");
        using var response = await Http.SendAsync(message);
        var body = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!);
    }

    private static readonly JsonSerializerOptions WithoutNulls = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };
}
