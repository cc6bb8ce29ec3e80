using System.Diagnostics;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Tests.Dms;

[Collection(nameof(MariaDb))]
public sealed class HeaderColumnTests(MariaDb source)
{
    private const string Sequence = """
        {"rule-type":"transformation","rule-id":"9","rule-name":"9","rule-action":"add-column","rule-target":"column","object-locator":{"schema-name":"%","table-name":"%"},
         "value":"change_seq","expression":"$AR_H_CHANGE_SEQ","data-type":{"type":"string","length":50}}
        """;

    [Fact]
    public async Task Headers_OfLoadAndChanges_StandBehindTheColumns()
    {
        await source.ExecuteAsync("CREATE DATABASE headers; CREATE TABLE headers.t (id INT PRIMARY KEY); INSERT INTO headers.t VALUES (1);");
        await using var dms = await DmsCloud.StartAsync(source);
        var rules = string.Concat(new[] { "AR_H_CHANGE_SEQ", "AR_H_STREAM_POSITION", "AR_H_OPERATION", "AR_H_TIMESTAMP", "AR_H_COMMIT_TIMESTAMP" }.Select((header, i) => "," + Rule(header, i)));
        var target = await dms.TargetAsync("headed", """ "IncludeOpForFullLoad":true,"AddColumnName":true """);
        var task = await dms.TaskAsync("headers", target: target, rules: rules);
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("""
            SET timestamp = UNIX_TIMESTAMP('2026-11-20 10:11:12'); INSERT INTO headers.t VALUES (2);
            START TRANSACTION; UPDATE headers.t SET id = 3 WHERE id = 1; DELETE FROM headers.t WHERE id = 2; COMMIT;
            SET timestamp = UNIX_TIMESTAMP('2026-11-20 10:11:11'); INSERT INTO headers.t VALUES (4);
            """);
        await dms.CaughtUpAsync(task);
        await dms.StopAsync(task);

        var load = dms.Text("sakila/headers/t/LOAD00000001.csv").Split('\n');
        load[0].ShouldBe("Op,id,ar_h_change_seq,ar_h_stream_position,ar_h_operation,ar_h_timestamp,ar_h_commit_timestamp");
        load[1].ShouldMatch("^I,1,,,INSERT,2026-11-20 09:00:[0-9.]{9},2026-11-20 09:00:[0-9.]{9}$");
        var changes = Landing.Rows(dms.Text(dms.Objects().Single(one => !one.Key.Contains("LOAD", StringComparison.Ordinal)).Key)).Skip(1).ToList();
        changes.Select(row => $"{row[0]} {row[1]} {row[2]} {row[4]} {row[5]} {row[6]}").ShouldBe(
        [
            "I 2 20261120101112000000000000000000001 INSERT 2026-11-20 10:11:12.000000 2026-11-20 10:11:12.000000",
            "D 1 20261120101112000000000000000000002 DELETE 2026-11-20 10:11:12.000000 2026-11-20 10:11:12.000000",
            "I 3 20261120101112000000000000000000003 INSERT 2026-11-20 10:11:12.000000 2026-11-20 10:11:12.000000",
            "D 2 20261120101112000000000000000000004 DELETE 2026-11-20 10:11:12.000000 2026-11-20 10:11:12.000000",
            // Committed after them, by a clock that went back.
            "I 4 20261120101112000000000000000000005 INSERT 2026-11-20 10:11:11.000000 2026-11-20 10:11:11.000000",
        ]);
        changes.ShouldAllBe(row => row[3].StartsWith("mysql-bin-changelog.0", StringComparison.Ordinal) && row[3].Contains(':'));
    }

    [Fact]
    public async Task ChangeSequence_OverKillsRestartsAndResumes_GrowsFromChangeToChange()
    {
        await source.ExecuteAsync("CREATE DATABASE ordered; USE ordered; CREATE TABLE a (id INT PRIMARY KEY, n INT); CREATE TABLE b (id INT PRIMARY KEY, n INT); INSERT INTO a VALUES (1, 0); INSERT INTO b VALUES (1, 0);");
        var data = Directory.CreateTempSubdirectory("dms-").FullName;
        await using (var dms = await DmsCloud.StartAsync(source, data))
        {
            var task = await dms.TaskAsync("ordered", rules: "," + Sequence);
            await dms.StartAsync(task);
            await dms.CapturingAsync(task);
            var n = 0;
            await ChangeAsync(10);
            await KillWorkerAsync(dms, task);
            await ChangeAsync(10);
            await dms.CaughtUpAsync(task);
            await ChangeAsync(10);
            await dms.Cloud.RestartAsync();
            await ChangeAsync(10);
            await dms.CaughtUpAsync(task);
            await dms.StopAsync(task);
            await ChangeAsync(10);
            await dms.StartAsync(task, "resume-processing");
            await dms.CapturingAsync(task);
            await dms.CaughtUpAsync(task);
            await dms.StopAsync(task);

            var changes = dms.Objects().SelectMany(one => Landing.Rows(dms.Text(one.Key))).Where(row => row[3].Length > 0).OrderBy(row => row[3], StringComparer.Ordinal).ToList();
            changes.Select(row => row[2]).ShouldBe(Enumerable.Range(1, n).Select(number => $"{number}"));
            changes.Select(row => row[3]).Distinct().Count().ShouldBe(n);

            async Task ChangeAsync(int times)
            {
                for (var i = 0; i < times; i++)
                    await source.ExecuteAsync($"UPDATE ordered.{(++n % 2 == 0 ? "a" : "b")} SET n = {n};");
            }
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task ChangeSequence_InParquet_IsAText_AndAReloadLeavesNoneOfBefore()
    {
        await source.ExecuteAsync("CREATE DATABASE again; CREATE TABLE again.t (id INT PRIMARY KEY); INSERT INTO again.t VALUES (1);");
        await using var dms = await DmsCloud.StartAsync(source);
        var target = await dms.TargetAsync("columns", """ "IncludeOpForFullLoad":true,"DataFormat":"parquet","DatePartitionEnabled":true """);
        var task = await dms.TaskAsync("again", target: target, rules: "," + Sequence);
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("INSERT INTO again.t VALUES (2);");
        await dms.CaughtUpAsync(task);
        await dms.StopAsync(task);
        using var connection = dms.Cloud.Get<DuckDatabase>().Connect();
        Texts().ShouldBe("1='' 2='35'");
        dms.Objects().Count.ShouldBe(2);

        await dms.StartAsync(task, "reload-target");
        await dms.CapturingAsync(task);
        Texts().ShouldBe("1='' 2=''");
        dms.Objects().ShouldHaveSingleItem().Key.ShouldBe("sakila/again/t/LOAD00000001.parquet");
        await dms.StopAsync(task);

        string? Texts() => (string?)connection.Scalar(
            $"SELECT string_agg(id || '=''' || CASE WHEN change_seq = '' THEN '' ELSE length(change_seq)::VARCHAR END || '''', ' ' ORDER BY id) FROM read_parquet({Sql.List(dms.Objects().Select(one => one.File))}, hive_partitioning = false)");
    }

    [Theory]
    [InlineData(""" "expression":"$FIRST||$LAST","data-type":{"type":"string","length":50} """, "NotImplementedByLocalCloud: The expression $FIRST||$LAST in table mappings")]
    [InlineData(""" "expression":"$AR_H_USER","data-type":{"type":"string","length":50} """, "NotImplementedByLocalCloud: The expression $AR_H_USER in table mappings")]
    [InlineData(""" "expression":"$AR_H_CHANGE_SEQ","data-type":{"type":"string","length":20} """, "NotImplementedByLocalCloud: A length of 20 for $AR_H_CHANGE_SEQ, which has up to 35 characters, is not supported by the local cloud.")]
    [InlineData(""" "expression":"$AR_H_TIMESTAMP","data-type":{"type":"string","length":50} """, "InvalidParameterValueException: Invalid table mappings document: $AR_H_TIMESTAMP is of the data-type datetime.")]
    public async Task Expressions_ThatAreNoHeaders_AreRefusedByName(string members, string error)
    {
        await using var dms = await DmsCloud.StartAsync(source);
        var name = $"refused-{error.Length}";
        var (origin, target) = (await dms.SourceAsync($"{name}-s"), await dms.TargetAsync($"{name}-t"));
        await dms.TestAsync(origin);
        await dms.TestAsync(target);
        var rules = $$"""
            {"rules":[{"rule-type":"selection","rule-id":"1","rule-name":"1","object-locator":{"schema-name":"x","table-name":"%"},"rule-action":"include"},
            {"rule-type":"transformation","rule-id":"2","rule-name":"2","rule-action":"add-column","rule-target":"column","object-locator":{"schema-name":"x","table-name":"%"},"value":"c",{{members}} }]}
            """;
        (await dms.ErrorAsync("CreateReplicationTask", new System.Text.Json.Nodes.JsonObject
        {
            ["ReplicationTaskIdentifier"] = name,
            ["SourceEndpointArn"] = origin,
            ["TargetEndpointArn"] = target,
            ["ReplicationInstanceArn"] = dms.Instance,
            ["MigrationType"] = "cdc",
            ["TableMappings"] = rules,
        }.ToJsonString())).ShouldStartWith(error);
    }

    private static string Rule(string header, int i) => $$"""
        {"rule-type":"transformation","rule-id":"{{i + 2}}","rule-name":"{{i}}","rule-action":"add-column","rule-target":"column","object-locator":{"schema-name":"headers","table-name":"%"},
         "value":"{{header.ToLowerInvariant()}}","expression":"${{header}}","data-type":{{(header.EndsWith("TIMESTAMP", StringComparison.Ordinal) ? """{"type":"datetime","scale":6}""" : """{"type":"string","length":50}""")}} }
        """;

    private static async Task KillWorkerAsync(DmsCloud dms, string task)
    {
        var runner = dms.Cloud.Get<TaskRunners>().Find(task)!;
        var id = runner.WorkerId!.Value;
        using (var worker = Process.GetProcessById(id))
            worker.Kill();
        while (runner.WorkerId is null || runner.WorkerId == id)
            await dms.Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
    }
}
