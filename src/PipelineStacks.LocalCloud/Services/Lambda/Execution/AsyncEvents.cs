using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>Tries an event on its function: true when it is done with.</summary>
internal delegate Task<bool> TryEvent(Call call, string function, string requestId, ReadOnlyMemory<byte> payload);

/// <summary>
/// Events that wait for their function, on disk until they are done with: tried once, after a minute and after two more, as
/// Lambda does by default.
/// </summary>
internal sealed class AsyncEvents(StateStore state, Callers callers, CloudClock clock, ILogger<AsyncEvents> log)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    private readonly StateCollection<Waiting> _waiting = state.Open<Waiting>("lambda", "events");

    public void Add(ResourceKey function, string requestId, ReadOnlyMemory<byte> payload, TryEvent attempt)
    {
        var waiting = new Waiting(function.Name, payload.ToArray(), 0, clock.GetUtcNow());
        _waiting.Put(function with { Name = requestId }, waiting);
        Schedule(function with { Name = requestId }, waiting, attempt);
    }

    /// <summary>Goes on with what the last run of the cloud left.</summary>
    public void Resume(TryEvent attempt)
    {
        foreach (var (key, waiting) in _waiting.All.ToList())
            Schedule(key, waiting, attempt);
    }

    private void Schedule(ResourceKey key, Waiting waiting, TryEvent attempt) =>
        clock.At(waiting.Due, $"the event {key.Name} of {waiting.Function}", async () =>
        {
            var call = callers.ForService(key.Account, key.Region, "lambda.amazonaws.com");
            if (await attempt(call, waiting.Function, key.Name, waiting.Payload))
            {
                _waiting.Remove(key);
                return;
            }

            var attempts = waiting.Attempts + 1;
            if (attempts == Waits.Length)
            {
                log.LogWarning("The event {Id} was dropped: {Function} failed on it {Attempts} times", key.Name, waiting.Function, attempts);
                _waiting.Remove(key);
                return;
            }

            var next = waiting with { Attempts = attempts, Due = clock.GetUtcNow() + Waits[attempts] };
            _waiting.Put(key, next);
            Schedule(key, next, attempt);
        });

    private sealed record Waiting(string Function, byte[] Payload, int Attempts, DateTimeOffset Due);
}
