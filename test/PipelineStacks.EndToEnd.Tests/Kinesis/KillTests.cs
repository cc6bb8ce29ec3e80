using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Kinesis;

public sealed class KillTests : IAsyncLifetime
{
    private const int Shards = 4;

    private static readonly HttpClient Http = new();

    private readonly LocalCloudProcess _cloud = new() { Options = ["--no-limits"] };

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Cloud_KilledWhileItTakesRecords_LosesNoneThatItAcknowledged()
    {
        await CallAsync("CreateStream", new { StreamName = "s", ShardCount = Shards });
        var acknowledged = new Dictionary<int, string>();
        for (var round = 0; round < 3; round++)
        {
            using var enough = new CancellationTokenSource();
            var producers = Enumerable.Range(0, 4).Select(producer => ProduceAsync((round * 4) + producer, acknowledged, enough.Token)).ToList();
            // Killed at another point of the work each time, and in the middle of it.
            await Wait.UntilAsync(() => Count(acknowledged) > 3_000 * (round + 1));
            await _cloud.KillAsync();
            await enough.CancelAsync();
            await Task.WhenAll(producers);
            await _cloud.StartAsync();

            var stored = await ReadAllAsync();
            foreach (var (number, sequence) in acknowledged)
                stored.GetValueOrDefault(number).ShouldBe(sequence, $"record {number} in round {round}");
        }
    }

    private async Task ProduceAsync(int producer, Dictionary<int, string> acknowledged, CancellationToken enough)
    {
        for (var number = producer * 1_000_000; !enough.IsCancellationRequested; number += 20)
        {
            var first = number;
            JsonNode answer;
            try
            {
                answer = await CallAsync("PutRecords", new
                {
                    StreamName = "s",
                    Records = Enumerable.Range(first, 20).Select(i => new { Data = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{i}")), PartitionKey = $"{i}" }),
                });
            }
            catch (HttpRequestException)
            {
                // The process is gone; what was under way was not acknowledged.
                return;
            }

            lock (acknowledged)
            {
                foreach (var (record, i) in answer["Records"]!.AsArray().Select((record, i) => (record, i)))
                    acknowledged.Add(first + i, (string)record!["SequenceNumber"]!);
            }
        }
    }

    private async Task<Dictionary<int, string>> ReadAllAsync()
    {
        var all = new Dictionary<int, string>();
        for (var shard = 0; shard < Shards; shard++)
        {
            var iterator = (string)(await CallAsync("GetShardIterator", new { StreamName = "s", ShardId = $"shardId-{shard:D12}", ShardIteratorType = "TRIM_HORIZON" }))["ShardIterator"]!;
            while (true)
            {
                var answer = await CallAsync("GetRecords", new { ShardIterator = iterator });
                var records = answer["Records"]!.AsArray();
                if (records.Count == 0)
                    break;
                foreach (var record in records)
                {
                    var number = int.Parse(Encoding.UTF8.GetString(Convert.FromBase64String((string)record!["Data"]!)), CultureInfo.InvariantCulture);
                    all.TryAdd(number, (string)record["SequenceNumber"]!).ShouldBeTrue($"record {number} came twice");
                }

                iterator = (string)answer["NextShardIterator"]!;
            }
        }

        return all;
    }

    private async Task<JsonNode> CallAsync(string operation, object request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _cloud.Endpoint);
        message.Headers.Add("X-Amz-Target", "Kinesis_20131202." + operation);
        message.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=test/20261120/{LocalCloudProcess.Region}/kinesis/aws4_request, SignedHeaders=host, Signature=0");
        message.Content = new StringContent(JsonSerializer.Serialize(request), Encoding.UTF8, "application/x-amz-json-1.1");
        using var response = await Http.SendAsync(message);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    private static int Count(Dictionary<int, string> acknowledged)
    {
        lock (acknowledged)
            return acknowledged.Count;
    }
}
