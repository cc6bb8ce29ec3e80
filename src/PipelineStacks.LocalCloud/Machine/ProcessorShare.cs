using System.ComponentModel;
using System.Diagnostics;

namespace PipelineStacks.LocalCloud.Machine;

/// <summary>How busy processes keep this machine: their processor time, against the machine's own time. The cloud's may be virtual.</summary>
internal sealed class ProcessorShare
{
    // In virtual time minutes pass within milliseconds, of which nobody can say how busy they were.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private (DateTimeOffset At, TimeSpan Used)? _last;
    private double _percent;

    /// <summary>Percent of all processors since the last measurement; the first time since the processes began.</summary>
    public double Measure(IEnumerable<int> processes)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (_last is { } recent && now - recent.At < Shortest)
            return _percent;
        var running = processes.Select(UseOf).ToList();
        var used = running.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Used);
        var before = _last ?? (At: running.Select(one => one.Since).DefaultIfEmpty(now).Min(), Used: TimeSpan.Zero);
        // A process that ended takes its time with it.
        _percent = now > before.At ? Math.Clamp(100 * (used - before.Used) / (now - before.At) / Environment.ProcessorCount, 0, 100) : 0;
        _last = (now, used);
        return _percent;
    }

    private static (DateTimeOffset Since, TimeSpan Used) UseOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return (process.StartTime, process.TotalProcessorTime);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended meanwhile.
            return (DateTimeOffset.MaxValue, TimeSpan.Zero);
        }
    }
}
