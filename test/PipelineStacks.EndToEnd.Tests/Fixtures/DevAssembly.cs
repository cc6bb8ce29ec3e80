namespace PipelineStacks.EndToEnd.Tests.Fixtures;

/// <summary>The app's dev environment as the CDK CLI synthesises it: once for all tests that deploy it as cdk.json has it.</summary>
internal static class DevAssembly
{
    private static readonly Lazy<Task<string>> Synthesised = new(async () =>
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "dev.assembly");
        await SynthesiseAsync(Repository.Root, folder);
        return folder;
    });

    /// <summary>Synthesises dev by the cdk.json of a folder.</summary>
    public static async Task SynthesiseAsync(string settings, string output) => (await Tool.RunAsync(
        "node", [Repository.Cdk, "synth", "--quiet", "--no-notices", "--no-color", "-c", "env=dev", "--app", $"dotnet \"{Repository.App}\"", "--output", output],
        new Dictionary<string, string> { ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20", ["CDK_DISABLE_CLI_TELEMETRY"] = "true" }, settings)).Succeeded();

    /// <summary>Deploys it, or another assembly of dev.</summary>
    public static async Task DeployDevAsync(this LocalCloudProcess cloud, string? assembly = null) =>
        (await cloud.CdkAsync("deploy", "Dev/*", "--require-approval", "never", "--app", assembly ?? await Synthesised.Value)).Succeeded();

    /// <summary>The folder that it is in, for those who change a copy of it.</summary>
    public static Task<string> FolderAsync() => Synthesised.Value;
}
