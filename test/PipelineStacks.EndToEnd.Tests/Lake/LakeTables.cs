using System.Text.Json;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Lake;

/// <summary>What Athena answers about the tables behind the landing zone.</summary>
internal static class LakeTables
{
    /// <summary>By table a hash of all its rows, in whatever order they come.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> HashesAsync(this LocalCloudProcess cloud) => JsonSerializer.Deserialize<Dictionary<string, string>>((await cloud.PythonAsync("""
        import hashlib, time
        glue, athena, s3 = client("glue"), client("athena"), client("s3")
        started = {}
        for zone in ("clean", "curated"):
            database = f"pipelines_dev_{zone}"
            for page in glue.get_paginator("get_tables").paginate(DatabaseName=database):
                for table in page["TableList"]:
                    query = athena.start_query_execution(QueryString=f'SELECT * FROM {database}."{table["Name"]}"', WorkGroup="pipelines-dev")
                    started[f'{zone}.{table["Name"]}'] = query["QueryExecutionId"]
        hashes = {}
        for table, query in started.items():
            while True:
                execution = athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]
                if execution["Status"]["State"] not in ("QUEUED", "RUNNING"):
                    break
                time.sleep(0.05)
            assert execution["Status"]["State"] == "SUCCEEDED", (table, execution["Status"])
            bucket, _, key = execution["ResultConfiguration"]["OutputLocation"][5:].partition("/")
            rows = s3.get_object(Bucket=bucket, Key=key)["Body"].read().split(b"\n")
            hashes[table] = f"{len(rows) - 2} rows, {hashlib.sha256(bytes().join(sorted(rows))).hexdigest()[:16]}"
        print(json.dumps(hashes))
        """)).Succeeded())!;

    /// <summary>Drops files under <c>play_logs/</c>, each with its lines.</summary>
    public static async Task DropAsync(this LocalCloudProcess cloud, string bucket, params (string Name, string[] Lines)[] files)
    {
        var all = JsonSerializer.Serialize(files.ToDictionary(file => $"play_logs/{file.Name}", file => string.Concat(file.Lines.Select(line => line + "\n"))));
        (await cloud.PythonAsync($$"""
            for key, text in json.loads({{JsonSerializer.Serialize(all)}}).items():
                client("s3").put_object(Bucket="{{bucket}}", Key=key, Body=text.encode())
            """)).Succeeded();
    }

    /// <summary>The runs that files have started so far.</summary>
    public static async Task<string> ArrivalsAsync(this LocalCloudProcess cloud) => (await cloud.PythonAsync("""
        print(json.dumps([run["WorkflowRunId"] for run in client("glue").get_workflow_runs(Name="pipelines-dev-play-logs")["Runs"]]))
        """)).Succeeded().Trim();

    /// <summary>Waits for the one run that comes after those.</summary>
    public static async Task<string> ArrivalAsync(this LocalCloudProcess cloud, string seen) => (await cloud.PythonAsync($$"""
        import time
        glue, new = client("glue"), []
        while not new:
            time.sleep(0.2)
            new = [run["WorkflowRunId"] for run in glue.get_workflow_runs(Name="pipelines-dev-play-logs")["Runs"] if run["WorkflowRunId"] not in {{seen}}]
        [run] = new
        print(run)
        """)).Succeeded().Trim();

    /// <summary>Runs the clean jobs from scratch, side by side, and then the curated one.</summary>
    public static async Task RebuildAsync(this LocalCloudProcess cloud) => (await cloud.PythonAsync("""
        import time
        glue = client("glue")
        def run(arguments, *jobs):
            runs = [(job, glue.start_job_run(JobName=job, Arguments=arguments)["JobRunId"]) for job in jobs]
            for job, id in runs:
                while True:
                    run = glue.get_job_run(JobName=job, RunId=id)["JobRun"]
                    if run["JobRunState"] not in ("STARTING", "RUNNING"):
                        break
                    time.sleep(0.1)
                assert run["JobRunState"] == "SUCCEEDED", (job, run["JobRunState"], run.get("ErrorMessage"))
        run({"--rebuild": "true"}, *[f"pipelines-dev-clean-{pipeline}" for pipeline in ("film-events", "sakila", "play-logs", "telemetry")])
        run({}, "pipelines-dev-curated")
        """)).Succeeded();

    /// <summary>Starts the lake's workflow and returns once a job of it is at work on the database's tables.</summary>
    public static async Task<string> RunUntilAtWorkAsync(this LocalCloudProcess cloud) => (await cloud.PythonAsync("""
        glue, job = client("glue"), "pipelines-dev-clean-sakila"
        before = [run["Id"] for run in glue.get_job_runs(JobName=job)["JobRuns"]]
        id = glue.start_workflow_run(Name="pipelines-dev-lake")["RunId"]
        while not any(run["JobRunState"] == "RUNNING" and run["Id"] not in before for run in glue.get_job_runs(JobName=job)["JobRuns"]):
            assert glue.get_workflow_run(Name="pipelines-dev-lake", RunId=id)["Run"]["Status"] == "RUNNING"
        print(id)
        """)).Succeeded().Trim();
}
