using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Glue;

/// <summary>An object that arrives starts a workflow, by EventBridge, with the real clients; and what a kill in the middle leaves.</summary>
public sealed class WorkflowClientTests : IAsyncLifetime
{
    private const string SetUp = """
        s3, glue, iam, events = client("s3"), client("glue"), client("iam"), client("events")
        s3.create_bucket(Bucket="arrivals", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        s3.put_bucket_notification_configuration(Bucket="arrivals", NotificationConfiguration={"EventBridgeConfiguration": {}})
        s3.put_object(Bucket="arrivals", Key="run_sql.py", Body=b"# runner: run_sql/1\n")
        glue.create_database(DatabaseInput={"Name": "curated"})
        for name in ["first", "second"]:
            s3.put_object(Bucket="arrivals", Key=f"{name}.sql", Body=f"-- target: ${{curated}}.{name}\nSELECT CAST(1 AS INT) AS n".encode())
            glue.create_table(DatabaseName="curated", TableInput={
                "Name": name, "TableType": "EXTERNAL_TABLE", "PartitionKeys": [{"Name": "snapshot", "Type": "string"}],
                "StorageDescriptor": {"Columns": [{"Name": "n", "Type": "int"}], "Location": f"s3://arrivals/curated/{name}/",
                    "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}}})
            glue.create_job(Name=name, Role="arn:aws:iam::000000000000:role/etl", GlueVersion="5.0", WorkerType="G.1X", NumberOfWorkers=2,
                Command={"Name": "glueetl", "ScriptLocation": "s3://arrivals/run_sql.py"},
                DefaultArguments={"--sql": f"s3://arrivals/{name}.sql", "--landing": "x", "--clean": "x", "--curated": "curated", "--quarantine": "s3://arrivals/quarantine/"})
        glue.create_workflow(Name="arriving", MaxConcurrentRuns=1)
        glue.create_trigger(Name="start", WorkflowName="arriving", Type="EVENT", EventBatchingCondition={"BatchSize": 2, "BatchWindow": 900}, Actions=[{"JobName": "first"}])
        glue.create_trigger(Name="then", WorkflowName="arriving", Type="CONDITIONAL", StartOnCreation=True, Actions=[{"JobName": "second"}],
            Predicate={"Conditions": [{"LogicalOperator": "EQUALS", "JobName": "first", "State": "SUCCEEDED"}]})
        role = iam.create_role(RoleName="to-glue", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}]}))["Role"]["Arn"]
        events.put_rule(Name="arrived", EventPattern=json.dumps({"source": ["aws.s3"], "detail-type": ["Object Created"],
            "detail": {"bucket": {"name": ["arrivals"]}, "object": {"key": [{"prefix": "play_logs/"}]}}}))
        print(events.put_targets(Rule="arrived", Targets=[{"Id": "w", "Arn": "arn:aws:glue:eu-west-1:000000000000:workflow/arriving", "RoleArn": role}])["FailedEntryCount"])
        """;

    private readonly LocalCloudProcess _cloud = new() { Options = ["--virtual-time"] };

    [Fact]
    public async Task Objects_ThatArrive_StartTheWorkflow_WhichSurvivesAKill()
    {
        (await _cloud.PythonAsync(SetUp)).Succeeded().Trim().ShouldBe("0");
        (await _cloud.PythonAsync("""
            for i in range(2):
                client("s3").put_object(Bucket="arrivals", Key=f"play_logs/{i}.json", Body=b"{}")
            """)).Succeeded();
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(5));
        var run = (await RunsAsync()).Single()!;
        Describe(run).ShouldBe("COMPLETED 2 of 2");
        ((int)run["StartingEventBatchCondition"]!["BatchSize"]!).ShouldBe(2);

        (await _cloud.PythonAsync("""
            glue = client("glue")
            glue.start_workflow_run(Name="arriving")
            try:
                glue.start_workflow_run(Name="arriving")
            except glue.exceptions.ConcurrentRunsExceededException as error:
                print(error.response["Error"]["Message"])
            """)).Succeeded().Trim().ShouldBe("Concurrent runs exceeded for workflow: arriving.");
        await _cloud.KillAsync();
        await _cloud.StartAsync();
        Describe((await RunsAsync())[0]!).ShouldBe("RUNNING 0 of 2");
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(5));
        Describe((await RunsAsync())[0]!).ShouldBe("COMPLETED 2 of 2");

        (await _cloud.AwsAsync("glue", "start-workflow-run", "--name", "arriving")).Succeeded();
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(5));
        var runs = await RunsAsync();
        runs.Select(one => Describe(one!)).ShouldBe(Enumerable.Repeat("COMPLETED 2 of 2", 3));
        (await _cloud.AwsAsync("glue", "get-workflow-run", "--name", "arriving", "--run-id", (string)runs[0]!["WorkflowRunId"]!, "--include-graph",
            "--query", "Run.Graph.Nodes[?Type=='JOB'].JobDetails.JobRuns[].JobRunState", "--output", "text")).Succeeded().Trim().ShouldBe("SUCCEEDED\tSUCCEEDED");
        (await _cloud.AwsAsync("events", "test-event-pattern", "--event-pattern", """{"detail":{"n":[{"numeric":[">",1]}]}}""", "--event",
            """{"id":"1","account":"1","source":"s","time":"2026-11-20T09:00:00Z","region":"r","resources":[],"detail-type":"t","detail":{"n":2}}""",
            "--query", "Result")).Succeeded().Trim().ShouldBe("true");
    }

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    private async Task<JsonArray> RunsAsync() =>
        JsonNode.Parse((await _cloud.AwsAsync("glue", "get-workflow-runs", "--name", "arriving")).Succeeded())!["Runs"]!.AsArray();

    private static string Describe(JsonNode run) => $"{run["Status"]} {run["Statistics"]!["SucceededActions"]} of {run["Statistics"]!["TotalActions"]}";
}
