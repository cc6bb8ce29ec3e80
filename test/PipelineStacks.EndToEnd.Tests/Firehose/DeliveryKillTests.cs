using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Firehose;

/// <summary>A cloud that is killed again and again while records come in by both ways and are delivered every second.</summary>
public sealed class DeliveryKillTests : IAsyncLifetime
{
    private const int Kills = 3;
    private const int Batch = 50;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly HttpClient Http = new();

    private readonly LocalCloudProcess _cloud = new() { Options = ["--no-limits"] };

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Kill_WhileRecordsComeAndGo_LosesNoneThatWasAcknowledgedAndDoublesNone()
    {
        (await Http.PutAsync(new Uri(_cloud.Endpoint, "lake"), null)).EnsureSuccessStatusCode();
        await CallAsync("Kinesis_20131202.CreateStream", new { StreamName = "events", ShardCount = 2 });
        await CreateAsync("direct", null);
        await CreateAsync("sourced", new { KinesisStreamARN = "arn:aws:kinesis:us-east-1:000000000000:stream/events", RoleARN = "arn:aws:iam::000000000000:role/r" });
        var (direct, sourced) = (new Sent(), new Sent());
        for (var kill = 0; kill <= Kills; kill++)
        {
            // The last round ends without a kill.
            using var stop = new CancellationTokenSource();
            var producers = Task.WhenAll(ProduceAsync(direct, PutDirectAsync, stop.Token), ProduceAsync(sourced, PutToStreamAsync, stop.Token));
            await Wait.UntilAsync(() => direct.Next > 5000 * (kill + 1) && sourced.Next > 5000 * (kill + 1));
            await Wait.UntilAsync(async () => (await KeysAsync("direct/")).Count > kill && (await KeysAsync("sourced/")).Count > kill);
            if (kill < Kills)
                await _cloud.KillAsync();
            await stop.CancelAsync();
            await producers;
            if (kill < Kills)
                await _cloud.StartAsync();
        }

        await CheckAsync("direct/", direct);
        await CheckAsync("sourced/", sourced);
    }

    private async Task CheckAsync(string prefix, Sent sent)
    {
        List<string> delivered = [];
        await Wait.TryUntilAsync(async () => sent.Acknowledged.IsSubsetOf(delivered = await DeliveredAsync(prefix)));

        sent.Acknowledged.Except(delivered).ShouldBeEmpty($"acknowledged and lost under {prefix}");
        delivered.Count.ShouldBe(delivered.Distinct().Count(), $"doubled under {prefix}");
        // What was on its way when the cloud died may have arrived or not.
        delivered.Except(sent.Acknowledged).Except(sent.Unsure).ShouldBeEmpty();
        sent.Acknowledged.Count.ShouldBeGreaterThan(0);
    }

    private static async Task ProduceAsync(Sent sent, Func<IReadOnlyList<string>, Task> put, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var records = Enumerable.Range(sent.Next, Batch).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
            sent.Next += Batch;
            try
            {
                await put(records);
                sent.Acknowledged.UnionWith(records);
            }
            catch (HttpRequestException)
            {
                sent.Unsure.UnionWith(records);
                return;
            }
        }
    }

    private Task PutDirectAsync(IReadOnlyList<string> records) => CallAsync("Firehose_20150804.PutRecordBatch", new
    {
        DeliveryStreamName = "direct",
        Records = records.Select(record => new { Data = Encoding.UTF8.GetBytes(record + ";") }),
    });

    private async Task PutToStreamAsync(IReadOnlyList<string> records)
    {
        var answer = await CallAsync("Kinesis_20131202.PutRecords", new
        {
            StreamName = "events",
            Records = records.Select(record => new { Data = Encoding.UTF8.GetBytes(record + ";"), PartitionKey = record }),
        });
        // A throttled record fails the batch here, which then counts as unsure and is not sent again.
        if (JsonDocument.Parse(answer).RootElement.GetProperty("FailedRecordCount").GetInt32() > 0)
            throw new HttpRequestException("throttled");
    }

    private Task<string> CreateAsync(string name, object? source) => CallAsync("Firehose_20150804.CreateDeliveryStream", new
    {
        DeliveryStreamName = name,
        DeliveryStreamType = source is null ? "DirectPut" : "KinesisStreamAsSource",
        KinesisStreamSourceConfiguration = source,
        ExtendedS3DestinationConfiguration = new
        {
            RoleARN = "arn:aws:iam::000000000000:role/r",
            BucketARN = "arn:aws:s3:::lake",
            Prefix = name + "/",
            BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 1 },
        },
    });

    private async Task<string> CallAsync(string target, object request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _cloud.Endpoint) { Content = new StringContent(JsonSerializer.Serialize(request, Json)) };
        message.Headers.Add("X-Amz-Target", target);
        using var answer = await Http.SendAsync(message);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? body : throw new HttpRequestException(body);
    }

    private async Task<List<string>> DeliveredAsync(string prefix)
    {
        var all = new StringBuilder();
        foreach (var key in await KeysAsync(prefix))
            all.Append(await Http.GetStringAsync(new Uri(_cloud.Endpoint, $"lake/{key}")));
        return [.. all.ToString().Split(';', StringSplitOptions.RemoveEmptyEntries)];
    }

    private async Task<List<string>> KeysAsync(string prefix)
    {
        var list = XDocument.Parse(await Http.GetStringAsync(new Uri(_cloud.Endpoint, $"lake?list-type=2&prefix={prefix}")));
        return [.. list.Descendants().Where(element => element.Name.LocalName == "Key").Select(element => element.Value)];
    }

    private sealed class Sent
    {
        public int Next { get; set; }

        public HashSet<string> Acknowledged { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Unsure { get; } = new(StringComparer.Ordinal);
    }
}
