using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Aws.Lambda;
using PipelineStacks.Cli.Workflows;

namespace PipelineStacks.Cli.Verify;

/// <summary>Takes one step after the other, and keeps how each ended. What AWS or the environment refuses is a failed step, and the next one follows.</summary>
internal sealed class StepLog(CliContext context)
{
    private readonly List<VerifyStep> _steps = [];

    public IReadOnlyList<VerifyStep> Steps => _steps;

    public Task SkipAsync(string pipeline, string name, string reason) => RunAsync(pipeline, name, () => Task.FromResult(StepResult.Skipped(reason)));

    /// <returns>Whether it passed.</returns>
    public async Task<bool> RunAsync(string pipeline, string name, Func<Task<StepResult>> check)
    {
        var start = context.Time.GetTimestamp();
        StepResult result;
        try
        {
            result = await check();
        }
        catch (Exception error) when (error is UserError or AwsException or QueryFailedException or FunctionFailedException)
        {
            result = StepResult.Failed("", "", Failures.Explain(error).Message);
        }

        var took = context.Time.GetElapsedTime(start);
        _steps.Add(new(pipeline, name, result.Expected, result.Found, Math.Round(took.TotalSeconds, 3), result.Status, result.Message));
        context.Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"  {pipeline}: {name} {result.Status.ToString().ToLowerInvariant()} after {Duration.Of(took)}{(result.Message is { } message ? $": {message}" : "")}"));
        return result.Status == StepStatus.Passed;
    }
}
