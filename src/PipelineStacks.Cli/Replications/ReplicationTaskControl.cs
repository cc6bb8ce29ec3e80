using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Aws.Dms;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Replications;

/// <summary>Starts and stops a replication task, and waits until it did. Doing again what is done already changes nothing.</summary>
/// <param name="deadline">How long one wait may take.</param>
internal sealed class ReplicationTaskControl(CliContext context, AwsClients aws, string taskArn, TimeSpan deadline)
{
    public const string First = "start-replication";
    public const string Resume = "resume-processing";
    public const string Reload = "reload-target";

    // What a task is in between of; it leaves these by itself.
    private static readonly string[] Passing =
    [
        "creating", "modifying", "moving", "testing", "starting", "stopping",
        "initializing", "preparing_metadata_resources", "testing_connection", "fetching_metadata", "calculating_capacity", "provisioning_capacity", "replication_starting",
    ];

    private readonly ReplicationCalls _calls = ReplicationCalls.Of(aws.Dms, taskArn);

    public Task<ReplicationTask> DescribeAsync(CancellationToken cancel) => _calls.DescribeAsync(cancel);

    /// <summary>Makes the task run: from the beginning the first time, from where it was later.</summary>
    /// <param name="type">How it is started, where that is asked for.</param>
    public async Task<ReplicationTask> StartAsync(string? type, CancellationToken cancel)
    {
        var task = await SettledAsync("ready", cancel);
        if (task.Status == "running" && type != Reload)
        {
            context.Terminal.Say($"{task.ReplicationTaskIdentifier} is running already.");
            return task;
        }

        if (type == Resume && task.Status == "ready")
            throw new UserError(ExitCode.Failed, $"{task.ReplicationTaskIdentifier} was never started, so that there is nothing to resume. Start it: pipelines replication start");
        if (task.Status == "running")
            task = await StopAsync(cancel);
        // Serverless tests its connections itself.
        if (task.ReplicationInstanceArn is { } instance)
            await TestAsync(task, instance, cancel);
        type ??= WasStarted(task) ? Resume : First;
        context.Terminal.Say($"Starting {task.ReplicationTaskIdentifier}: {type} ...");
        await _calls.StartAsync(type, cancel);
        task = await SettledAsync("running", cancel);
        if (task.Status != "running" && !HasEnded(task))
            throw Failure(task);
        if (!string.IsNullOrWhiteSpace(task.LastFailureMessage))
            context.Terminal.Say($"DMS says: {task.LastFailureMessage.Trim()}");
        return task;
    }

    /// <summary>Makes the task stand still.</summary>
    public async Task<ReplicationTask> StopAsync(CancellationToken cancel)
    {
        var task = await SettledAsync("settled", cancel);
        if (task.Status != "running")
        {
            context.Terminal.Say($"{task.ReplicationTaskIdentifier} is not running: it is {task.Status}.");
            return task;
        }

        context.Terminal.Say($"Stopping {task.ReplicationTaskIdentifier} ...");
        await _calls.StopAsync(cancel);
        return await SettledAsync("stopped", cancel);
    }

    /// <summary>Waits until every table was loaded.</summary>
    /// <exception cref="UserError">The task failed. A table that did is told by its state.</exception>
    public async Task<ReplicationTask> LoadedAsync(CancellationToken cancel)
    {
        ReplicationTask? task = null;
        await context.Terminal.ShowAsync("Loading", 100, () => Progress(task), PollAsync, context.Time);
        return task!;

        async Task PollAsync()
        {
            for (var start = context.Time.GetTimestamp(); ;)
            {
                task = await DescribeAsync(cancel);
                if (task.Status == "failed")
                    throw Failure(task);
                if (IsLoaded(task.ReplicationTaskStats) || HasEnded(task))
                    return;
                if (context.Time.GetElapsedTime(start) > deadline)
                    throw new UserError(ExitCode.Failed, $"{task.ReplicationTaskIdentifier} has loaded {Progress(task).Done} % after {deadline.TotalMinutes:0} minutes. See its tables: pipelines replication status");
                await Task.Delay(Poll, context.Time, cancel);
            }
        }
    }

    // A task of changes never ends by itself; one of a full load alone does.
    private static bool HasEnded(ReplicationTask task) => task is { Status: "stopped", MigrationType: "full-load" };

    private static bool IsLoaded(ReplicationTaskStats? stats) =>
        stats is { FullLoadProgressPercent: 100, TablesLoading: 0, TablesQueued: 0 } && stats.TablesLoaded + stats.TablesErrored > 0;

    private static ProgressState Progress(ReplicationTask? task)
    {
        var stats = task?.ReplicationTaskStats ?? new ReplicationTaskStats();
        return new(stats.FullLoadProgressPercent, string.Create(
            CultureInfo.InvariantCulture, $"{stats.FullLoadProgressPercent} %, {stats.TablesLoaded} tables loaded, {stats.TablesLoading} loading, {stats.TablesQueued} queued, {stats.TablesErrored} in error"));
    }

    // Also where the first start failed: DMS takes that type of start once, and a resumed task loads what was not loaded.
    private static bool WasStarted(ReplicationTask task) => task.Status != "ready" && task.ReplicationTaskStartDate is not null;

    private async Task TestAsync(ReplicationTask task, string instance, CancellationToken cancel)
    {
        List<string> failures = [];
        foreach (var (side, endpoint) in new[] { ("source", task.SourceEndpointArn), ("target", task.TargetEndpointArn) })
        {
            var connection = await new ConnectionTest(context, aws.Dms, Poll, deadline).RunAsync(instance, endpoint, cancel);
            var name = connection.EndpointIdentifier ?? endpoint;
            context.Terminal.Say($"Connection to the {side} {name}: {connection.Status}");
            if (connection.Status != ConnectionTest.Successful)
                failures.Add($"DMS can't connect to the {side} {name}: {connection.LastFailureMessage?.TrimEnd() ?? $"the test ended as {connection.Status}"}");
        }

        if (failures.Count > 0)
            throw new UserError(ExitCode.Failed, string.Join(System.Environment.NewLine, failures));
    }

    private async Task<ReplicationTask> SettledAsync(string wanted, CancellationToken cancel)
    {
        for (var start = context.Time.GetTimestamp(); ;)
        {
            var task = await DescribeAsync(cancel);
            if (!Passing.Contains(task.Status))
                return task;
            if (context.Time.GetElapsedTime(start) > deadline)
                throw new UserError(ExitCode.Failed, $"{task.ReplicationTaskIdentifier} is still {task.Status} and not {wanted} after {deadline.TotalMinutes:0} minutes. See: pipelines replication status");
            await Task.Delay(Poll, context.Time, cancel);
        }
    }

    private TimeSpan Poll => aws.Settings.IsLocal ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromSeconds(5);

    private static UserError Failure(ReplicationTask task)
    {
        var told = new[] { task.LastFailureMessage, task.StopReason }.FirstOrDefault(reason => !string.IsNullOrWhiteSpace(reason))?.Trim();
        return new(ExitCode.Failed, $"{task.ReplicationTaskIdentifier} is {task.Status}: {told ?? "DMS gives no reason; the task's log may."}");
    }
}
