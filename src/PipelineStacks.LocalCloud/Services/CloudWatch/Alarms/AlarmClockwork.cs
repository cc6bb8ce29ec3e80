using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>Evaluates every alarm every minute, as CloudWatch does with periods of a minute and more.</summary>
internal sealed class AlarmClockwork(CloudClock clock, AlarmState alarms, AlarmEvaluator evaluator, AlarmTransitions transitions) : IHostedService
{
    // What services report of a minute at its end has then been put.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private IDisposable? _next;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Schedule(clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _next?.Dispose();
        return Task.CompletedTask;
    }

    private void Schedule(DateTimeOffset after)
    {
        var end = EndOfMinute(after - Delay) + Minute;
        _next = clock.At(end + Delay, "evaluating the alarms", () =>
        {
            // Scheduled first, so that what fails in one minute doesn't end all alarms. A timer may fire early: never the same minute again.
            var (due, now) = (end + Delay, clock.GetUtcNow());
            Schedule(now > due ? now : due);
            Evaluate(end);
            return Task.CompletedTask;
        });
    }

    private void Evaluate(DateTimeOffset end)
    {
        var all = alarms.Metric.All.ToList();
        foreach (var (key, alarm) in all)
        {
            if (evaluator.Evaluate(key, alarm, end) is { } evaluation)
                transitions.Move(key, evaluation.State, evaluation.Reason, evaluation.Data);
        }

        foreach (var (account, region) in all.Select(pair => pair.Key).Concat(alarms.Composite.All.Select(pair => pair.Key)).Select(key => (key.Account, key.Region)).Distinct())
            transitions.Follow(account, region);
    }

    private static DateTimeOffset EndOfMinute(DateTimeOffset at) => new(at.Ticks - (at.Ticks % Minute.Ticks), TimeSpan.Zero);
}
