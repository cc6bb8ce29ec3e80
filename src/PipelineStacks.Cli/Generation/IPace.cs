namespace PipelineStacks.Cli.Generation;

/// <summary>Records that may go now.</summary>
/// <param name="Simulated">The time that the records pretend to be made at, where time is simulated.</param>
internal readonly record struct Burst(long Records, DateTimeOffset? Simulated = null);

/// <summary>Says when how many records may go.</summary>
internal interface IPace
{
    IAsyncEnumerable<Burst> BurstsAsync(CancellationToken cancel);
}
