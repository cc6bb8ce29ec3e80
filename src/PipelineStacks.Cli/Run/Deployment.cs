using PipelineStacks.Cli.Output;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Run;

/// <summary>Deploys an environment with the CDK CLI, as a user would.</summary>
internal sealed class Deployment(CliContext context, Checkout checkout, IReadOnlyDictionary<string, string?> variables, bool verbose)
{
    private const int LinesOfFailure = 20;

    private volatile string _last = "synthesising the templates";

    /// <exception cref="UserError">The deployment failed; its last lines have been shown.</exception>
    public async Task DeployAsync(Names names, CancellationToken cancel)
    {
        var log = Path.Combine(checkout.Output, "deploy.log");
        string[] arguments =
        [
            checkout.Cdk, "deploy", names.Stage + "/*", "--app", $"dotnet \"{checkout.App}\"", "-c", "env=" + names.Environment, "--output", Path.Combine(checkout.Output, "cdk.out"),
            "--require-approval", "never", "--no-notices", "--no-color", "--progress", "events",
        ];
        var exitCode = 0;
        await context.Terminal.ShowAsync(
            "Deploying " + names.Environment,
            null,
            () => new ProgressState(0, _last),
            async () => exitCode = await ChildProcess.RunAsync("node", arguments, variables, checkout.Root, log, line => Show(line, names), cancel),
            context.Time);
        if (exitCode == 0)
            return;
        foreach (var line in Failure([.. File.ReadLines(log).Where(line => line.Trim().Length > 0)]))
            context.Terminal.Say("  " + line);
        throw new UserError(ExitCode.Failed, $"cdk deploy \"{names.Stage}/*\" failed with exit code {exitCode}. All of its output is in {log}.");
    }

    // The CDK CLI marks what failed, and goes on to print what the stacks before it gave.
    private static IEnumerable<string> Failure(List<string> lines)
    {
        var failed = lines.FindIndex(line => line.Contains('\u274C', StringComparison.Ordinal));
        return failed < 0 ? lines.TakeLast(LinesOfFailure) : lines.Skip(failed).Take(LinesOfFailure);
    }

    private void Show(string line, Names names)
    {
        if (verbose)
            context.Terminal.Say("  " + line);
        // "pipelines-dev-storage |  5/13 | 11:38:12 AM | CREATE_COMPLETE | AWS::S3::Bucket | Dev/Storage/CleanZone/Bucket (...)"
        if (line.Split('|') is [var stack, var done, _, var status, _, var what, ..] && stack.TrimStart().StartsWith($"{Names.Project}-{names.Environment}-", StringComparison.Ordinal))
            _last = $"{stack.Trim()} {done.Trim()} {what.Trim()} {status.Trim()}";
    }
}
