using PipelineStacks.Aws.Dms;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Replications;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Verify;

/// <summary>Whether the replication runs. What nobody has begun yet is begun; what somebody stopped, or a failure, is no matter of chance.</summary>
internal sealed class ReplicationCheck(VerifyScope scope)
{
    private const string Running = "running";

    public async Task<StepResult> RunAsync(CancellationToken cancel)
    {
        var control = new ReplicationTaskControl(scope.Context, scope.Aws, await TaskAsync(cancel), scope.Deadline.Left);
        var task = await control.DescribeAsync(cancel);
        var status = task.Status;
        var mayStart = scope.Options.TestData && (status == "ready" || scope.Options.Resume);
        if (!mayStart && Standstill(task) is { } standstill)
            return StepResult.Failed(Running, status, standstill);
        if (!scope.Options.TestData)
            return StepResult.Passed(Running, status);
        if (status == "ready" && scope.Settings.Database.IsDeployed)
            await FillAsync(cancel);
        await control.StartAsync(null, cancel);
        await control.LoadedAsync(cancel);
        return StepResult.Passed(Running, Running);
    }

    /// <summary>What to say of a replication that doesn't run; null if it does.</summary>
    public async Task<string?> StandstillAsync(CancellationToken cancel) =>
        Standstill(await ReplicationCalls.Of(scope.Aws.Dms, await TaskAsync(cancel)).DescribeAsync(cancel));

    private string? Standstill(ReplicationTask task)
    {
        if (task.Status is Running or "starting")
            return null;
        var (name, environment) = ($"replication task {task.ReplicationTaskIdentifier}", scope.Names.Environment);
        if (task.Status == "ready")
            return $"{name} was never started. Start it: pipelines replication start --env {environment}";
        var since = task.ReplicationTaskStats?.StopDate is { } stopped ? $" since {stopped.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" : "";
        var reason = new[] { task.LastFailureMessage, task.StopReason }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))?.Trim();
        return $"{name} is {task.Status}{since}{(reason is null ? "" : $" ({reason})")}. Resume it: pipelines replication resume --env {environment}";
    }

    public async Task<IReadOnlyList<TableStatistics>> TablesAsync(CancellationToken cancel) =>
        await ReplicationCalls.Of(scope.Aws.Dms, await TaskAsync(cancel)).TablesAsync(cancel);

    private async Task FillAsync(CancellationToken cancel)
    {
        var database = await DatabaseAdmin.OfAsync(scope.Environment, scope.Aws, cancel);
        await database.PrepareAsync(cancel);
        await new Seeding(scope.Context, database).RunAsync(cancel);
    }

    private Task<string> TaskAsync(CancellationToken cancel) => scope.Environment.OutputAsync(scope.Names.ReplicationStack, Names.ReplicationTaskOutput, cancel);
}
