using System.Text.Json;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Replications;

public sealed class ReplicationTests
{
    [Theory]
    [InlineData("start-replication", "creating", "ready")]
    [InlineData("start-replication", "failed")]
    public async Task Start_OfATaskThatStands_TestsTheConnectionsAndStartsIt(string type, params string[] statuses)
    {
        using var replication = new FakeReplication(statuses);
        var (code, _, error) = await replication.RunAsync("replication", "start");
        error.ReplaceLineEndings("\n").ShouldBe($"""
            Connection to the source pipelines-dev-source: successful
            Connection to the target pipelines-dev-target: successful
            Starting pipelines-dev-sakila: {type} ...
            pipelines-dev-sakila is running.

            """.ReplaceLineEndings("\n"));
        replication.Changes.ShouldBe([type]);
        code.ShouldBe(ExitCode.Done);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("stopping", "stopped")]
    public async Task Start_OfATaskThatRanBefore_GoesOn(params string[] statuses)
    {
        using var replication = new FakeReplication(statuses) { WasStarted = true };
        await replication.RunAsync("replication", "start");
        replication.Changes.ShouldBe(["resume-processing"]);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("resume")]
    public async Task Start_OfARunningTask_DoesNothing(string command)
    {
        using var replication = new FakeReplication("starting", "running");
        var (code, _, error) = await replication.RunAsync("replication", command);
        error.ShouldStartWith("pipelines-dev-sakila is running already.");
        replication.Changes.ShouldBeEmpty();
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Reload_OfARunningTask_StopsItFirst()
    {
        using var replication = new FakeReplication("running");
        var (code, _, _) = await replication.RunAsync("replication", "start", "--reload", "--loaded");
        replication.Changes.ShouldBe(["stop", "reload-target"]);
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Start_WithoutAConnection_IsFailedByDmssMessage()
    {
        using var replication = new FakeReplication("ready") { SourceFailure = "Test Endpoint failed: Application-Status: 1020912, Cannot connect to ODBC provider: Access denied for user 'dms'" };
        var (code, _, error) = await replication.RunAsync("replication", "start");
        error.TrimEnd().ShouldEndWith("DMS can't connect to the source pipelines-dev-source: Test Endpoint failed: Application-Status: 1020912, Cannot connect to ODBC provider: Access denied for user 'dms'");
        replication.Changes.ShouldBeEmpty();
        code.ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public async Task Start_OfATaskThatFails_IsFailedByItsMessage()
    {
        using var replication = new FakeReplication("ready") { AfterStart = ["starting", "failed"], LastFailureMessage = "Last Error: binlog_format must be ROW" };
        var (code, _, error) = await replication.RunAsync("replication", "start");
        error.TrimEnd().ShouldEndWith("pipelines-dev-sakila is failed: Last Error: binlog_format must be ROW");
        code.ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public async Task Start_OfATaskThatNeverIsReady_EndsAtItsDeadline()
    {
        using var replication = new FakeReplication("creating");
        var (code, _, error) = await replication.RunAsync("replication", "start", "--minutes", "0");
        error.TrimEnd().ShouldBe("pipelines-dev-sakila is still creating and not ready after 0 minutes. See: pipelines replication status");
        code.ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public async Task Resume_OfATaskThatNeverRan_IsRefused()
    {
        using var replication = new FakeReplication("ready");
        var (code, _, error) = await replication.RunAsync("replication", "resume");
        error.TrimEnd().ShouldBe("pipelines-dev-sakila was never started, so that there is nothing to resume. Start it: pipelines replication start");
        code.ShouldBe(ExitCode.Failed);
    }

    [Theory]
    [InlineData("running", "Stopping pipelines-dev-sakila ...\npipelines-dev-sakila is stopped.")]
    [InlineData("ready", "pipelines-dev-sakila is not running: it is ready.\npipelines-dev-sakila is ready.")]
    public async Task Stop_OfATask_LeavesItStanding(string status, string expected)
    {
        using var replication = new FakeReplication(status);
        var (code, _, error) = await replication.RunAsync("replication", "stop");
        error.TrimEnd().ReplaceLineEndings("\n").ShouldBe(expected);
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Status_AsJson_HasTaskAndTables()
    {
        using var replication = new FakeReplication("running") { Statistics = { ("sakila.actor", "Table completed", 200, 3, 2, 1) } };
        var (code, output, _) = await replication.RunAsync("replication", "status", "--format", "json");
        var status = JsonDocument.Parse(output).RootElement;
        status.GetProperty("task").GetProperty("status").GetString().ShouldBe("running");
        status.GetProperty("tables")[0].GetProperty("inserts").GetInt64().ShouldBe(3);
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Status_AsATable_TellsStateAndFailure()
    {
        using var replication = new FakeReplication("failed") { LastFailureMessage = "Last Error", Statistics = { ("sakila.actor", "Table error", 0, 0, 0, 0) } };
        var (_, output, _) = await replication.RunAsync("replication", "status");
        output.ReplaceLineEndings("\n").ShouldStartWith("pipelines-dev-sakila is failed: full-load-and-cdc, 100 % loaded, 16 tables loaded, 0 loading, 0 queued, 0 in error\n  Last Error\n");
        output.ShouldContain("Table error");
    }
}
