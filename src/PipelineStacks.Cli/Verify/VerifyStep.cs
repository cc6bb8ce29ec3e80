namespace PipelineStacks.Cli.Verify;

/// <summary>How a step ended.</summary>
internal enum StepStatus
{
    Passed,
    Failed,

    /// <summary>There was nothing to check, or what it would have checked is missing already.</summary>
    Skipped,
}

/// <summary>What a step expected and found.</summary>
/// <param name="Message">Where it failed the place where the data stopped; where it was skipped the reason.</param>
internal sealed record StepResult(StepStatus Status, string Expected, string Found, string? Message)
{
    public static StepResult Passed(string expected, string found) => new(StepStatus.Passed, expected, found, null);

    public static StepResult Failed(string expected, string found, string message) => new(StepStatus.Failed, expected, found, message);

    public static StepResult Skipped(string reason) => new(StepStatus.Skipped, "", "", reason);
}

/// <summary>A step of a pipeline, or of what its pipelines share.</summary>
internal sealed record VerifyStep(string Pipeline, string Name, string Expected, string Found, double Seconds, StepStatus Status, string? Message)
{
    /// <summary>The pipeline of steps that are about all of them.</summary>
    public const string All = "all";
}
