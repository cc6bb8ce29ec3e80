using System.Diagnostics;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Tests.Rds;

/// <summary>What changes an instance, one after the other on an instance of their own.</summary>
public sealed class InstanceLifeTests(DatabaseCloud database) : IClassFixture<DatabaseCloud>
{
    private readonly TestCloud _cloud = database.Cloud;

    [Fact]
    public async Task Instance_ThroughItsLife_KeepsItsData()
    {
        await database.QueryAsync("CREATE TABLE sakila.t (id INT PRIMARY KEY); INSERT INTO sakila.t VALUES (42);");

        // A changed password, at once.
        await UpdateAsync(properties => properties["MasterUserPassword"] = "another-1");
        (await Should.ThrowAsync<ServiceException>(() => database.QueryAsync("SELECT 1"))).Message.ShouldContain("Access denied");
        (await SelectAsync()).ShouldBe("42\n");

        // A dynamic parameter at once, a static one after a reboot.
        await ParametersAsync("""{"binlog_row_image":"FULL"}""", """{"binlog_row_image":"MINIMAL","lower_case_table_names":0,"performance_schema":1}""");
        (await database.QueryAsync("SELECT @@global.binlog_row_image, @@performance_schema", password: "another-1")).ShouldBe("MINIMAL\t0\n");
        database.State.ParameterStatus.ShouldBe("pending-reboot");
        await _cloud.QueryAsync("rds", "RebootDBInstance", ("DBInstanceIdentifier", "films"));
        (await database.QueryAsync("SELECT @@global.binlog_row_image, @@performance_schema", password: "another-1")).ShouldBe("MINIMAL\t1\n");
        database.State.ParameterStatus.ShouldBe("in-sync");

        // Stopped and started.
        await _cloud.QueryAsync("rds", "StopDBInstance", ("DBInstanceIdentifier", "films"));
        (await Should.ThrowAsync<ServiceException>(SelectAsync)).Message.ShouldContain("Can't connect");
        (await _cloud.QueryErrorAsync("rds", "StopDBInstance", ("DBInstanceIdentifier", "films"))).ShouldBe("InvalidDBInstanceState: Instance films is not in available state.");
        await _cloud.QueryAsync("rds", "StartDBInstance", ("DBInstanceIdentifier", "films"));
        (await SelectAsync()).ShouldBe("42\n");

        // Without backups there is no binary log.
        await UpdateAsync(properties => properties["BackupRetentionPeriod"] = 0);
        (await database.QueryAsync("SELECT @@log_bin", password: "another-1")).ShouldBe("0\n");

        // A killed server comes back by itself, with its data.
        Process.GetProcessById(int.Parse((await File.ReadAllTextAsync(Path.Combine(database.Folder, "keeper.pid"))).Trim(), System.Globalization.CultureInfo.InvariantCulture)).Kill();
        var waited = Stopwatch.StartNew();
        var answer = "";
        while (answer != "42\n" && waited.Elapsed < TimeSpan.FromMinutes(2))
        {
            try
            {
                answer = await SelectAsync();
            }
            catch (ServiceException error) when (error.Code == "DatabaseError")
            {
                answer = error.Message;
            }
        }

        answer.ShouldBe("42\n");

        // A protected one stays; another one goes, and leaves its snapshot.
        await UpdateAsync(properties => properties["DeletionProtection"] = true);
        (await Should.ThrowAsync<ServiceException>(async () => await DeleteAsync())).Message.ShouldStartWith("Cannot delete protected DB Instance");
        (await SelectAsync()).ShouldBe("42\n");
        await UpdateAsync(properties => properties["DeletionProtection"] = false);
        await _cloud.QueryAsync("rds", "DeleteDBInstance", ("DBInstanceIdentifier", "films"), ("FinalDBSnapshotIdentifier", "last"));
        (await _cloud.QueryAsync("rds", "DescribeDBSnapshots")).Descendants("DBSnapshotIdentifier").Single().Value.ShouldBe("last");
        Directory.Exists(database.Folder).ShouldBeFalse();
        await _cloud.QueryAsync("rds", "DeleteDBSnapshot", ("DBSnapshotIdentifier", "last"));
        (await _cloud.QueryAsync("rds", "DescribeDBInstances")).Descendants("DBInstance").ShouldBeEmpty();
    }

    private Task<string> SelectAsync() => database.QueryAsync("SELECT id FROM sakila.t", password: "another-1");

    private async Task UpdateAsync(Action<JsonObject> change)
    {
        var after = DatabaseCloud.Properties;
        change(after);
        await _cloud.Provisioner(DatabaseCloud.Type).UpdateAsync(_cloud.Context(DatabaseCloud.Type), "films", DatabaseCloud.Properties, after);
    }

    private async Task ParametersAsync(string before, string after) =>
        await _cloud.Provisioner("AWS::RDS::DBParameterGroup").UpdateAsync(_cloud.Context("AWS::RDS::DBParameterGroup"), "cdc", Group(before), Group(after));

    private static JsonObject Group(string parameters) =>
        JsonNode.Parse($$"""{"DBParameterGroupName":"cdc","Family":"mysql8.4","Description":"changes","Parameters":{{parameters}}}""")!.AsObject();

    private async Task DeleteAsync() =>
        await _cloud.Provisioner(DatabaseCloud.Type).DeleteAsync(_cloud.Context(DatabaseCloud.Type), "films", DatabaseCloud.Properties);
}
