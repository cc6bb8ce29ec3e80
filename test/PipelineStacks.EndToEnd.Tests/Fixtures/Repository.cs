using PipelineStacks.Model;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.EndToEnd.Tests.Fixtures;

/// <summary>Where things lie in the checkout.</summary>
internal static class Repository
{
    /// <summary>The configuration that the tests were built in, which the programs under test were built in, too.</summary>
    private static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string Root => RepositoryRoot.Folder;

    public static string LocalCloud => Program("PipelineStacks.LocalCloud", "local-cloud.dll");

    public static string Pipelines => Program("PipelineStacks.Cli", "pipelines.dll");

    public static string App => Program("PipelineStacks", "PipelineStacks.dll");

    /// <summary>The stacks of dev, as cdk.json has it, in the order in which they are deployed.</summary>
    public static IReadOnlyList<string> DevStacks => new Names("dev").StacksOf(SettingsFile.Read(Path.Combine(Root, "cdk.json")).Environment("dev"));

    public static string Cdk => Path.Combine(Root, "node_modules", "aws-cdk", "bin", "cdk");

    private static string Program(string project, string file) => Path.Combine(Root, "artifacts", "bin", project, Configuration, file);
}
