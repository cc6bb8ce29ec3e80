using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.Benchmarks;

/// <summary>
/// Synthesising: all environments with the delivery, and, beside the same stacks written in JavaScript on the same version of the CDK, an
/// environment without pipelines. What is left when the one is taken from the other is what C# and the way through jsii cost.
/// </summary>
internal static class SynthBenchmark
{
    private const string Cdk = "2.160.0";
    private const string Constructs = "10.0.5";

    private static readonly string Sources = Path.Combine(ServerProcess.Root, "test", "PipelineStacks.Benchmarks", "synth");
    private static readonly string Output = Path.Combine(ServerProcess.Root, "artifacts", "bench", "synth");

    // What PipelineStacks.csproj sets otherwise, in hexadecimal digits as the runtime reads it.
    private static readonly Dictionary<string, string> UsualRuntime = new() { ["DOTNET_TieredPGO"] = "1", ["DOTNET_gcConcurrent"] = "1", ["DOTNET_GCgen0size"] = "40000" };

    private static string App => Path.Combine(ServerProcess.Root, "artifacts", "bin", "PipelineStacks", Configuration, "PipelineStacks.dll");

    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static async Task<bool> RunAsync(BenchmarkOptions options)
    {
        var library = await LibraryAsync();
        var (everything, lake) = (Contexts.Everything(), Contexts.Lake());
        List<double> all = [], usual = [], csharp = [], script = [];
        // The first round fills jsii's cache and the file system's.
        for (var round = 0; round <= Math.Min(options.Rounds, 5); round++)
        {
            var times = (
                All: await CSharpAsync(everything, "all"), Usual: await CSharpAsync(everything, "all", UsualRuntime), CSharp: await CSharpAsync(lake, "csharp"), Script: await ScriptAsync(lake, library));
            if (round == 0)
                continue;
            all.Add(times.All);
            usual.Add(times.Usual);
            csharp.Add(times.CSharp);
            script.Add(times.Script);
        }

        Compare("csharp", "script");
        var (requests, waited, wall) = await MeteredAsync(everything);
        return await BenchmarkReport.WriteAsync("synth", "JavaScript", [
            new("all environments and the delivery, from the start of the program", "s", BenchmarkReport.Median(all), null, null),
            new("the same with the runtime's settings for servers, which the app does without", "s", BenchmarkReport.Median(usual), null, null),
            new("their requests to jsii", "requests", requests, null, null),
            new("share of the time that C# waits for Node", "%", 100 * waited / wall, null, null),
            new("Storage, Catalog and Analytics of an environment without pipelines", "s", BenchmarkReport.Median(csharp), BenchmarkReport.Median(script), null),
        ], options, subject: "C#");
    }

    private static Task<double> CSharpAsync(string context, string folder, Dictionary<string, string>? environment = null) => RunAsync("dotnet", [App], context, folder, environment ?? []);

    private static Task<double> ScriptAsync(string context, string library) =>
        RunAsync("node", [Path.Combine(Sources, "lake.mjs")], context, "script", new() { ["CDK_LIBRARY"] = library });

    private static async Task<(double Requests, double Waited, double Wall)> MeteredAsync(string context)
    {
        var meter = Path.Combine(Output, "meter.json");
        var wall = await RunAsync("dotnet", [App], context, "all", new() { ["JSII_NODE"] = Path.Combine(Sources, "node-with-meter.mjs"), ["SYNTH_METER"] = meter });
        using var read = JsonDocument.Parse(await File.ReadAllTextAsync(meter));
        return (read.RootElement.GetProperty("requests").GetDouble(), read.RootElement.GetProperty("waited").GetDouble(), wall);
    }

    private static async Task<double> RunAsync(string program, string[] arguments, string context, string folder, Dictionary<string, string> environment)
    {
        var output = Path.Combine(Output, folder);
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        var info = ServerProcess.Info(program, arguments);
        info.Environment["CDK_CONTEXT_JSON"] = context;
        info.Environment["CDK_OUTDIR"] = Directory.CreateDirectory(output).FullName;
        info.Environment["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20";
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}\n{text}\n{await error}");
    }

    // The comparison says something only while both make the same.
    private static void Compare(string one, string other)
    {
        var files = Directory.GetFiles(Path.Combine(Output, one), "*.template.json", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            var twin = Path.Combine(Output, other, Path.GetRelativePath(Path.Combine(Output, one), file));
            if (!JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), JsonNode.Parse(File.ReadAllText(twin))))
                throw new InvalidOperationException($"{file} and {twin} differ: bring test/PipelineStacks.Benchmarks/synth/lake.mjs up to date.");
        }

        if (files.Length != 3)
            throw new InvalidOperationException($"Three stacks were expected, and there are {files.Length}.");
    }

    // The library inside of the CDK's package for .NET is this one of npm's.
    private static async Task<string> LibraryAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(ServerProcess.Root, "artifacts", "bench", "cdk")).FullName;
        if (Directory.Exists(Path.Combine(folder, "node_modules", "aws-cdk-lib")))
            return folder;
        await Console.Error.WriteLineAsync($"Installing aws-cdk-lib@{Cdk} ...");
        using var npm = Process.Start(ServerProcess.Info("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", $"aws-cdk-lib@{Cdk}", $"constructs@{Constructs}"]))!;
        await npm.WaitForExitAsync();
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm could not install the CDK: {await npm.StandardError.ReadToEndAsync()}");
    }

    /// <summary>What the CDK's command line would hand to the programs.</summary>
    private static class Contexts
    {
        public static string Everything()
        {
            var context = Project();
            foreach (var (name, account) in new[] { ("qa", "222222222222"), ("prod", "333333333333") })
            {
                context["environments"]![name]!["account"] = account;
                context["environments"]![name]!["region"] = "eu-west-1";
            }

            context["delivery"] = JsonNode.Parse("""{"account":"111111111111","region":"eu-west-1","source":{"codeCommitRepository":"pipelines"}}""");
            return context.ToJsonString();
        }

        public static string Lake()
        {
            var context = Project();
            context.Remove("delivery");
            context["environments"] = JsonNode.Parse("""{"dev":{"pipelines":[],"etl":{"enabled":false},"monitoring":{"enabled":false}}}""");
            return context.ToJsonString();
        }

        private static JsonObject Project() => JsonNode.Parse(File.ReadAllText(Path.Combine(ServerProcess.Root, "cdk.json")))!["context"]!.AsObject().DeepClone().AsObject();
    }
}
