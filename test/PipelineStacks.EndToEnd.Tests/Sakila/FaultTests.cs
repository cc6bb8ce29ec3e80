using System.Text.Json.Nodes;
using PipelineStacks.Model;

namespace PipelineStacks.EndToEnd.Tests.Sakila;

/// <summary>The sample database, deployed, prepared and filled once, for faults that come and go.</summary>
public sealed class FaultyCloud : IAsyncLifetime
{
    public SakilaCloud Sakila { get; } = new();

    public async Task InitializeAsync()
    {
        await Sakila.InitializeAsync();
        await Sakila.DeployAsync(Sakila.Assembly);
        await Sakila.DoneAsync("database", "prepare");
        await Sakila.DoneAsync("database", "seed", "--generate", "7");
    }

    public Task DisposeAsync() => Sakila.DisposeAsync();
}

/// <summary>What can be wrong with a source, as DMS says it by its API and the command line to those who start or watch the task.</summary>
public sealed class FaultTests(FaultyCloud fixture) : IClassFixture<FaultyCloud>, IAsyncLifetime
{
    private readonly SakilaCloud _sakila = fixture.Sakila;

    public Task InitializeAsync() => _sakila.DoneAsync("replication", "stop");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Password_ThatIsWrong_FailsTheConnection()
    {
        var secret = await _sakila.ReplicationSecretAsync();
        var wrong = secret.DeepClone();
        wrong["password"] = "wrong";
        await _sakila.PutReplicationSecretAsync(wrong);

        var printed = await _sakila.FailedAsync("replication", "start");

        await _sakila.PutReplicationSecretAsync(secret);
        printed.ShouldContain("Connection to the source pipelines-dev-source: failed");
        printed.ShouldContain("Connection to the target pipelines-dev-target: successful");
        printed.ShouldMatch("DMS can't connect to the source pipelines-dev-source: Test Endpoint failed: .*Access denied for user '[^']+'@'[^']+' \\(using password: YES\\)");
        (await _sakila.AwsAsync("dms", "describe-connections", "--query", "Connections[?Status=='failed'].LastFailureMessage")).ShouldContain("Access denied for user");
        (await _sakila.PythonAsync("""
            dms = client("dms")
            task = dms.describe_replication_tasks()["ReplicationTasks"][0]
            try:
                dms.start_replication_task(ReplicationTaskArn=task["ReplicationTaskArn"], StartReplicationTaskType="reload-target" if "ReplicationTaskStartDate" in task else "start-replication")
            except dms.exceptions.InvalidResourceStateFault as error:
                print(error)
            """)).ShouldContain("Test connection for replication instance and endpoint should be successful for starting the replication task.");
    }

    [Fact]
    public async Task Server_ThatIsAway_FailsTheConnection_AndIsWaitedForByATaskThatRuns()
    {
        var instance = await _sakila.AwsAsync("rds", "describe-db-instances", "--query", "DBInstances[0].DBInstanceIdentifier");
        await _sakila.DoneAsync("replication", "start", "--loaded");
        await _sakila.AwsAsync("rds", "stop-db-instance", "--db-instance-identifier", instance);
        while (!(await _sakila.TaskAsync("LastFailureMessage")).Contains("Can't connect to MySQL server on '127.0.0.1:", StringComparison.Ordinal))
            (await _sakila.TaskAsync("Status")).ShouldBe("running");
        (await _sakila.DoneAsync("replication", "status")).ShouldMatch("is running: .*\n.*Can't connect to MySQL server on '127.0.0.1:[0-9]+' \\((ECONNREFUSED|PROTOCOL_CONNECTION_LOST)\\)");
        await _sakila.DoneAsync("replication", "stop");

        (await _sakila.FailedAsync("replication", "start")).ShouldMatch("DMS can't connect to the source .*Can't connect to MySQL server on '127.0.0.1:[0-9]+' \\(ECONNREFUSED\\)");
        (await _sakila.FailedAsync("database", "counts")).ShouldContain("Nothing listens there: is the database running?");

        await _sakila.AwsAsync("rds", "start-db-instance", "--db-instance-identifier", instance);
        await _sakila.DoneAsync("replication", "start");
        await _sakila.CaughtUpAsync();
    }

    [Fact]
    public async Task Authority_ThatNobodyNames_IsNotTrusted()
    {
        var function = await _sakila.OutputAsync(new Names("dev").SourceDatabaseStack, Names.DatabaseAdminOutput);
        var variables = JsonNode.Parse((await _sakila.Cloud.AwsAsync("lambda", "get-function-configuration", "--function-name", function, "--query", "Environment", "--output", "json")).Succeeded())!;
        var without = variables.DeepClone();
        without["Variables"]!.AsObject().Remove("NODE_EXTRA_CA_CERTS").ShouldBeTrue();
        await _sakila.AwsAsync("lambda", "update-function-configuration", "--function-name", function, "--environment", without.ToJsonString());

        var printed = await _sakila.FailedAsync("database", "counts");

        await _sakila.AwsAsync("lambda", "update-function-configuration", "--function-name", function, "--environment", variables.ToJsonString());
        printed.ShouldContain("self-signed certificate in certificate chain. No authority of RDS has signed its certificate: set database.tls to \"none\" for a database that isn't of RDS.");
        (await _sakila.DoneAsync("database", "counts")).ShouldContain("16,049");
    }

    [Fact]
    public async Task User_WithoutGrants_FailsTheTask_UntilTheDatabaseIsPrepared()
    {
        var user = (await _sakila.ReplicationSecretAsync())["username"]!;
        await _sakila.SqlAsync($"REVOKE REPLICATION SLAVE, REPLICATION CLIENT ON *.* FROM '{user}'@'%';");
        await ShouldFailAsync("The source user lacks the REPLICATION CLIENT and REPLICATION SLAVE privileges that change data capture needs.");

        await _sakila.SqlAsync($"REVOKE ALL PRIVILEGES, GRANT OPTION FROM '{user}'@'%'; GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '{user}'@'%';");
        await ShouldFailAsync("No tables were found at task initialization.", "--reload");

        await _sakila.DoneAsync("database", "prepare");
        await _sakila.DoneAsync("replication", "start", "--loaded");
    }

    [Fact]
    public async Task BinaryLog_OfStatements_FailsTheTask()
    {
        await _sakila.SqlAsync("SET GLOBAL binlog_format = STATEMENT;");
        try
        {
            await ShouldFailAsync("Binary Logging must use ROW format for MySQL server: 'binlog_format' is STATEMENT. Set it to ROW, and resume the task.");
        }
        finally
        {
            await _sakila.SqlAsync("SET GLOBAL binlog_format = ROW;");
        }

        await _sakila.DoneAsync("replication", "start", "--loaded");
    }

    [Fact]
    public async Task Table_WithoutAKey_IsTold_AndItsChangesAreWrittenWithoutLargeObjects()
    {
        const string Told = "Last Error Table 'sakila'.'film_text' has no primary key or unique index: its updates and deletions are written, but nobody can tell which rows they were of";
        await _sakila.SqlAsync("ALTER TABLE sakila.film_text DROP PRIMARY KEY;");
        (await _sakila.DoneAsync("replication", "start", "--reload", "--loaded")).ShouldContain($"DMS says: {Told}");
        await _sakila.SqlAsync("INSERT INTO sakila.film_text VALUES (2000, 'New', NULL); UPDATE sakila.film_text SET title = 'Other' WHERE film_id = 1; UPDATE sakila.actor SET first_name = 'A' WHERE actor_id = 1;");
        await _sakila.CaughtUpAsync();

        var status = await _sakila.DoneAsync("replication", "status");
        status.ShouldContain("0 in error");
        status.ShouldContain(Told);
        status.ShouldMatch("sakila.film_text +│ Table completed ");
        (await _sakila.TaskAsync("LastFailureMessage")).ShouldStartWith(Told);
        (await _sakila.FailedAsync("replication", "verify", "--wait", "1")).ShouldContain("sakila.film_text: ");

        await _sakila.SqlAsync("ALTER TABLE sakila.film_text ADD PRIMARY KEY (film_id);");
        await _sakila.AwsAsync("dms", "reload-tables", "--replication-task-arn", await _sakila.TaskArnAsync(), "--tables-to-reload", "SchemaName=sakila,TableName=film_text");
        (await _sakila.DoneAsync("replication", "verify", "--wait", "60")).ShouldContain("every one is where it should be, with the values that it should have.");
    }

    private async Task ShouldFailAsync(string message, params string[] options)
    {
        (await _sakila.FailedAsync(["replication", "start", .. options])).ShouldContain($"{SakilaCloud.Task} is failed: Last Error {message}");
        var status = await _sakila.DoneAsync("replication", "status");
        status.ShouldContain($"{SakilaCloud.Task} is failed: ");
        status.ShouldContain($"Last Error {message}");
        status.ShouldContain("Stop Reason FATAL_ERROR Error Level FATAL");
    }
}
