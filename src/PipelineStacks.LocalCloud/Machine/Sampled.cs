using System.Diagnostics;

namespace PipelineStacks.LocalCloud.Machine;

/// <summary>
/// A measurement of this machine, taken again only when some of the machine's time has passed: in virtual time minutes go by within microseconds, and
/// nothing real changes in them.
/// </summary>
internal sealed class Sampled<T>(Func<T> measure)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(50);

    private (T Value, long At)? _last;

    public T Value
    {
        get
        {
            if (_last is not { } last || Stopwatch.GetElapsedTime(last.At) > Fresh)
                _last = last = (measure(), Stopwatch.GetTimestamp());
            return last.Value;
        }
    }
}
