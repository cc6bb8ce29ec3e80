using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>The tasks that run. Those that ran when the cloud ended go on when it starts again.</summary>
internal sealed class TaskRunners(TaskServices services) : IHostedService
{
    private readonly ConcurrentDictionary<string, TaskRunner> _runners = new(StringComparer.Ordinal);

    public TaskRunner? Find(string taskArn) => _runners.GetValueOrDefault(taskArn);

    public async Task StartAsync(ReplicationTask task)
    {
        var runner = new TaskRunner(services, task);
        _runners[task.ReplicationTaskArn] = runner;
        await runner.StartAsync();
    }

    public async Task StopAsync(string taskArn, string reason)
    {
        if (_runners.TryRemove(taskArn, out var runner))
        {
            await runner.StopAsync(reason);
            await runner.DisposeAsync();
        }
    }

    /// <summary>Lets go of a task's run that has ended, so that a new one can begin.</summary>
    public async Task ReleaseAsync(string taskArn)
    {
        if (_runners.TryRemove(taskArn, out var runner))
            await runner.DisposeAsync();
    }

    /// <summary>How far a task is, whether it runs or not.</summary>
    public Progress ProgressOf(string taskArn) =>
        Find(taskArn)?.Progress ?? Progress.Open(Path.Combine(services.FolderOf(taskArn), "progress.json"));

    public ChangeCounts PendingOf(string taskArn, TableProgress table) => Find(taskArn)?.Changes.PendingOf(table) ?? default;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var task in services.State.Runs.Where(task => task.Status is "running" or "starting" or "stopping").ToList())
            await StartAsync(task);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var runner in _runners.Values)
            await runner.DisposeAsync();
        _runners.Clear();
    }
}
