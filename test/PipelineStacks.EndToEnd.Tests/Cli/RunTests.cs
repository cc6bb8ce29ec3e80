using System.Text.Json;

namespace PipelineStacks.EndToEnd.Tests.Cli;

/// <summary>What scripts/run does: deploy, send, deliver, count. Twice on one state, since Firehose gathers for a minute each time.</summary>
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

        var second = (await RunAsync(port, "--events", "5000", "--seed", "2")).GetProperty("pipelines").GetProperty("film-events");
        Counts(second).ShouldBe((5000, 5000));
        second.GetProperty("delivered").GetInt64().ShouldBe(5000);
        second.GetProperty("rowsInLanding").GetInt64().ShouldBe(20_000 - broken + 5000);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<JsonElement> RunAsync(int port, params string[] arguments)
    {
        var result = await PipelinesTool.RunAsync(null, ["run", "--port", $"{port}", "--data", Path.Combine(_folder, "data"), "--output", Path.Combine(_folder, "output"), .. arguments]);
        result.Succeeded().ShouldContain("film-events reconciles: sent = accepted = delivered + quarantined.");
        var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "output", "summary.json"))).RootElement;
        summary.GetProperty("reconciled").GetBoolean().ShouldBeTrue();
        return summary;
    }

    private static (long Sent, long Accepted) Counts(JsonElement pipeline) => (pipeline.GetProperty("sent").GetInt64(), pipeline.GetProperty("accepted").GetInt64());
}
