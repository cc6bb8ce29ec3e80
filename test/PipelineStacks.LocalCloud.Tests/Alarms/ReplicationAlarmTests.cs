using System.Diagnostics;
using PipelineStacks.LocalCloud.Services.Dms.Replication;
using PipelineStacks.LocalCloud.Tests.Dms;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>A replication that fails, that somebody stops, that loses its source or its target, and whose disk fills up.</summary>
[Collection(nameof(MariaDb))]
public sealed class ReplicationAlarmTests(MariaDb source) : IAsyncLifetime
{
    private const string Schema = "pipelines-qa";

    private DmsCloud _dms = null!;
    private AlarmCloud _cloud = null!;
    private string _task = "";

    public async Task InitializeAsync()
    {
        await source.ExecuteAsync($"CREATE OR REPLACE DATABASE `{Schema}`; CREATE TABLE `{Schema}`.t (id INT PRIMARY KEY); INSERT INTO `{Schema}`.t VALUES (1);");
        _dms = await DmsCloud.StartAsync(source);
        // The name that the alarms of qa have as a dimension.
        await _dms.CallAsync("ModifyReplicationInstance", $$"""{"ReplicationInstanceArn":"{{_dms.Instance}}","ReplicationInstanceIdentifier":"pipelines-qa-replication"}""");
    }

    public async Task DisposeAsync() => await _dms.DisposeAsync();

    [Fact]
    public async Task Task_ThatFails_Calls_AndOneThatIsStopped_IsTold()
    {
        await ReplicateAsync();
        await _dms.StopAsync(_task);
        (await _cloud.UntilAsync("sakila-task-stopped", "ALARM", 3)).ShouldBeLessThanOrEqualTo(2);
        (await _cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldNotContain("ALARM");
        await _cloud.UntilAsync("sakila-task-stopped", "OK", 20);

        await source.ExecuteAsync("SET GLOBAL binlog_format = STATEMENT;");
        try
        {
            await _dms.StartAsync(_task, "resume-processing");
            (await _dms.EndedAsync(_task)).ShouldStartWith("failed");
        }
        finally
        {
            await source.ExecuteAsync("SET GLOBAL binlog_format = ROW;");
        }
        (await _cloud.UntilAsync("sakila-task-failed", "ALARM", 3)).ShouldBeLessThanOrEqualTo(2);
        (await _cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldContain("ALARM");

        await _dms.StartAsync(_task, "resume-processing");
        await _dms.CapturingAsync(_task);
        await _cloud.UntilAsync("sakila-task-failed", "OK", 20);
        await _cloud.UntilAsync("sakila-pipeline", "OK", 20);
    }

    [Fact]
    public async Task Worker_ThatIsKilled_GoesOn_AndASourceThatIsDown_MakesItLate()
    {
        await ReplicateAsync();
        using (var worker = Process.GetProcessById(Runner.WorkerId!.Value))
            worker.Kill();
        await GoneAsync();
        await ChangeAsync(2);
        await _cloud.MinutesAsync(30);
        (await _cloud.StateAsync("sakila-source-latency")).ShouldBe("OK");

        await source.StopAsync();
        try
        {
            await GoneAsync();
            // Ten minutes until it is late, and fifteen in which it is.
            (await _cloud.UntilAsync("sakila-source-latency", "ALARM", 60)).ShouldBeInRange(20, 28);
            (await _cloud.MailsAsync("sakila-source-latency")).ShouldBe(["OK", "ALARM"]);
        }
        finally
        {
            await source.StartAsync();
        }

        await ChangeAsync(3);
        await _cloud.UntilAsync("sakila-source-latency", "OK", 20);
        await _cloud.UntilAsync("sakila-pipeline", "OK", 40);
    }

    [Fact]
    public async Task Target_ThatGathersTooLong_IsLateAndCallsOnce()
    {
        await ReplicateAsync("""  "CdcMaxBatchInterval":3600 """);
        await ChangeAsync(2);
        // A quarter of an hour until it is late, and another one in which it is.
        (await _cloud.UntilAsync("sakila-target-latency", "ALARM", 60)).ShouldBeInRange(25, 33);
        (await _cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldBe(["OK", "ALARM"]);
        await _cloud.UntilAsync("sakila-target-latency", "OK", 60);
        await _cloud.UntilAsync("sakila-pipeline", "OK", 2);
        (await _cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldBe(["OK", "ALARM", "OK"]);
    }

    [Fact]
    public async Task Disk_ThatFillsUp_Calls()
    {
        await ReplicateAsync();
        var file = Path.Combine(_dms.Cloud.Get<TaskServices>().FolderOf(_task), "large");
        await using (var large = File.Create(file))
            large.SetLength(44L << 30);
        (await _cloud.UntilAsync("sakila-instance-storage", "ALARM", 30)).ShouldBe(12);
        (await _cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldBe(["OK", "ALARM"]);
        File.Delete(file);
        await _cloud.UntilAsync("sakila-instance-storage", "OK", 20);
    }

    private async Task ReplicateAsync(string target = """ "CdcMaxBatchInterval":60 """)
    {
        _task = await _dms.TaskAsync(Schema, target: await _dms.TargetAsync("target", target));
        _cloud = new(_dms.Cloud);
        await _cloud.DeployAsync(("ReplicationTask", _task));
        await _dms.StartAsync(_task);
        await _dms.CapturingAsync(_task);
        await _cloud.MinutesAsync(5);
        foreach (var alarm in new[] { "source-latency", "target-latency", "instance-storage", "instance-memory", "instance-processor", "pipeline" })
            (await _cloud.StateAsync($"sakila-{alarm}")).ShouldBe("OK");
    }

    private TaskRunner Runner => _dms.Cloud.Get<TaskRunners>().Find(_task)!;

    /// <summary>A change in the source, which the task has captured, when its worker is there again.</summary>
    private async Task ChangeAsync(int id)
    {
        await source.ExecuteAsync($"INSERT INTO `{Schema}`.t VALUES ({id});");
        while (Runner.Changes.Waiting.Changes == 0)
        {
            if (Runner.IsRecovering)
                await _cloud.MinutesAsync(1);
            await Task.Delay(5);
        }
    }

    /// <summary>Waits until the task has noticed that its worker ended, and has scheduled the next: until then no time may pass.</summary>
    private async Task GoneAsync()
    {
        while (!Runner.IsRecovering)
            await Task.Delay(5);
    }
}
