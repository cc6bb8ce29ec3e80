using System.Diagnostics;
using System.Text;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Tests.Dms;

[Collection(nameof(MariaDb))]
public sealed class ReplicationTests(MariaDb source)
{
    private static readonly TimeSpan Batch = TimeSpan.FromSeconds(61);

    [Fact]
    public async Task FullLoad_OfAllTables_IsWrittenAsDmsWritesIt()
    {
        await source.ExecuteAsync("""
            CREATE DATABASE full; USE full;
            CREATE TABLE actor (id SMALLINT UNSIGNED PRIMARY KEY, name VARCHAR(45), born DATE, fee DECIMAL(5,2));
            INSERT INTO actor VALUES (1, 'PENELOPE', '1974-04-28', 4.99), (2, 'O"HARA, "X"', NULL, NULL), (3, 'NULL', '2000-01-01', -0.50), (4, '', NULL, 0), (5, 'two
            lines', NULL, NULL);
            CREATE TABLE empty_one (id INT PRIMARY KEY);
            """);
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("full", "full-load", await dms.TargetAsync("named", """ "IncludeOpForFullLoad":true,"AddColumnName":true """));
        await dms.StartAsync(task);

        (await dms.EndedAsync(task)).ShouldBe("stopped Stop Reason FULL_LOAD_ONLY_FINISHED ");
        dms.Objects().Select(one => one.Key).ShouldBe(["sakila/full/actor/LOAD00000001.csv"]);
        dms.Text("sakila/full/actor/LOAD00000001.csv").ShouldBe(
            "Op,id,name,born,fee\nI,1,PENELOPE,1974-04-28,4.99\nI,2,\"O\"\"HARA, \"\"X\"\"\",NULL,NULL\nI,3,\"NULL\",2000-01-01,-0.50\nI,4,,NULL,0.00\nI,5,\"two\nlines\",NULL,NULL\n");
        var statistics = (await dms.CallAsync("DescribeTableStatistics", $$"""{"ReplicationTaskArn":"{{task}}"}"""))["TableStatistics"]!.AsArray();
        statistics.Select(table => $"{table!["TableName"]} {table["FullLoadRows"]} {table["TableState"]}").ShouldBe(["actor 5 Table completed", "empty_one 0 Table completed"]);
        (await dms.DescribeAsync(task))["ReplicationTaskStats"]!["FullLoadProgressPercent"]!.ToString().ShouldBe("100");
    }

    [Fact]
    public async Task Changes_AfterTheLoad_ComeInCommitOrderByBatch()
    {
        await source.ExecuteAsync("CREATE DATABASE changing; CREATE TABLE changing.t (id INT PRIMARY KEY, v VARCHAR(20)); INSERT INTO changing.t VALUES (1, 'one');");
        await using var dms = await DmsCloud.StartAsync(source);
        var target = await dms.TargetAsync("partitioned", """ "IncludeOpForFullLoad":true,"DatePartitionEnabled":true,"TimestampColumnName":"ts" """);
        var task = await dms.TaskAsync("changing", target: target);
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("""
            SET timestamp = UNIX_TIMESTAMP('2026-11-20 10:11:12'); INSERT INTO changing.t VALUES (2, 'two');
            START TRANSACTION; UPDATE changing.t SET v = 'uno' WHERE id = 1; DELETE FROM changing.t WHERE id = 2; COMMIT;
            START TRANSACTION; INSERT INTO changing.t VALUES (9, 'never'); ROLLBACK;
            SET timestamp = UNIX_TIMESTAMP('2026-11-21 00:00:00'); INSERT INTO changing.t VALUES (3, 'a,b');
            """);
        await dms.CaughtUpAsync(task);
        await dms.Cloud.AdvanceAsync(Batch);

        var changes = dms.Objects().Where(one => !one.Key.Contains("LOAD", StringComparison.Ordinal)).ToList();
        changes[0].Key.ShouldMatch("^sakila/changing/t/2026/11/20/[0-9]{8}-[0-9]{9}\\.csv$");
        dms.Text(changes[0].Key).ShouldBe("""
            I,2026-11-20 10:11:12.000000,2,two
            U,2026-11-20 10:11:12.000000,1,uno
            D,2026-11-20 10:11:12.000000,2,two

            """);
        changes[1].Key.ShouldStartWith("sakila/changing/t/2026/11/21/");
        dms.Text(changes[1].Key).ShouldBe("I,2026-11-21 00:00:00.000000,3,\"a,b\"\n");
        changes.Count.ShouldBe(2);
        await dms.StopAsync(task);
    }

    // As the log has them, after an update and before a deletion; of which row they were is for the reader to guess.
    [Fact]
    public async Task Changes_OfATableWithoutAKey_AreWritten_AndTold()
    {
        await source.ExecuteAsync("CREATE DATABASE keyless; CREATE TABLE keyless.t (v VARCHAR(20), notes TEXT); INSERT INTO keyless.t VALUES ('one', 'loaded');");
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("keyless");
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("INSERT INTO keyless.t VALUES ('two', 'added'); UPDATE keyless.t SET v = 'uno' WHERE v = 'one'; DELETE FROM keyless.t WHERE v = 'two';");
        await dms.CaughtUpAsync(task);
        (await dms.DescribeAsync(task))["LastFailureMessage"]!.ToString().ShouldStartWith("Last Error Table 'keyless'.'t' has no primary key or unique index: ");
        await dms.StopAsync(task);

        dms.Objects().Select(one => dms.Text(one.Key)).Order(StringComparer.Ordinal).ShouldBe(["I,one,loaded\n", "I,two,NULL\nU,uno,NULL\nD,two,NULL\n"], ignoreOrder: true);
    }

    [Fact]
    public async Task RandomChanges_WithTheWorkerKilled_ReconstructTheSource()
    {
        var random = new Random(7);
        var setup = new StringBuilder("CREATE DATABASE random; USE random;");
        for (var table = 0; table < 5; table++)
            setup.Append($"CREATE TABLE t{table} (id INT PRIMARY KEY, v VARCHAR(50), n DECIMAL(9,3)); INSERT INTO t{table} SELECT seq, CONCAT('v', seq), seq / 7 FROM seq_1_to_500;");
        await source.ExecuteAsync(setup.ToString());
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("random");
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);

        for (var round = 0; round < 4; round++)
        {
            await source.ExecuteAsync("USE random;" + string.Concat(Enumerable.Range(0, 2500).Select(_ => Change(random))));
            if (round == 1)
                await dms.Cloud.AdvanceAsync(Batch);
            await KillWorkerAsync(dms, task);
        }

        await dms.CaughtUpAsync(task);
        await dms.Cloud.AdvanceAsync(Batch);
        for (var table = 0; table < 5; table++)
            Landing.Reconstruct(dms, $"random/t{table}").ShouldBe(await Landing.SourceAsync(source, $"random.t{table}"));
        await dms.StopAsync(task);
    }

    // As kill -9; it is started again on the cloud's time.
    private static async Task KillWorkerAsync(DmsCloud dms, string task)
    {
        var runner = dms.Cloud.Get<TaskRunners>().Find(task)!;
        var id = runner.WorkerId!.Value;
        using (var worker = Process.GetProcessById(id))
            worker.Kill();
        while (runner.WorkerId is null || runner.WorkerId == id)
            await dms.Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
    }

    private static string Change(Random random)
    {
        var (table, id) = ($"t{random.Next(5)}", random.Next(1, 1000));
        return random.Next(4) switch
        {
            0 => $"INSERT INTO {table} VALUES ({id}, 'new{random.Next()}', {random.Next(1000)}) ON DUPLICATE KEY UPDATE v = 'again{random.Next()}';",
            1 => $"DELETE FROM {table} WHERE id = {id};",
            2 => $"UPDATE IGNORE {table} SET id = {random.Next(1, 1000)} WHERE id = {id};",
            _ => $"UPDATE {table} SET n = n + 1, v = 'u{random.Next()}' WHERE id BETWEEN {id} AND {id + 2};",
        };
    }
}
