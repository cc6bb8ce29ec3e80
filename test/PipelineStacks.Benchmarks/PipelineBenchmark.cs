using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PipelineStacks.Benchmarks;

/// <summary>
/// The whole way of 2,000,000 events: the generator, the stream, the delivery stream, Parquet, counted by Athena, on templates that the
/// CDK CLI deployed. Time in the cloud is virtual, so that what is measured is work and not Firehose's buffer interval.
/// </summary>
internal static class PipelineBenchmark
{
    private const long Events = 2_000_000;
    private const double MemoryLimit = 1024;

    public static async Task<bool> RunAsync(BenchmarkOptions options)
    {
        await using var cloud = await ServerProcess.StartLocalCloudAsync("--no-limits", "--virtual-time");
        var environment = StandardVariables(cloud.Endpoint);
        await RunAsync("node", [Path.Combine(ServerProcess.Root, "node_modules", "aws-cdk", "bin", "cdk"), "deploy", "Dev/*", "--no-notices",
            "--require-approval", "never", "--app", $"dotnet {Program("PipelineStacks", "PipelineStacks.dll")}",
            "--output", Directory.CreateDirectory(Path.Combine(ServerProcess.Root, "artifacts", "bench", "cdk.out")).FullName], environment);

        var watch = Stopwatch.StartNew();
        var generator = PipelinesAsync(environment, "generate", "film_events", "--count", Events.ToString(CultureInfo.InvariantCulture), "--format", "json");
        while (!generator.IsCompleted)
            await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        var sent = watch.Elapsed;
        await generator;
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(2));
        var delivered = watch.Elapsed;

        var count = await CountAsync(environment);
        if (count != Events)
            throw new InvalidOperationException($"{Events} events were sent and Athena counts {count}.");
        var query = Stopwatch.StartNew();
        await CountAsync(environment);
        return await BenchmarkReport.WriteAsync("pipeline", null, [
            new($"{Events:N0} events from the generator into the stream", "events/s", Events / sent.TotalSeconds, null, null),
            new($"{Events:N0} events from the generator to Parquet", "events/s", Events / delivered.TotalSeconds, null, null),
            new("count(*) of them through Athena and the command line", "s", query.Elapsed.TotalSeconds, null, null),
            new("the cloud's peak memory over all of it", "MiB", cloud.PeakMemoryMebibytes, null, MemoryLimit, LowerIsBetter: true),
        ], options);
    }

    private static async Task<long> CountAsync(IReadOnlyDictionary<string, string> environment)
    {
        var answer = await PipelinesAsync(environment, "query", "SELECT count(*) AS n, count(DISTINCT event_id) AS ids FROM film_events", "--format", "json");
        using var rows = JsonDocument.Parse(answer);
        var row = rows.RootElement[0];
        return row.GetProperty("n").GetInt64() == row.GetProperty("ids").GetInt64() ? row.GetProperty("n").GetInt64() : -1;
    }

    private static Task<string> PipelinesAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunAsync("dotnet", [Program("PipelineStacks.Cli", "pipelines.dll"), .. arguments], environment);

    private static async Task<string> RunAsync(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var info = ServerProcess.Info(program, arguments);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}\n{output}\n{await error}");
    }

    private static Dictionary<string, string> StandardVariables(Uri endpoint) => new()
    {
        ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_REGION"] = "eu-west-1",
        ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
        ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20",
    };

    private static string Program(string project, string file) => Path.Combine(ServerProcess.Root, "artifacts", "bin", project, "release", file);
}
