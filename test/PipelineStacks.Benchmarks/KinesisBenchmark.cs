using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace PipelineStacks.Benchmarks;

/// <summary>
/// PutRecord and PutRecords against the local cloud, with its log on disk, and against kinesalite, in memory, by the same
/// client in turns; then start-up and GetRecords of the local cloud alone.
/// </summary>
internal static class KinesisBenchmark
{
    private const int Shards = 4;
    private const int RecordSize = 200;
    private const int BatchSize = 500;
    private const string Stream = "benchmark";

    public static async Task<bool> RunAsync(BenchmarkOptions options)
    {
        var starts = new List<double>();
        for (var i = 0; i < options.Rounds; i++)
        {
            await using var once = await ServerProcess.StartLocalCloudAsync("--no-limits");
            starts.Add(once.Started.TotalSeconds);
        }

        await using var ours = await ServerProcess.StartLocalCloudAsync("--no-limits");
        await using var theirs = await ServerProcess.StartKinesaliteAsync();
        Prepare(ours);
        await PrepareKinesaliteAsync(theirs);

        var batches = await CompareAsync(ours, theirs, "PutRecords", 4, Batches, BatchSize, options);
        var singles = await CompareAsync(ours, theirs, "PutRecord", 32, Singles, 1, options);
        var alone = await CompareAsync(ours, theirs, "PutRecord", 1, Singles, 1, options);
        var (count, read) = ReadAll(ours);
        return await BenchmarkReport.WriteAsync("kinesis", "kinesalite 3.3.3", [
            new($"PutRecords, {BatchSize} × {RecordSize} B, {Shards} shards, 4 clients", "records/s", batches.Ours, batches.Theirs, 5),
            new($"PutRecord, {RecordSize} B, {Shards} shards, 32 clients", "calls/s", singles.Ours, singles.Theirs, 3),
            new($"PutRecord, {RecordSize} B, {Shards} shards, 1 client", "calls/s", alone.Ours, alone.Theirs, null),
            new($"GetRecords, {count:N0} records from the beginning", "records/s", read, null, null),
            new("start of the process to ready", "s", BenchmarkReport.Median(starts), null, 0.5, LowerIsBetter: true),
            new("memory after it all", "MB", ours.WorkingSet / 1e6, theirs.WorkingSet / 1e6, null),
        ], options);
    }

    private static async Task<(double Ours, double Theirs)> CompareAsync(
        ServerProcess ours, ServerProcess theirs, string operation, int clients, Func<Uri, byte[][]> requests, int records, BenchmarkOptions options)
    {
        var (one, other) = (new List<double>(), new List<double>());
        // The first round warms both up and does not count.
        for (var round = 0; round <= options.Rounds; round++)
        {
            var a = await MeasureAsync(ours.Endpoint, clients, requests, records, options.Seconds);
            var b = await MeasureAsync(theirs.Endpoint, clients, requests, records, options.Seconds);
            await Console.Error.WriteLineAsync($"{operation}, {clients} clients, round {round}: {a:N0} and {b:N0} a second");
            if (round == 0)
                continue;
            one.Add(a);
            other.Add(b);
        }

        return (BenchmarkReport.Median(one), BenchmarkReport.Median(other));
    }

    private static async Task<double> MeasureAsync(Uri endpoint, int clients, Func<Uri, byte[][]> requests, int records, double seconds)
    {
        var prepared = requests(endpoint);
        var duration = TimeSpan.FromSeconds(seconds);
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(client =>
            Task.Factory.StartNew(() => Drive(endpoint, prepared, client, watch, duration), TaskCreationOptions.LongRunning)));
        return counts.Sum() * records / watch.Elapsed.TotalSeconds;
    }

    private static long Drive(Uri endpoint, byte[][] requests, int client, Stopwatch watch, TimeSpan duration)
    {
        using var connection = new RawHttpClient(endpoint);
        var calls = 0L;
        for (var i = client; watch.Elapsed < duration; i++, calls++)
        {
            var answer = connection.Send(requests[i % requests.Length]);
            if (answer.IndexOf("\"FailedRecordCount\":"u8) is >= 0 and var at && answer[at + 20] != '0')
                throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        }

        return calls;
    }

    private static byte[][] Batches(Uri endpoint)
    {
        var random = new Random(42);
        return
        [
            .. Enumerable.Range(0, 16).Select(_ => RawHttpClient.Request(endpoint, "Kinesis_20131202.PutRecords", JsonSerializer.Serialize(new
            {
                StreamName = Stream,
                Records = Enumerable.Range(0, BatchSize).Select(_ => Record(random)),
            }))),
        ];
    }

    private static byte[][] Singles(Uri endpoint)
    {
        var random = new Random(42);
        return
        [
            .. Enumerable.Range(0, 1000).Select(_ => Record(random)).Select(record => RawHttpClient.Request(
                endpoint, "Kinesis_20131202.PutRecord", JsonSerializer.Serialize(new { StreamName = Stream, record.Data, record.PartitionKey }))),
        ];
    }

    private static PutRecord Record(Random random)
    {
        var data = new byte[RecordSize];
        random.NextBytes(data);
        return new PutRecord(Convert.ToBase64String(data), $"key-{random.Next():x8}");
    }

    private static void Prepare(ServerProcess server)
    {
        using var client = new RawHttpClient(server.Endpoint);
        Call(client, server.Endpoint, "CreateStream", new { StreamName = Stream, ShardCount = Shards });
    }

    // kinesalite makes streams a little later than it says.
    private static async Task PrepareKinesaliteAsync(ServerProcess server)
    {
        Prepare(server);
        using var client = new RawHttpClient(server.Endpoint);
        while (!Call(client, server.Endpoint, "DescribeStream", new { StreamName = Stream }).Contains("\"ACTIVE\"", StringComparison.Ordinal))
            await Task.Delay(50);
    }

    private static (long Count, double PerSecond) ReadAll(ServerProcess server)
    {
        using var client = new RawHttpClient(server.Endpoint);
        var iterators = Enumerable.Range(0, Shards).Select(shard => JsonDocument.Parse(Call(client, server.Endpoint, "GetShardIterator", new
        {
            StreamName = Stream,
            ShardId = $"shardId-{shard:D12}",
            ShardIteratorType = "TRIM_HORIZON",
        })).RootElement.GetProperty("ShardIterator").GetString()!).ToList();
        var (count, watch) = (0L, Stopwatch.StartNew());
        foreach (var first in iterators)
        {
            for (var iterator = first; watch.Elapsed < TimeSpan.FromSeconds(5);)
            {
                using var answer = JsonDocument.Parse(Call(client, server.Endpoint, "GetRecords", new { ShardIterator = iterator }));
                var records = answer.RootElement.GetProperty("Records").GetArrayLength();
                if (records == 0)
                    break;
                count += records;
                iterator = answer.RootElement.GetProperty("NextShardIterator").GetString()!;
            }
        }

        return (count, count / watch.Elapsed.TotalSeconds);
    }

    private static string Call(RawHttpClient client, Uri endpoint, string operation, object request) =>
        Encoding.UTF8.GetString(client.Send(RawHttpClient.Request(endpoint, "Kinesis_20131202." + operation, JsonSerializer.Serialize(request))));

    private sealed record PutRecord(string Data, string PartitionKey);
}
