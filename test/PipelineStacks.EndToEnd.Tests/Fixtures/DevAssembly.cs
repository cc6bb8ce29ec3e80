using System.Text.Json.Nodes;

namespace PipelineStacks.EndToEnd.Tests.Fixtures;

/// <summary>
/// The app's dev environment as the CDK CLI synthesises it, once for all tests that deploy it: as cdk.json has it, but that Firehose gathers nothing
/// before it writes a file, since tests in real time would wait for that.
/// </summary>
internal static class DevAssembly
{
    private static readonly Lazy<Task<string>> Synthesised = new(() => SynthesiseAsync(Path.Combine(AppContext.BaseDirectory, "dev"), _ => { }));

    /// <summary>The folder that it is in, for those who change a copy of it.</summary>
    public static Task<string> FolderAsync() => Synthesised.Value;

    /// <summary>Writes a checkout's cdk.json with dev alone, in settings of a test's.</summary>
    public static void WriteSettings(string folder, Action<JsonObject> change)
    {
        var cdk = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "cdk.json")))!;
        var dev = cdk["context"]!["environments"]!["dev"]!.DeepClone().AsObject();
        dev["delivery"]!["bufferSeconds"] = 0;
        change(dev);
        cdk["context"]!["environments"] = new JsonObject { ["dev"] = dev };
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, "cdk.json"), cdk.ToJsonString());
    }

    /// <summary>Synthesises dev in settings of a test's.</summary>
    /// <returns>Where it is.</returns>
    public static async Task<string> SynthesiseAsync(string folder, Action<JsonObject> change)
    {
        WriteSettings(folder, change);
        var output = Path.Combine(folder, "cdk.out");
        (await Tool.RunAsync(
            "node", [Repository.Cdk, "synth", "--quiet", "--no-notices", "--no-color", "--app", $"dotnet \"{Repository.App}\"", "--output", output],
            new Dictionary<string, string> { ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20", ["CDK_DISABLE_CLI_TELEMETRY"] = "true" }, folder)).Succeeded();
        return output;
    }

    /// <summary>Deploys it, or another assembly of dev.</summary>
    public static async Task DeployDevAsync(this LocalCloudProcess cloud, string? assembly = null) =>
        (await cloud.CdkAsync("deploy", "Dev/*", "--require-approval", "never", "--app", assembly ?? await Synthesised.Value)).Succeeded();
}
