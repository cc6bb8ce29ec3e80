using PipelineStacks.Cli.Output;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Run;

/// <summary>Deploys an environment with the CDK CLI, as a user would.</summary>
internal sealed class Deployment(CliContext context, Checkout checkout, IReadOnlyDictionary<string, string?> variables, bool verbose)
{
    private const int LinesOfFailure = 20;

    private volatile string _last = "starting the CDK CLI";

    /// <exception cref="UserError">The deployment failed; its last lines have been shown.</exception>
    public async Task DeployAsync(Names names, CancellationToken cancel)
    {
        var log = Path.Combine(checkout.Artifacts, "deploy.log");
        string[] arguments =
        [
            checkout.Cdk, "deploy", names.Stage + "/*", "--app", $"dotnet \"{checkout.App}\"", "--output", Path.Combine(checkout.Artifacts, "cdk.out"),
            "--require-approval", "never", "--no-notices", "--no-color", "--progress", "events",
        ];
        var exitCode = 0;
        await context.Terminal.ShowAsync(
            "Deploying " + names.Environment,
            null,
            () => new ProgressState(0, _last),
            async () => exitCode = await ChildProcess.RunAsync("node", arguments, variables, checkout.Root, log, Show, cancel),
            context.Time);
        if (exitCode == 0)
            return;
        foreach (var line in File.ReadLines(log).Where(line => line.Trim().Length > 0).TakeLast(LinesOfFailure))
            context.Terminal.Say("  " + line);
        throw new UserError(ExitCode.Failed, $"cdk deploy \"{names.Stage}/*\" failed with exit code {exitCode}. All of its output is in {log}.");
    }

    private void Show(string line)
    {
        if (verbose)
            context.Terminal.Say("  " + line);
        if (line.Trim() is { Length: > 0 } text)
            _last = text;
    }
}
