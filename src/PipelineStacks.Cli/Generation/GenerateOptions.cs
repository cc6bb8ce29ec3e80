namespace PipelineStacks.Cli.Generation;

/// <summary>What to generate, how much of it and how fast.</summary>
internal sealed record GenerateOptions
{
    public required string Template { get; init; }

    /// <summary>How many records; null to go on until stopped.</summary>
    public long? Count { get; init; }

    public required IPace Pace { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The share of records that are broken on purpose, from 0 to 1.</summary>
    public double Broken { get; init; }

    /// <summary>How many batches are on their way at once.</summary>
    public int Senders { get; init; } = 8;
}
