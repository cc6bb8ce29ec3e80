using PipelineStacks.LocalCloud.Tests.Dms;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>A replication that fails and one that somebody stops.</summary>
[Collection(nameof(MariaDb))]
public sealed class ReplicationAlarmTests(MariaDb source)
{
    [Fact]
    public async Task Task_ThatFails_Calls_AndOneThatIsStopped_IsTold()
    {
        await source.ExecuteAsync("CREATE DATABASE alarms; CREATE TABLE alarms.t (id INT PRIMARY KEY); INSERT INTO alarms.t VALUES (1);");
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("alarms");
        var cloud = new AlarmCloud(dms.Cloud);
        await cloud.DeployAsync(("ReplicationTask", task));

        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await dms.StopAsync(task);
        (await cloud.UntilAsync("sakila-task-stopped", "ALARM", 3)).ShouldBeLessThanOrEqualTo(2);
        (await cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldNotContain("ALARM");
        await cloud.UntilAsync("sakila-task-stopped", "OK", 20);

        await source.ExecuteAsync("SET GLOBAL binlog_format = STATEMENT;");
        try
        {
            await dms.StartAsync(task, "resume-processing");
            (await dms.EndedAsync(task)).ShouldStartWith("failed");
        }
        finally
        {
            await source.ExecuteAsync("SET GLOBAL binlog_format = ROW;");
        }
        (await cloud.UntilAsync("sakila-task-failed", "ALARM", 3)).ShouldBeLessThanOrEqualTo(2);
        (await cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldContain("ALARM");

        await dms.StartAsync(task, "resume-processing");
        await dms.CapturingAsync(task);
        await cloud.UntilAsync("sakila-task-failed", "OK", 20);
        await cloud.UntilAsync("sakila-pipeline", "OK", 20);
    }
}
