using System.Text.Json;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Cli;

/// <summary>What scripts/run does: deploy, publish, send, replicate, deliver, clean, curate, count, verify. Twice on one state.</summary>
public sealed class RunTests : IDisposable
{
    // The alarms that tell of them.
    private static readonly string[] BrokenRecords = ["-failed-conversion", "-parse-error", "-quarantine"];

    private readonly string _folder = Directory.CreateTempSubdirectory("end-to-end-run-").FullName;
    private readonly string _checkout;

    // A checkout in which Firehose does not gather for a minute.
    public RunTests()
    {
        _checkout = Path.Combine(_folder, "checkout");
        DevAssembly.WriteSettings(_checkout, _ => { });
        File.WriteAllText(Path.Combine(_checkout, "PipelineStacks.sln"), "");
        foreach (var folder in new[] { "artifacts", "node_modules" })
            Directory.CreateSymbolicLink(Path.Combine(_checkout, folder), Path.Combine(Repository.Root, folder));
    }

    [Fact]
    public async Task Run_TwiceOnOneState_ReconcilesAndDoublesNothing()
    {
        var port = Ports.Free();
        var first = await RunAsync(port, "--events", "20000", "--broken", "0.001", "--seed", "1");
        first.GetProperty("verification").GetProperty("passed").GetBoolean().ShouldBeTrue();
        var pipeline = first.GetProperty("pipelines").GetProperty("film-events");
        Counts(pipeline).ShouldBe((20_000, 20_000));
        var broken = pipeline.GetProperty("broken").EnumerateObject().Sum(kind => kind.Value.GetInt64());
        broken.ShouldBeGreaterThan(0);
        pipeline.GetProperty("quarantined").GetInt64().ShouldBe(broken);
        pipeline.GetProperty("delivered").GetInt64().ShouldBe(20_000 - broken);
        pipeline.GetProperty("quarantineReasons").EnumerateObject().Sum(reason => reason.Value.GetInt64()).ShouldBe(broken);

        first.GetProperty("pipelines").GetProperty("telemetry").GetProperty("errors").GetInt64().ShouldBeGreaterThan(0);
        var readings = Telemetry(first);
        var before = Replicated(first);
        Curated(first, events: 20_000 - broken, lines: 10_000, readings);

        // No more than its shards take within one second: with the burst of the first run, another would be what an alarm is there to tell.
        var second = await RunAsync(port, "--events", "2000", "--seed", "2", "--skip-verify");
        var more = second.GetProperty("pipelines").GetProperty("film-events");
        Counts(more).ShouldBe((2000, 2000));
        more.GetProperty("delivered").GetInt64().ShouldBe(2000);
        more.GetProperty("rowsInLanding").GetInt64().ShouldBe(20_000 - broken + 2000);
        // The database that is there is neither filled nor loaded again.
        Replicated(second).ShouldNotBe(before);
        Curated(second, events: 22_000 - broken, lines: 20_000, readings + Telemetry(second));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<JsonElement> RunAsync(int port, params string[] arguments)
    {
        var result = await Tool.RunAsync(
            "dotnet", [Repository.Pipelines, "run", "--port", $"{port}", "--data", Path.Combine(_folder, "data"), "--output", Path.Combine(_folder, "output"), .. arguments], folder: _checkout);
        result.Succeeded().ShouldSatisfyAllConditions(
            output => output.ShouldContain("film-events reconciles: sent = accepted = delivered + quarantined."),
            output => output.ShouldContain("telemetry reconciles: published = accepted + filtered + failed, accepted = delivered, each reading once."),
            output => output.ShouldContain("sakila reconciles: source = replicated = landed in every table, and its values are the same."),
            output => output.ShouldContain("pipelines-dev-lake reconciles: clean = landed once = source, curated = clean"),
            output => output.ShouldContain("The categories that are streamed most"),
            output => output.ShouldContain(" alarms of dev: "));
        var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "output", "summary.json"))).RootElement;
        summary.GetProperty("reconciled").GetBoolean().ShouldBeTrue();
        // All is well, but that records were broken on purpose.
        summary.GetProperty("alarms").EnumerateObject().Where(alarm => alarm.Value.GetString() != "OK").Select(alarm => alarm.Name)
            .ShouldAllBe(name => BrokenRecords.Any(kind => name.EndsWith(kind, StringComparison.Ordinal)));
        return summary;
    }

    /// <summary>The different readings of all that the devices published; the rest is accounted for as well.</summary>
    private static long Telemetry(JsonElement summary)
    {
        var telemetry = summary.GetProperty("pipelines").GetProperty("telemetry");
        long Count(string name) => telemetry.GetProperty(name).GetInt64();
        Count("devices").ShouldBe(200);
        Count("published").ShouldBe(10_000 + Count("repeated"));
        Count("published").ShouldBe(Count("accepted") + Count("filtered") + Count("errors"));
        Count("delivered").ShouldBe(Count("accepted"));
        new[] { "repeated", "late", "dropOuts", "filtered" }.Select(Count).ShouldAllBe(count => count > 0);
        return Count("readings");
    }

    /// <summary>The rows, which are as many in the landing zone as in the database.</summary>
    private static long Replicated(JsonElement summary)
    {
        var sakila = summary.GetProperty("pipelines").GetProperty("sakila");
        sakila.GetProperty("tables").GetInt32().ShouldBe(16);
        new[] { "inserts", "updates", "deletes" }.Sum(kind => sakila.GetProperty(kind).GetInt64()).ShouldBeInRange(2500, 3500);
        var rows = sakila.GetProperty("sourceRows").GetInt64();
        rows.ShouldBeInRange(47_273, 50_000);
        sakila.GetProperty("landedRows").GetInt64().ShouldBe(rows);
        return rows;
    }

    /// <summary>The lake, by what was brought to it; every film has one category, so every event has one, too.</summary>
    private static void Curated(JsonElement summary, long events, long lines, long readings)
    {
        var lake = summary.GetProperty("lake");
        lake.GetProperty("succeeded").GetBoolean().ShouldBeTrue();
        var rows = lake.GetProperty("clean").EnumerateArray().Concat(lake.GetProperty("curated").EnumerateArray())
            .ToDictionary(table => table.GetProperty("table").GetString()!["pipelines_dev_".Length..], table => table.GetProperty("rows").GetInt64());
        rows.Count.ShouldBe(16 + 3 + 5);
        rows["clean.device_readings"].ShouldBe(readings);
        (rows["clean.film_events"], rows["curated.streaming_films"]).ShouldBe((events, events));
        (rows["clean.film"], rows["curated.film_category"]).ShouldBe((1000, 1000));
        rows["clean.play_logs"].ShouldBe(lines);
        rows["curated.player_sessions"].ShouldBeInRange(200, lines);
        rows["curated.film_revenue"].ShouldBeGreaterThan(5000);
        rows["curated.category_streams"].ShouldBe(16 * 3);
    }

    private static (long Sent, long Accepted) Counts(JsonElement pipeline) => (pipeline.GetProperty("sent").GetInt64(), pipeline.GetProperty("accepted").GetInt64());
}
