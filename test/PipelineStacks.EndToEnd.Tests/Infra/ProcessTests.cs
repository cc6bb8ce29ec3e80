using System.Diagnostics;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Infra;

/// <summary>The local cloud's process: how it ends, and how it says that it can't begin.</summary>
public sealed class ProcessTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task EphemeralCloud_OnASignal_EndsCleanlyAndLeavesNothing(string signal)
    {
        // What runs in the background of a shell hands on that SIGINT is ignored; in a terminal it is not.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--default-signal", "dotnet", Repository.LocalCloud, "--port", "0", "--ephemeral"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var ready = await process.StandardOutput.ReadLineAsync();
        var directory = ready!.Split(' ')[^1];
        Directory.Exists(directory).ShouldBeTrue(ready);

        (await Tool.RunAsync("/bin/kill", [signal, $"{process.Id}"])).Succeeded();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        (await process.StandardError.ReadToEndAsync()).ShouldBeEmpty();
        Directory.Exists(directory).ShouldBeFalse();
    }

    [Fact]
    public async Task SecondCloud_OnTheSamePort_SaysSoInOneLine()
    {
        var second = await RunAsync("--port", $"{cloud.Endpoint.Port}", "--ephemeral");
        (second.ExitCode, second.Output).ShouldBe((1, ""));
        second.Error.TrimEnd().ShouldBe($"Port {cloud.Endpoint.Port} is in use. Stop what listens there, or choose another with --port (and AWS_ENDPOINT_URL).");
    }

    [Fact]
    public async Task SecondCloud_OnTheSameDirectory_SaysSoInOneLine()
    {
        var second = await RunAsync("--port", "0", "--data", cloud.DataDirectory);
        (second.ExitCode, second.Output).ShouldBe((1, ""));
        second.Error.TrimEnd().ShouldBe($"The data directory {cloud.DataDirectory} is in use by another local cloud. Stop that one, or choose another directory with --data.");
    }

    [Fact]
    public async Task WrongOptions_AreAllNamed()
    {
        var run = await RunAsync("--port", "99999", "--colour");
        run.ExitCode.ShouldBe(2);
        run.Error.ReplaceLineEndings("\n").ShouldBe("--port 99999: not a port. Give a number from 0 (any free one) to 65535.\n--colour: no such option. See --help.\n");
    }

    private static Task<ToolResult> RunAsync(params string[] options) => Tool.RunAsync("dotnet", [Repository.LocalCloud, .. options]);
}
