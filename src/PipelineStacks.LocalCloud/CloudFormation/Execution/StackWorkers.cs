using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>
/// Runs the operations on stacks beside the requests that asked for them. They don't depend on the cloud's time: a deployment
/// makes progress while virtual time stands still.
/// </summary>
internal sealed class StackWorkers(StackExecutor executor, StackStore store) : IHostedLifecycleService
{
    // Clients poll every few seconds; an operation that ends within the request spares them all of that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Starts what the stack's status says, and waits for it a little.</summary>
    public async Task StartAsync(Stack stack)
    {
        var work = TrackAsync(stack, () => executor.RunAsync(stack));
        await Task.WhenAny(work, Task.Delay(Patience, TimeProvider.System, CancellationToken.None));
    }

    /// <summary>Ends what a killed process left under way, once every service is up that this may need.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var stack in store.All.Where(stack => stack.IsInProgress && stack.Operation is not null).ToList())
            _ = TrackAsync(stack, () => executor.ResumeAsync(stack));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Lets what is under way come to its end while every service is still there. What takes longer than the shutdown may is ended at
    /// the next start.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await Task.WhenAny(Task.WhenAll(_running.Values), cancelled.Task);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TrackAsync(Stack stack, Func<Task> run)
    {
        var ended = new TaskCompletionSource();
        _running[stack.Id] = ended.Task;
        try
        {
            await Task.Run(run);
        }
        finally
        {
            _running.TryRemove(stack.Id, out _);
            ended.SetResult();
        }
    }
}
