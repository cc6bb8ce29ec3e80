using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Tests.Fixtures;
using PipelineStacks.Cli.Verify;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Tests.Verify;

/// <summary>What the steps of a run work with, behind a fake of AWS.</summary>
internal static class Scopes
{
    public static VerifyScope Of(FakeService service, JumpingTime time, TimeSpan timeout)
    {
        var context = new CliContext(
            new Terminal(TextWriter.Null, TextWriter.Null, outputIsTerminal: false, errorIsTerminal: false), time,
            new Dictionary<string, string?> { ["AWS_ENDPOINT_URL"] = service.Url }.GetValueOrDefault, AppContext.BaseDirectory);
        var aws = context.Aws();
        return new()
        {
            Context = context,
            Aws = aws,
            Environment = DeployedEnvironment.Of(context, aws, "dev"),
            Settings = new EnvironmentSettings { Name = "dev" },
            Options = new(),
            Mark = new("20261120093000-1f2e3d"),
            Deadline = new(time, timeout),
            Bucket = "landing",
            WorkGroup = "pipelines-dev",
        };
    }
}
