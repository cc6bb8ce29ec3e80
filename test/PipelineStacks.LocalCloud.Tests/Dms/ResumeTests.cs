namespace PipelineStacks.LocalCloud.Tests.Dms;

[Collection(nameof(MariaDb))]
public sealed class ResumeTests(MariaDb source)
{
    [Fact]
    public async Task Task_ThatRan_GoesOnWhenTheCloudStartsAgain_AndAfterAStop()
    {
        await source.ExecuteAsync("CREATE DATABASE resumed; CREATE TABLE resumed.t (id INT PRIMARY KEY, v VARCHAR(20)); INSERT INTO resumed.t VALUES (1, 'one');");
        var data = Directory.CreateTempSubdirectory("dms-").FullName;
        await using (var dms = await DmsCloud.StartAsync(source, data))
        {
            var task = await dms.TaskAsync("resumed");
            await dms.StartAsync(task);
            await dms.CapturingAsync(task);
            await source.ExecuteAsync("INSERT INTO resumed.t VALUES (2, 'two');");
            await dms.CaughtUpAsync(task);
            await dms.Cloud.RestartAsync();
            await source.ExecuteAsync("UPDATE resumed.t SET v = 'zwei' WHERE id = 2;");
            await dms.CaughtUpAsync(task);
            await dms.StopAsync(task);
            await source.ExecuteAsync("DELETE FROM resumed.t WHERE id = 1; INSERT INTO resumed.t VALUES (3, 'three');");
            (await dms.ErrorAsync("StartReplicationTask", $$"""{"ReplicationTaskArn":"{{task}}","StartReplicationTaskType":"start-replication"}"""))
                .ShouldBe("InvalidParameterCombinationException: Start Type : START_REPLICATION, valid only for tasks running for the first time");
            await dms.StartAsync(task, "resume-processing");
            await dms.CapturingAsync(task);
            await dms.CaughtUpAsync(task);
            await dms.StopAsync(task);
            Landing.Reconstruct(dms, "resumed/t").ShouldBe(await Landing.SourceAsync(source, "resumed.t"));
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Truncate_OfTheSource_DeletesTheTablesFiles()
    {
        await source.ExecuteAsync("CREATE DATABASE emptied; CREATE TABLE emptied.t (id INT PRIMARY KEY, v VARCHAR(20)); INSERT INTO emptied.t VALUES (1, 'one');");
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("emptied");
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("INSERT INTO emptied.t VALUES (2, 'two'); TRUNCATE TABLE emptied.t; ALTER TABLE emptied.t ADD COLUMN n INT; INSERT INTO emptied.t VALUES (3, 'three', 3);");
        await dms.CaughtUpAsync(task);
        await dms.StopAsync(task);
        dms.Text(dms.Objects().ShouldHaveSingleItem().Key).ShouldBe("I,3,three,3\n");
    }
}
