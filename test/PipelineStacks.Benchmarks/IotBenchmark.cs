using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.Benchmarks;

/// <summary>
/// Messages of devices, acknowledged one by one (QoS 1), through the broker, a rule with a condition, and a delivery stream into a bucket;
/// beside the same broker's software alone, which carries them to one subscriber. The same client drives both in turns.
/// </summary>
internal static class IotBenchmark
{
    private const int Clients = 4;
    private const int Messages = 40_000;

    public static async Task<bool> RunAsync(BenchmarkOptions options)
    {
        await using var cloud = await ServerProcess.StartLocalCloudAsync("--no-limits", "--virtual-time");
        await using var bare = await ServerProcess.StartBareBrokerAsync();
        using var http = new HttpClient { BaseAddress = cloud.Endpoint };
        var port = (int)JsonNode.Parse(await http.GetStringAsync("/_local/iot"))!["mqttPort"]!;
        await PrepareAsync(cloud, http);

        var (ours, theirs, acknowledging) = (new List<double>(), new List<double>(), new List<double>());
        // The first round warms both up and does not count.
        for (var round = 0; round <= options.Rounds; round++)
        {
            var delivered = await MeasureAsync(port, () => cloud.AdvanceAsync(TimeSpan.FromSeconds(61)));
            var carried = await CarryAsync(bare.Endpoint.Port);
            var acknowledged = await MeasureAsync(bare.Endpoint.Port, () => Task.CompletedTask);
            await Console.Error.WriteLineAsync($"round {round}: {delivered:N0}, {carried:N0} and {acknowledged:N0} messages a second");
            if (round == 0)
                continue;
            ours.Add(delivered);
            theirs.Add(carried);
            acknowledging.Add(acknowledged);
        }

        var expected = (options.Rounds + 1) * Clients * Messages;
        var counted = await CountAsync(http);
        if (counted != expected)
            throw new InvalidOperationException($"{expected:N0} messages were acknowledged and {counted:N0} are in the bucket.");
        return await BenchmarkReport.WriteAsync("iot", "aedes and a subscriber", [
            new($"QoS 1, 200 B, {Clients} clients: broker, rule, delivery stream, bucket", "messages/s", BenchmarkReport.Median(ours), BenchmarkReport.Median(theirs), 0.5),
            new("the same, beside a broker that acknowledges and has nobody to carry them to", "messages/s", BenchmarkReport.Median(ours), BenchmarkReport.Median(acknowledging), null),
        ], options);
    }

    private static async Task<double> MeasureAsync(int port, Func<Task> deliver)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            using var device = await MqttDevice.ConnectAsync(port, $"device-{client}");
            await device.PublishAsync($"telemetry/device-{client}/readings", Messages);
        }));
        await deliver();
        return Clients * Messages / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> CarryAsync(int port)
    {
        using var subscriber = await MqttDevice.ConnectAsync(port, "subscriber");
        var received = await subscriber.ReceiveAsync("telemetry/#", Clients * Messages);
        return await MeasureAsync(port, () => received);
    }

    private static async Task PrepareAsync(ServerProcess cloud, HttpClient http)
    {
        const string role = "arn:aws:iam::000000000000:role/benchmark";
        await SendAsync(http, "s3", HttpMethod.Put, "/benchmark", null);
        await SendAsync(http, "firehose", HttpMethod.Post, "/", new
        {
            DeliveryStreamName = "benchmark",
            DeliveryStreamType = "DirectPut",
            ExtendedS3DestinationConfiguration = new { BucketARN = "arn:aws:s3:::benchmark", RoleARN = role, BufferingHints = new { IntervalInSeconds = 60, SizeInMBs = 128 } },
        }, "Firehose_20150804.CreateDeliveryStream");
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(2));
        await SendAsync(http, "iot", HttpMethod.Post, "/rules/benchmark", new
        {
            sql = "SELECT *, topic(2) AS device, timestamp() AS received_at FROM 'telemetry/+/readings' WHERE temperature < 1000",
            awsIotSqlVersion = "2016-03-23",
            actions = new[] { new { firehose = new { roleArn = role, deliveryStreamName = "benchmark", separator = "\n" } } },
        });
    }

    private static async Task<int> CountAsync(HttpClient http)
    {
        var listing = System.Xml.Linq.XElement.Parse(await SendAsync(http, "s3", HttpMethod.Get, "/benchmark?list-type=2", null));
        var lines = 0;
        foreach (var key in listing.Descendants().Where(element => element.Name.LocalName == "Key"))
            lines += (await SendAsync(http, "s3", HttpMethod.Get, "/benchmark/" + key.Value, null)).Count(character => character == '\n');
        return lines;
    }

    private static async Task<string> SendAsync(HttpClient http, string service, HttpMethod method, string path, object? body, string? target = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=test/20261120/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{service} {path}: {text}");
    }
}
