using PipelineStacks.Aws;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli;

/// <summary>What every command works with, so that a test can bring its own.</summary>
/// <param name="Environment">Reads environment variables.</param>
/// <param name="Folder">The current directory: where relative paths start and cdk.json is looked for.</param>
internal sealed record CliContext(Terminal Terminal, TimeProvider Time, Func<string, string?> Environment, string Folder)
{
    public static CliContext OfProcess() =>
        new(Terminal.OfProcess(), TimeProvider.System, System.Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory());

    public AwsClients Aws() => new(new AwsSettings(Environment), Time);

    public string PathOf(string file) => Path.GetFullPath(file, Folder);
}
