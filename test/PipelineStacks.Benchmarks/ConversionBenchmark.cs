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
    private const int Rounds = 5;

    private static readonly (string Name, string Type)[] Columns =
    [
        ("event_time", "timestamp"), ("event_type", "string"), ("film_id", "int"), ("distributor", "string"), ("platform", "string"),
        ("state", "string"), ("event_id", "string"),
    ];

    private static readonly JsonRules OpenX = new(
        true, true, false, new Dictionary<string, string> { ["event_time"] = "timestamp", ["event_type"] = "eventtype" },
        TimestampForms.Sql | TimestampForms.Iso | TimestampForms.Epoch);

    /// <param name="args">The number of events; 1,000,000 when absent.</param>
    public static int Run(IReadOnlyList<string> args)
    {
        var events = args.Count > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("conversion-").FullName;
        try
        {
            var (json, spool) = (Path.Combine(folder, "events.json"), Path.Combine(folder, "events.spool"));
            var start = Generate(events, json, spool);
            var size = new FileInfo(json).Length / 1e6;
            using var database = new DuckDatabase(new DuckOptions { TempDirectory = folder, PreserveInsertionOrder = false });
            using var connection = database.Connect();
            var (ours, theirs) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                ours = Math.Min(ours, Time(() => Convert(connection, spool, start, Path.Combine(folder, "ours.parquet")), events));
                theirs = Math.Min(theirs, Time(() => Copy(connection, json, Path.Combine(folder, "theirs.parquet")), events));
            }

            Same(connection, folder);
            Console.WriteLine($"conversion: {events:N0} film events, {size:N0} MB of JSON, best of {Rounds}, {Environment.ProcessorCount} cores");
            Console.WriteLine($"  Firehose     {ours:0.00} s  {events / ours,12:N0} events/s  {size / ours,7:N0} MB/s");
            Console.WriteLine($"  DuckDB COPY  {theirs:0.00} s  {events / theirs,12:N0} events/s  {size / theirs,7:N0} MB/s");
            Console.WriteLine($"  ratio        {theirs / ours:0.00} of DuckDB's speed");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Time(Func<long> work, int expected)
    {
        var watch = Stopwatch.StartNew();
        var rows = work();
        return rows == expected ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{rows} rows instead of {expected}.");
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

    private static void Same(DuckConnection connection, string folder)
    {
        string Content(string name) => Sql.Literal(Path.Combine(folder, name));
        var difference = connection.Scalar($"SELECT count(*) FROM (FROM {Content("ours.parquet")} EXCEPT ALL FROM {Content("theirs.parquet")})");
        if (difference is not 0L)
            throw new InvalidOperationException($"{difference} rows differ from what DuckDB reads.");
    }

    private static long Generate(int events, string json, string spool)
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
        for (var i = 0; i < events; i++)
        {
            random.NextBytes(id);
            var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $$"""{"timestamp": "{{time.AddMilliseconds(i * 10):yyyy-MM-dd HH:mm:ss}}", "eventType": "{{types[random.Next(4)]}}", "film_id": {{random.Next(1, 1001)}}, "distributor": "{{distributors[random.Next(3)]}}", "platform": "{{platforms[random.Next(4)]}}", "state": "{{(char)('A' + random.Next(26))}}{{(char)('A' + random.Next(26))}}", "event_id": "{{new Guid(id)}}"}"""));
            lines.Write(text);
            lines.WriteByte((byte)'\n');
            batch.Add(new(DateTimeOffset.UnixEpoch, "49655000000000000000000000000000000000000000000000000000", text));
            if (batch.Count < 5000 && i < events - 1)
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
