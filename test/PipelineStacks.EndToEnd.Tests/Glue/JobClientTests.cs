using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Glue;

public sealed class JobClientTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Boto3_RunsJobs_WatchesThemFailAndSucceed_AndAthenaReadsTheResult() =>
        (await cloud.PythonAsync("""
            import time
            s3, glue, athena, logs = client("s3"), client("glue"), client("athena"), client("logs")
            s3.create_bucket(Bucket="lake-jobs", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            def put(key, text):
                s3.put_object(Bucket="lake-jobs", Key=key, Body=text.encode())
            put("run_sql.py", "# runner: run_sql/1\n")
            put("numbers.sql", "-- target: ${curated}.numbers\nSELECT CAST(n AS int) AS n FROM (SELECT 1 AS n UNION ALL SELECT 2 AS n) AS t")
            put("wrong.sql", "-- target: ${curated}.numbers\nSELECT nosuch(1) AS n")
            glue.create_database(DatabaseInput={"Name": "curated_jobs"})
            glue.create_table(DatabaseName="curated_jobs", TableInput={
                "Name": "numbers", "PartitionKeys": [{"Name": "snapshot", "Type": "string"}], "StorageDescriptor": {
                    "Columns": [{"Name": "n", "Type": "int"}], "Location": "s3://lake-jobs/numbers/",
                    "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}}})
            glue.create_job(
                Name="numbers", Role="arn:aws:iam::000000000000:role/etl", GlueVersion="5.0", WorkerType="G.1X", NumberOfWorkers=2, Timeout=10,
                Command={"Name": "glueetl", "ScriptLocation": "s3://lake-jobs/run_sql.py", "PythonVersion": "3"}, Tags={"team": "films"},
                ExecutionProperty={"MaxConcurrentRuns": 1},
                DefaultArguments={"--curated": "curated_jobs", "--sql": "s3://lake-jobs/numbers.sql", "--job-bookmark-option": "job-bookmark-enable"})
            def end(run):
                while True:
                    state = glue.get_job_run(JobName="numbers", RunId=run)["JobRun"]
                    if state["JobRunState"] not in ("STARTING", "RUNNING"):
                        return state
                    time.sleep(0.05)
            print(end(glue.start_job_run(JobName="numbers")["JobRunId"])["JobRunState"])
            wrong = end(glue.start_job_run(JobName="numbers", Arguments={"--sql": "s3://lake-jobs/wrong.sql"})["JobRunId"])
            print(wrong["JobRunState"], wrong["ErrorMessage"].split(",")[0])
            print([event["message"] == wrong["ErrorMessage"] for event in logs.get_log_events(
                logGroupName="/aws-glue/jobs/error", logStreamName=wrong["Id"])["events"]])
            print(len(glue.get_job_runs(JobName="numbers")["JobRuns"]), glue.get_job_bookmark(JobName="numbers")["JobBookmarkEntry"]["Version"])
            query = athena.start_query_execution(
                QueryString="SELECT sum(n) FROM curated_jobs.numbers", ResultConfiguration={"OutputLocation": "s3://lake-jobs/results/"})["QueryExecutionId"]
            while athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]["State"] in ("QUEUED", "RUNNING"):
                time.sleep(0.05)
            print(athena.get_query_results(QueryExecutionId=query)["ResultSet"]["Rows"][1]["Data"][0]["VarCharValue"])
            try:
                glue.create_job(Name="dead", Role="r", GlueVersion="2.0", Command={"Name": "glueetl", "ScriptLocation": "s3://lake-jobs/run_sql.py"})
            except glue.exceptions.InvalidInputException as error:
                print(error.response["Error"]["Message"])
            """)).Succeeded().Trim().Split('\n').ShouldBe(
        [
            "SUCCEEDED",
            "FAILED ${curated}.numbers (wrong.sql): the function nosuch is not in the common subset of Spark SQL and DuckDB",
            "[True]",
            "2 1",
            "3",
            "Glue 2.0 can't run jobs since 2026-04-01: set GlueVersion to 5.0.",
        ]);

    [Fact]
    public async Task Awscli_StartsARunThatAKillInterrupts_AndFindsItFailedWithNothingWritten()
    {
        (await cloud.PythonAsync("""
            s3, glue = client("s3"), client("glue")
            s3.create_bucket(Bucket="lake-kill", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            s3.put_object(Bucket="lake-kill", Key="run_sql.py", Body=b"# runner: run_sql/1\n")
            s3.put_object(Bucket="lake-kill", Key="endless.sql", Body=b"-- target: ${clean}.numbers\n"
                b"SELECT CAST(count(*) AS int) AS n FROM range(1000000) AS a(x), range(1000000) AS b(y) WHERE (x * y) % 7 = 3")
            glue.create_database(DatabaseInput={"Name": "clean_kill"})
            glue.create_table(DatabaseName="clean_kill", TableInput={
                "Name": "numbers", "PartitionKeys": [{"Name": "snapshot", "Type": "string"}], "StorageDescriptor": {
                    "Columns": [{"Name": "n", "Type": "int"}], "Location": "s3://lake-kill/numbers/",
                    "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}}})
            """)).Succeeded();
        (await cloud.AwsAsync("glue", "create-job", "--name", "endless", "--role", "etl", "--glue-version", "5.0", "--worker-type", "G.1X", "--number-of-workers", "2",
            "--command", "Name=glueetl,ScriptLocation=s3://lake-kill/run_sql.py",
            "--default-arguments", """{"--clean":"clean_kill","--sql":"s3://lake-kill/endless.sql","--job-bookmark-option":"job-bookmark-enable"}""")).Succeeded();
        var run = (await cloud.AwsAsync("glue", "start-job-run", "--job-name", "endless", "--query", "JobRunId", "--output", "text")).Succeeded().Trim();
        await Wait.UntilAsync(async () => await StateAsync(run) == "RUNNING");

        await cloud.KillAsync();
        await cloud.StartAsync();

        (await StateAsync(run)).ShouldBe("FAILED");
        (await cloud.AwsAsync("s3api", "list-objects-v2", "--bucket", "lake-kill", "--prefix", "numbers/", "--query", "Contents")).Succeeded().Trim().ShouldBe("null");
        (await cloud.AwsAsync("glue", "get-job-bookmark", "--job-name", "endless")).Error.ShouldContain("(EntityNotFoundException)");
    }

    private async Task<string> StateAsync(string run) => JsonNode.Parse(
        (await cloud.AwsAsync("glue", "get-job-run", "--job-name", "endless", "--run-id", run)).Succeeded())!["JobRun"]!["JobRunState"]!.GetValue<string>();
}
