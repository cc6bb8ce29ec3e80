using System.Runtime.CompilerServices;

namespace PipelineStacks.Cli.Generation;

/// <summary>As fast as the stream takes them.</summary>
internal sealed class FastestPace : IPace
{
    public async IAsyncEnumerable<Burst> BurstsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        yield return new Burst(long.MaxValue);
    }
}
