namespace PipelineStacks.Cli.Verify;

/// <summary>What <c>verify</c> is asked to do.</summary>
internal sealed record VerifyOptions
{
    /// <summary>The pipelines that are verified; none for all that the environment has.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [];

    /// <summary>Records per pipeline that is fed by events or files.</summary>
    public int Records { get; init; } = 100;

    /// <summary>After which time what has not arrived is missing.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>Whether records are sent, or only looked at what is there.</summary>
    public bool TestData { get; init; } = true;

    /// <summary>Whether an alarm that sounds is a failure.</summary>
    public bool Alarms { get; init; } = true;

    /// <summary>Whether a replication that somebody stopped is resumed, instead of being what is wrong.</summary>
    public bool Resume { get; init; }
}
