using PipelineStacks.LocalCloud.Services.Glue.Workflows;

namespace PipelineStacks.LocalCloud.Tests.Glue.Workflows;

/// <summary>What is on disk at any moment is enough to go on from.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flows-").FullName;
    private readonly FlowCloud _flow;

    public RecoveryTests() => _flow = new(_directory);

    [Fact]
    public async Task Run_GoesOnAfterTheEndOfTheCloud_AndCanBeRunAgain()
    {
        var id = await BeginAsync();
        await _flow.Cloud.RestartAsync();
        ((string)(await _flow.RunOfAsync("w", id))["Status"]!).ShouldBe("RUNNING");
        await _flow.SettleAsync();
        await CompletedAsync(id);
        (await _flow.JobRunsAsync("a")).Count.ShouldBe(1);

        var again = await _flow.StartAsync("w");
        await _flow.SettleAsync();
        await CompletedAsync(again);
    }

    [Fact]
    public async Task Action_KilledBeforeItsRunWasNoted_TakesTheRunThatWasStarted()
    {
        var id = await BeginAsync();
        Change(id, action => action with { State = StoredAction.Pending, RunId = null });
        await _flow.Cloud.RestartAsync();
        await _flow.SettleAsync();
        await CompletedAsync(id);
        (await _flow.JobRunsAsync("a")).Count.ShouldBe(1);
        (await _flow.JobRunsAsync("b")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Action_KilledBeforeItWasStarted_IsStarted()
    {
        await _flow.WorkflowAsync("late", "", ("\"Type\":\"ON_DEMAND\"", "a"), (FlowCloud.When("AND", "a:SUCCEEDED"), "logs,b"));
        var id = await _flow.StartAsync("late");
        await _flow.SettleAsync();
        // As it was after the second trigger had fired and before it had started anything, of a run that nothing was started by.
        var state = _flow.Cloud.Get<WorkflowState>();
        var (key, run) = state.Runs.All.Single(item => item.Value.RunId == id);
        var renamed = "wr_" + new string('1', 64);
        state.Runs.Remove(key);
        state.Runs.Put(key with { Name = renamed }, run with
        {
            RunId = renamed,
            Status = StoredRun.Running,
            CompletedOn = null,
            Actions = [.. run.Actions.Select(action => action.Trigger == "late-1" ? action with { State = StoredAction.Pending, RunId = null } : action)],
        });
        await _flow.Cloud.RestartAsync();
        await _flow.SettleAsync();
        var recovered = await _flow.RunOfAsync("late", renamed);
        ((string)recovered["Status"]!).ShouldBe("COMPLETED");
        ((int)recovered["Statistics"]!["SucceededActions"]!).ShouldBe(3);
        (await _flow.JobRunsAsync("b")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Run_BeingStopped_StopsAfterTheRestart()
    {
        var id = await BeginAsync();
        await _flow.GlueAsync("StopWorkflowRun", $$"""{"Name":"w","RunId":"{{id}}"}""");
        await _flow.Cloud.RestartAsync();
        await _flow.SettleAsync();
        ((string)(await _flow.RunOfAsync("w", id))["Status"]!).ShouldBe("STOPPED");
    }

    [Fact]
    public async Task Window_OpenAtTheEnd_ClosesAfterTheRestart()
    {
        await _flow.WorkflowAsync("batch", "", ("\"Type\":\"EVENT\",\"EventBatchingCondition\":{\"BatchSize\":5,\"BatchWindow\":120}", "a"));
        _flow.Cloud.Get<IWorkflowEvents>().Notify(_flow.Cloud.Call, "batch", "one");
        await _flow.Cloud.RestartAsync();
        await _flow.Cloud.AdvanceAsync(TimeSpan.FromSeconds(119));
        (await _flow.RunsAsync("batch")).ShouldBeEmpty();
        await _flow.Cloud.AdvanceAsync(TimeSpan.FromSeconds(2));
        ((string)(await _flow.RunsAsync("batch")).Single()["WorkflowRunProperties"]!["aws:eventIds"]!).ShouldBe("[one]");
    }

    public Task InitializeAsync() => _flow.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _flow.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<string> BeginAsync()
    {
        await _flow.WorkflowAsync("w", "\"MaxConcurrentRuns\":1", ("\"Type\":\"ON_DEMAND\"", "a,logs"), (FlowCloud.When("AND", "a:SUCCEEDED", "logs:SUCCEEDED"), "b"));
        return await _flow.StartAsync("w");
    }

    private async Task CompletedAsync(string id)
    {
        var run = await _flow.RunOfAsync("w", id);
        ((string)run["Status"]!).ShouldBe("COMPLETED");
        FlowCloud.Endings(run).ShouldBe(["a:SUCCEEDED", "logs:SUCCEEDED", "b:SUCCEEDED"]);
    }

    private void Change(string id, Func<StoredAction, StoredAction> change)
    {
        var state = _flow.Cloud.Get<WorkflowState>();
        var (key, run) = state.Runs.All.Single(item => item.Value.RunId == id);
        state.Runs.Put(key, run with { Actions = [.. run.Actions.Select(change)] });
    }
}
