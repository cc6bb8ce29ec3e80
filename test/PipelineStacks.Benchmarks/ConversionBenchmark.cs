using System.Diagnostics;
using System.Globalization;
using System.Text;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Firehose.Conversion;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;

namespace PipelineStacks.Benchmarks;

/// <summary>Firehose's conversion of JSON to Parquet against DuckDB's own COPY of the same JSON, in the same process.</summary>
internal static class ConversionBenchmark
{
    private const int Events = 1_000_000;

    private static readonly (string Name, string Type)[] Columns =
    [
        ("event_time", "timestamp"), ("event_type", "string"), ("film_id", "int"), ("distributor", "string"), ("platform", "string"),
        ("state", "string"), ("event_id", "string"),
    ];

    private static readonly JsonRules OpenX = new(
        true, true, false, new Dictionary<string, string> { ["event_time"] = "timestamp", ["event_type"] = "eventtype" },
        TimestampForms.Sql | TimestampForms.Iso | TimestampForms.Epoch);

    public static async Task<bool> RunAsync(BenchmarkOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("conversion-").FullName;
        try
        {
            return await RunAsync(options, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> RunAsync(BenchmarkOptions options, string folder)
    {
        var (json, spool) = (Path.Combine(folder, "events.json"), Path.Combine(folder, "events.spool"));
        var start = Generate(json, spool);
        var megabytes = new FileInfo(json).Length / 1e6;
        using var database = new DuckDatabase(new DuckOptions { TempDirectory = folder, PreserveInsertionOrder = false });
        using var connection = database.Connect();
        var (ours, theirs) = (new List<double>(), new List<double>());
        // One round more, which only warms up.
        for (var round = 0; round <= options.Rounds; round++)
        {
            ours.Add(Time(() => Convert(connection, spool, start, Path.Combine(folder, "ours.parquet"))));
            theirs.Add(Time(() => Copy(connection, json, Path.Combine(folder, "theirs.parquet"))));
        }

        CheckSame(connection, folder);
        var (seconds, baseline) = (BenchmarkReport.Median(ours.Skip(1)), BenchmarkReport.Median(theirs.Skip(1)));
        return await BenchmarkReport.WriteAsync("conversion", "DuckDB COPY",
        [
            new("JSON to Parquet", "events/s", Events / seconds, Events / baseline, 0.5),
            new("JSON to Parquet", "MB of JSON/s", megabytes / seconds, megabytes / baseline, 0.5),
        ], options);
    }

    private static double Time(Func<long> work)
    {
        var watch = Stopwatch.StartNew();
        var rows = work();
        return rows == Events ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{rows} rows instead of {Events}.");
    }

    private static long Convert(DuckConnection connection, string spool, long start, string file)
    {
        using var blocks = new SpoolBlocks(spool, start);
        var columns = Columns.Select(column => new DuckColumn(column.Name, HiveTypes.Parse(column.Type))).ToArray();
        return new ParquetConversion(blocks, columns, OpenX, threads: 2, new NoFailures()).WriteTo(connection, file, "snappy");
    }

    private static long Copy(DuckConnection connection, string json, string file) => connection.Execute(
        "COPY (SELECT \"timestamp\" AS event_time, eventType AS event_type, film_id, distributor, platform, state, event_id " +
        $"FROM read_json({Sql.Literal(json)}, format = 'newline_delimited', columns = {{\"timestamp\": 'TIMESTAMP', eventType: 'VARCHAR', " +
        "film_id: 'INTEGER', distributor: 'VARCHAR', platform: 'VARCHAR', state: 'VARCHAR', event_id: 'VARCHAR'})) " +
        $"TO {Sql.Literal(file)} (FORMAT parquet, COMPRESSION snappy)");

    private static void CheckSame(DuckConnection connection, string folder)
    {
        string Content(string name) => Sql.Literal(Path.Combine(folder, name));
        var difference = connection.Scalar($"SELECT count(*) FROM (FROM {Content("ours.parquet")} EXCEPT ALL FROM {Content("theirs.parquet")})");
        if (difference is not 0L)
            throw new InvalidOperationException($"{difference} rows differ from what DuckDB reads.");
    }

    private static long Generate(string json, string spool)
    {
        var random = new Random(7);
        var time = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Unspecified);
        string[] types = ["play", "pause", "stop", "rent"];
        string[] distributors = ["Academy Dinosaur Films", "Ace Goldfinger", "Adaptation Holes Inc."];
        string[] platforms = ["ios", "android", "web", "smart tv"];
        using var lines = new FileStream(json, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var file = SpoolFile.Create(spool, new Dictionary<string, long>());
        var batch = new List<SourceRecord>(5000);
        Span<byte> id = stackalloc byte[16];
        for (var i = 0; i < Events; i++)
        {
            random.NextBytes(id);
            var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $$"""{"timestamp": "{{time.AddMilliseconds(i * 10):yyyy-MM-dd HH:mm:ss}}", "eventType": "{{types[random.Next(4)]}}", "film_id": {{random.Next(1, 1001)}}, "distributor": "{{distributors[random.Next(3)]}}", "platform": "{{platforms[random.Next(4)]}}", "state": "{{(char)('A' + random.Next(26))}}{{(char)('A' + random.Next(26))}}", "event_id": "{{new Guid(id)}}"}"""));
            lines.Write(text);
            lines.WriteByte((byte)'\n');
            batch.Add(new(DateTimeOffset.UnixEpoch, "49655000000000000000000000000000000000000000000000000000", text));
            if (batch.Count < 5000 && i < Events - 1)
                continue;
            file.Append(new(batch, "shardId-000000000000", i + 1));
            batch.Clear();
        }

        return file.Start;
    }

    private sealed class NoFailures : IFailedRecords
    {
        public void Add(SpooledRecord record, ConversionFailure failure) => throw new InvalidOperationException(failure.Message);
    }
}
