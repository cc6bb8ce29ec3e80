namespace PipelineStacks.LocalCloud.Tests.Dms;

[Collection(nameof(MariaDb))]
public sealed class FailureTests(MariaDb source)
{
    [Fact]
    public async Task Connection_ThatFails_SaysWhy()
    {
        await using var dms = await DmsCloud.StartAsync(source);
        (await dms.TestAsync(await dms.SourceAsync("wrong", password: "wrong"))).ShouldMatch("^failed Test Endpoint failed: .*Access denied for user 'dms'@'[^']+' \\(using password: YES\\)$");
        (await dms.TestAsync(await dms.SourceAsync("away", port: 1))).ShouldMatch("^failed Test Endpoint failed: .*Can't connect to MySQL server on '127.0.0.1:1' \\(ECONNREFUSED\\)$");
    }

    [Fact]
    public async Task Source_WithoutGrants_FailsTheTask()
    {
        await source.ExecuteAsync("CREATE DATABASE grants; CREATE TABLE grants.t (id INT PRIMARY KEY); CREATE USER reader@'%' IDENTIFIED BY 'r'; GRANT SELECT ON grants.* TO reader@'%';");
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("grants", origin: await dms.SourceAsync("reader", "reader", "r"));
        await dms.StartAsync(task);
        (await dms.EndedAsync(task)).ShouldContain("The source user lacks the REPLICATION CLIENT and REPLICATION SLAVE privileges");
    }

    [Fact]
    public async Task Source_WithStatementFormat_FailsTheTask()
    {
        await source.ExecuteAsync("CREATE DATABASE statements; CREATE TABLE statements.t (id INT PRIMARY KEY); SET GLOBAL binlog_format = STATEMENT;");
        try
        {
            await using var dms = await DmsCloud.StartAsync(source);
            var task = await dms.TaskAsync("statements");
            await dms.StartAsync(task);
            (await dms.EndedAsync(task)).ShouldMatch("^failed Stop Reason FATAL_ERROR Error Level FATAL Last Error Binary Logging must use ROW format for MySQL server: 'binlog_format' is STATEMENT\\.");
        }
        finally
        {
            await source.ExecuteAsync("SET GLOBAL binlog_format = ROW;");
        }
    }

    [Fact]
    public async Task Selection_WithoutTables_FailsTheTask()
    {
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("nothing");
        await dms.StartAsync(task);
        (await dms.EndedAsync(task)).ShouldContain("No tables were found at task initialization.");
    }

    [Fact]
    public async Task Task_WithUntestedEndpoints_DoesNotStart()
    {
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("untested");
        await dms.CallAsync("ModifyEndpoint", $$"""{"EndpointArn":"{{(await dms.DescribeAsync(task))["SourceEndpointArn"]}}","Port":{{source.Port}}}""");
        (await dms.ErrorAsync("StartReplicationTask", $$"""{"ReplicationTaskArn":"{{task}}","StartReplicationTaskType":"start-replication"}"""))
            .ShouldStartWith("InvalidResourceStateFault: Test connection for replication instance and endpoint should be successful");
    }
}
