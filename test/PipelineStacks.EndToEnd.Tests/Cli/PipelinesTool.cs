using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Cli;

/// <summary>The command-line interface in a process of its own, as users call it.</summary>
internal static class PipelinesTool
{
    public static Task<ToolResult> PipelinesAsync(this LocalCloudProcess cloud, params string[] arguments) => RunAsync(cloud.Environment, arguments);

    public static Task<ToolResult> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        Tool.RunAsync("dotnet", [Repository.Pipelines, .. arguments], environment);
}
