using System.Text.Json;

namespace PipelineStacks.EndToEnd.Tests.Cli;

/// <summary>What scripts/run does: deploy, send, deliver, replicate, count. Twice on one state, since Firehose gathers for a minute each time.</summary>
public sealed class RunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("end-to-end-run-").FullName;

    [Fact]
    public async Task Run_TwiceOnOneState_ReconcilesAndDoublesNothing()
    {
        var port = Ports.Free();
        var first = await RunAsync(port, "--events", "20000", "--broken", "0.001", "--seed", "1");
        var pipeline = first.GetProperty("pipelines").GetProperty("film-events");
        Counts(pipeline).ShouldBe((20_000, 20_000));
        var broken = pipeline.GetProperty("broken").EnumerateObject().Sum(kind => kind.Value.GetInt64());
        broken.ShouldBeGreaterThan(0);
        pipeline.GetProperty("quarantined").GetInt64().ShouldBe(broken);
        pipeline.GetProperty("delivered").GetInt64().ShouldBe(20_000 - broken);
        pipeline.GetProperty("quarantineReasons").EnumerateObject().Sum(reason => reason.Value.GetInt64()).ShouldBe(broken);

        var before = Replicated(first);

        var second = await RunAsync(port, "--events", "5000", "--seed", "2");
        var more = second.GetProperty("pipelines").GetProperty("film-events");
        Counts(more).ShouldBe((5000, 5000));
        more.GetProperty("delivered").GetInt64().ShouldBe(5000);
        more.GetProperty("rowsInLanding").GetInt64().ShouldBe(20_000 - broken + 5000);
        // The database that is there is neither filled nor loaded again.
        Replicated(second).ShouldNotBe(before);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<JsonElement> RunAsync(int port, params string[] arguments)
    {
        var result = await PipelinesTool.RunAsync(null, ["run", "--port", $"{port}", "--data", Path.Combine(_folder, "data"), "--output", Path.Combine(_folder, "output"), .. arguments]);
        result.Succeeded().ShouldSatisfyAllConditions(
            output => output.ShouldContain("film-events reconciles: sent = accepted = delivered + quarantined."),
            output => output.ShouldContain("sakila reconciles: source = replicated = landed, in every table."));
        var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "output", "summary.json"))).RootElement;
        summary.GetProperty("reconciled").GetBoolean().ShouldBeTrue();
        return summary;
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

    private static (long Sent, long Accepted) Counts(JsonElement pipeline) => (pipeline.GetProperty("sent").GetInt64(), pipeline.GetProperty("accepted").GetInt64());
}
