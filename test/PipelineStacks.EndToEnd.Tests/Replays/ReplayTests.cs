using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Docs;
using PipelineStacks.EndToEnd.Tests.Fixtures;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.EndToEnd.Tests.Replays;

/// <summary>Dirty records of several kinds on their way to quarantine, through a repair, and back into the dev environment's pipeline.</summary>
public sealed class ReplayTests(ReplayCloud deployed) : IClassFixture<ReplayCloud>
{
    private readonly LocalCloudProcess _cloud = deployed.Cloud;

    [Fact]
    public async Task Records_RejectedAndRepaired_ArriveOnceHoweverOftenTheyAreReplayed()
    {
        await PutAsync(
            Event("whole"),
            Event("overflow", film: "99999999999"),
            Event("word", film: "\"seven\""),
            Event("date", time: "2026-02-30 10:00:00"),
            Event("renamed", film: "\"x\""),
            Event("braces")[1..^1],
            "not JSON at all");
        (await ReplayAsync("film_events")).ShouldBe((0, 0, 6));
        await ListsAsync(rejected: 6, open: 6);

        // One column for all whose fault it is, then what only a person can mend, from the exported file.
        (await ReplayAsync("film_events", "--code", "DataFormatConversion.MalformedData", "--set", "film_id=7")).ShouldBe((3, 0, 1));
        var file = Path.Combine(_cloud.DataDirectory, "rejected.jsonl");
        await File.WriteAllTextAsync(file, Repair((await _cloud.PipelinesAsync("quarantine", "show", "film_events", "--format", "jsonl")).Succeeded()));
        (await ReplayAsync("film_events", "--repair", file, "--dry-run")).ShouldBe((2, 0, 1));
        await ListsAsync(rejected: 6, open: 3);
        (await ReplayAsync("film_events", "--repair", file)).ShouldBe((2, 0, 1));
        (await ReplayAsync("film_events", "--repair", file)).ShouldBe((0, 2, 1));
        await ListsAsync(rejected: 6, open: 1);

        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
        (await QueryAsync("SELECT event_id, count(*) AS times, max(film_id) AS film_id FROM film_events GROUP BY event_id ORDER BY event_id"))
            .ShouldBe("event_id,times,film_id\nbraces,1,1\ndate,1,7\noverflow,1,7\nrenamed,1,7\nwhole,1,1\nword,1,7");

        // A run that died between submitting and noting submits again: the event is there twice, with one id, and the clean zone counts it once.
        await ForgetAsync();
        (await ReplayAsync("film_events", "--repair", file)).Replayed.ShouldBe(2);
        (await ReplayAsync("film_events", "--code", "DataFormatConversion.MalformedData", "--set", "film_id=7")).ShouldBe((3, 1, 0));
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
        (await QueryAsync("SELECT count(*) AS events, count(DISTINCT event_id) AS different FROM film_events")).ShouldBe("events,different\n11,6");

        await CleanAsync();
        (await QueryAsync(InClean)).ShouldBe("event_id,times,film_id\nbraces,1,1\ndate,1,7\noverflow,1,7\nrenamed,1,7\nwhole,1,1\nword,1,7");

        // What Firehose takes and the clean job doesn't: an event without its key, which nobody could count.
        await PutAsync(Event("nameless").Replace("event_id", "id", StringComparison.Ordinal), Event("late"), Event("whole"));
        await CleanAsync();
        (await QueryAsync($"SELECT count(*) AS events FROM ({InClean}) AS counted")).ShouldBe("events\n7");
        await ListsAsync(rejected: 7, open: 2);
        var rejected = JsonNode.Parse((await _cloud.PipelinesAsync("quarantine", "show", "film_events", "--step", "clean-rejected", "--format", "jsonl")).Succeeded())!;
        rejected["reason"]!.GetValue<string>().ShouldBe("event_id is missing");
        rejected["code"]!.GetValue<string>().ShouldBe("Clean.MissingKey");
        rejected["sourceFile"]!.GetValue<string>().ShouldContain("/film_events/arrival_date=");
        string[] mended = ["--id", rejected["id"]!.GetValue<string>(), "--set", "event_id=nameless"];
        (await ReplayAsync("film_events", mended)).ShouldBe((1, 0, 0));
        (await ReplayAsync("film_events", mended)).ShouldBe((0, 1, 0));
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
        await CleanAsync();
        (await QueryAsync($"SELECT count(*) AS events, max(times) AS times FROM ({InClean}) AS counted")).ShouldBe("events,times\n8,1");
        await CleanAsync("--rebuild");
        (await QueryAsync($"SELECT count(*) AS events, max(times) AS times FROM ({InClean}) AS counted")).ShouldBe("events,times\n8,1");
        await ListsAsync(rejected: 7, open: 1);

        foreach (var command in new Document("docs/quarantine.md").Commands)
            (await CommandLine.RunAsync(command, _cloud)).Succeeded();
    }

    [Fact]
    public async Task Rows_OfADatabaseReplayed_ComeBackAsAFileUnlessALaterChangeHasLanded()
    {
        // What DMS brought: two loaded rows and a change of the first; what the clean job rejected of it.
        await WriteAsync("sakila/sakila/actor/LOAD00000001.csv", "Op,dms_timestamp,actor_id,first_name,last_name,last_update,change_seq\n"
            + "I,2026-11-20 09:00:00.000000,1,ADA,LOVELACE,2026-02-30 09:00:00,NULL\nI,2026-11-20 09:00:00.000000,2,\"GRACE, B.\",HOPPER,soon,NULL\n");
        await WriteAsync("sakila/sakila/actor/2026/11/20/20261120-090000000.csv", "Op,dms_timestamp,actor_id,first_name,last_name,last_update,change_seq\n"
            + "U,2026-11-20 09:30:00.000000,1,ADA,KING,2026-11-20 09:30:00,20261120093000000000000000000000007\n");
        var source = $"s3://{await deployed.LandingAsync()}/sakila/sakila/actor/LOAD00000001.csv";
        await RejectAsync("actor", source,
            ("""last_update "2026-02-30 09:00:00" does not fit timestamp""", """{"op":"I","dms_timestamp":"2026-11-20 09:00:00.000000","actor_id":"1","first_name":"ADA","last_name":"LOVELACE","last_update":"2026-02-30 09:00:00"}"""),
            ("""last_update "soon" does not fit timestamp""", """{"op":"I","dms_timestamp":"2026-11-20 09:00:00.000000","actor_id":"2","first_name":"GRACE, B.","last_name":"HOPPER","last_update":"soon"}"""));
        (await _cloud.PipelinesAsync("quarantine", "show", "actor")).Succeeded().ShouldContain($"from    {source}");

        (await ReplayAsync("actor", "--set", "last_update=2026-02-28 09:00:00")).ShouldBe((1, 0, 1));
        (await ReplayAsync("actor", "--set", "last_update=2026-02-28 09:00:00")).ShouldBe((0, 1, 1));
        (await QueryAsync("""SELECT op, first_name, last_update, change_seq FROM actor WHERE "$path" LIKE '%replayed%'""")).ShouldBe(
            "op,first_name,last_update,change_seq\nU,\"GRACE, B.\",2026-02-28 09:00:00,NULL");
    }

    [Fact]
    public async Task Lines_OfFilesReplayed_ComeBackAsOneFileBesideTheirOwn()
    {
        var bucket = await deployed.LandingAsync();
        await RejectAsync("play_logs", $"s3://{bucket}/play_logs/server-1/a.json.gz",
            ("played_at is missing", """{"log_id":"l1","player":"p","event":"score","score":"12"}"""), ("played_at is missing", """{"log_id":"l2","player":"p","event":"score","score":"13"}"""));
        (await ReplayAsync("play_logs")).ShouldBe((0, 0, 2));
        (await ReplayAsync("play_logs", "--set", "played_at=2026-11-20T09:00:00Z")).ShouldBe((2, 0, 0));
        (await ReplayAsync("play_logs", "--set", "played_at=2026-11-20T09:00:00Z")).ShouldBe((0, 2, 0));
        var lines = (await _cloud.PythonAsync($$"""
            s3 = client("s3")
            keys = [item["Key"] for item in s3.list_objects_v2(Bucket="{{bucket}}", Prefix="play_logs/")["Contents"]]
            assert len(keys) == 1 and keys[0].startswith("play_logs/server-1/replayed-"), keys
            print(s3.get_object(Bucket="{{bucket}}", Key=keys[0])["Body"].read().decode(), end="")
            """)).Succeeded();
        lines.ShouldBe("""
            {"log_id":"l1","played_at":"2026-11-20 09:00:00","player":"p","event":"score","score":12}
            {"log_id":"l2","played_at":"2026-11-20 09:00:00","player":"p","event":"score","score":13}

            """.ReplaceLineEndings("\n"));

        // One file is no batch: the workflow starts when the window closes that the file opened.
        await _cloud.AdvanceAsync(TimeSpan.FromMinutes(20));
        (await _cloud.AwsAsync("glue", "get-workflow-runs", "--name", "pipelines-dev-play-logs", "--query", "Runs[].[Status,StartingEventBatchCondition.BatchWindow]", "--output", "text"))
            .Succeeded().Trim().ShouldBe("COMPLETED\t900");
        (await QueryAsync("SELECT log_id, count(*) AS times, max(score) AS score FROM pipelines_dev_clean.play_logs GROUP BY log_id ORDER BY log_id"))
            .ShouldBe("log_id,times,score\nl1,1,12\nl2,1,13");
    }

    private const string InClean = "SELECT event_id, count(*) AS times, max(film_id) AS film_id FROM pipelines_dev_clean.film_events GROUP BY event_id ORDER BY event_id";

    /// <summary>Runs the dataset's own SQL as the clean job does.</summary>
    private async Task CleanAsync(string? flag = null)
    {
        var sql = Path.Combine(_cloud.DataDirectory, "clean.sql");
        await File.WriteAllTextAsync(sql, CleanSql.For(DatasetCatalog.Find("film_events"), FileFormat.Csv));
        var bucket = await deployed.LandingAsync();
        var run = (await _cloud.PythonAsync($$"""
            s3, glue, iam = client("s3"), client("glue"), client("iam")
            s3.upload_file({{JsonSerializer.Serialize(sql)}}, "{{bucket}}", "seed/film_events.sql")
            s3.upload_file({{JsonSerializer.Serialize(Path.Combine(Repository.Root, "src", "jobs", "spark", "run_sql.py"))}}, "{{bucket}}", "seed/run_sql.py")
            if not any(role["RoleName"] == "replay-clean" for role in iam.list_roles()["Roles"]):
                trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "glue.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
                role = iam.create_role(RoleName="replay-clean", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
                glue.create_job(Name="replay-clean", Role=role, GlueVersion="5.0", WorkerType="G.1X", NumberOfWorkers=2,
                    Command={"Name": "glueetl", "PythonVersion": "3", "ScriptLocation": "s3://{{bucket}}/seed/run_sql.py"},
                    DefaultArguments={"--sql": "s3://{{bucket}}/seed/film_events.sql", "--landing": "pipelines_dev_landing", "--clean": "pipelines_dev_clean",
                        "--curated": "pipelines_dev_curated", "--quarantine": "s3://{{bucket}}/quarantine/", "--rebuild": "false", "--retain-hours": "24",
                        "--job-bookmark-option": "job-bookmark-enable", "--enable-glue-datacatalog": "true"})
            print(glue.start_job_run(JobName="replay-clean", Arguments={"--rebuild": "{{(flag is null ? "false" : "true")}}"})["JobRunId"])
            """)).Succeeded().Trim();
        await _cloud.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await _cloud.AwsAsync("glue", "get-job-run", "--job-name", "replay-clean", "--run-id", run, "--query", "JobRun.[JobRunState,ErrorMessage]", "--output", "text")).Succeeded().Trim().ShouldBe("SUCCEEDED\tNone");
    }

    private async Task PutAsync(params string[] records)
    {
        (await _cloud.PythonAsync($$"""
            kinesis = client("kinesis")
            name = next(name for name in kinesis.list_streams()["StreamNames"] if "FilmEvents" in name)
            records = json.loads({{JsonSerializer.Serialize(JsonSerializer.Serialize(records))}})
            answer = kinesis.put_records(StreamName=name, Records=[{"Data": record.encode(), "PartitionKey": "k"} for record in records])
            assert answer["FailedRecordCount"] == 0
            """)).Succeeded();
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
    }

    private static string Event(string id, string film = "1", string time = "2026-11-20 10:00:00") =>
        $$"""{"timestamp": "{{time}}", "eventType": "rent", "film_id": {{film}}, "distributor": "vudo", "platform": "ios", "state": "Ohio", "event_id": "{{id}}"}""";

    private static string Repair(string exported)
    {
        var lines = exported.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        foreach (var line in lines)
        {
            if (line["raw"]?.GetValue<string>() is { } raw && raw.StartsWith("\"timestamp\"", StringComparison.Ordinal))
                line["record"] = JsonNode.Parse($"{{{raw}}}");
            else if (line["record"] is JsonObject record)
                (record["timestamp"], record["film_id"]) = ("2026-02-28 10:00:00", 7);
        }

        return string.Join('\n', lines.Select(line => line.ToJsonString()));
    }

    private async Task<(int Replayed, int Before, int Refused)> ReplayAsync(string dataset, params string[] options)
    {
        var result = await _cloud.PipelinesAsync(["replay", dataset, "--format", "json", .. options]);
        var report = JsonDocument.Parse(result.Output).RootElement;
        var refused = report.GetProperty("refused").GetInt32();
        result.ExitCode.ShouldBe(refused == 0 ? 0 : 1, result.Error);
        report.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("reason").GetString()).ShouldAllBe(reason => reason!.Length > 0);
        return (report.GetProperty("replayed").GetInt32(), report.GetProperty("replayedBefore").GetInt32(), refused);
    }

    private async Task ListsAsync(int rejected, int open)
    {
        var counts = JsonDocument.Parse((await _cloud.PipelinesAsync("quarantine", "list", "film_events", "--all", "--format", "json")).Succeeded()).RootElement.EnumerateArray().ToList();
        counts.Sum(count => count.GetProperty("rejected").GetInt32()).ShouldBe(rejected);
        counts.Sum(count => count.GetProperty("open").GetInt32()).ShouldBe(open);
        counts.Sum(count => count.GetProperty("replayed").GetInt32()).ShouldBe(rejected - open);
    }

    private async Task<string> QueryAsync(string sql) => (await _cloud.PipelinesAsync("query", sql, "--format", "csv")).Succeeded().ReplaceLineEndings("\n").TrimEnd();

    /// <summary>Writes what a clean job would of rows that it rejected.</summary>
    private Task RejectAsync(string dataset, string source, params (string Reason, string Record)[] rows) => WriteAsync(
        $"quarantine/{dataset}/clean-rejected/arrival_date=2026-11-20/0123.json",
        string.Concat(rows.Select(row => JsonSerializer.Serialize(new
        {
            errorcode = "Clean.InvalidValue",
            errormessage = $"{row.Reason} (in {source})",
            rawdata = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(row.Record)),
        }) + "\n")));

    private async Task WriteAsync(string key, string text)
    {
        var file = Path.Combine(_cloud.DataDirectory, "object");
        await File.WriteAllTextAsync(file, text);
        (await _cloud.AwsAsync("s3api", "put-object", "--bucket", await deployed.LandingAsync(), "--key", key, "--body", file)).Succeeded();
    }

    private async Task ForgetAsync() => (await _cloud.PythonAsync("""
        s3 = client("s3")
        bucket = next(bucket["Name"] for bucket in s3.list_buckets()["Buckets"] if "landing" in bucket["Name"])
        for item in s3.list_objects_v2(Bucket=bucket, Prefix="quarantine/film_events/replayed/")["Contents"]:
            s3.delete_object(Bucket=bucket, Key=item["Key"])
        """)).Succeeded();
}

/// <summary>The dev environment in a cloud whose time stands still.</summary>
public sealed class ReplayCloud : IAsyncLifetime
{
    public LocalCloudProcess Cloud { get; } = new() { Options = ["--virtual-time", "--no-limits"] };

    public async Task InitializeAsync()
    {
        await Cloud.StartAsync();
        await Cloud.DeployDevAsync();
    }

    public async Task DisposeAsync() => await Cloud.DisposeAsync();

    /// <summary>The bucket of the landing zone.</summary>
    internal Task<string> LandingAsync() => Cloud.OutputAsync("pipelines-dev-storage", "LandingBucketName");
}
