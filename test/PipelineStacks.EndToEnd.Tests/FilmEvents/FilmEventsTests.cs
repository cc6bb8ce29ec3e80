using System.Text.Json;
using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.FilmEvents;

/// <summary>The first pipeline as its users see it: from the templates of the app to answers in SQL.</summary>
[Collection(nameof(FilmEventsCloud))]
public sealed class FilmEventsTests(FilmEventsCloud film)
{
    [Fact]
    public async Task Records_WholeAndBroken_AreEachInTheZoneWhereTheyBelong()
    {
        var stream = await film.OutputAsync("streaming", "FilmEventsStreamName");
        var seen = JsonDocument.Parse((await film.Cloud.PythonAsync($$"""
            import base64, time
            kinesis, athena = client("kinesis"), client("athena")

            def records():
                for shard in kinesis.list_shards(StreamName="{{stream}}")["Shards"]:
                    iterator = kinesis.get_shard_iterator(StreamName="{{stream}}", ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
                    while True:
                        page = kinesis.get_records(ShardIterator=iterator)
                        yield from (record["Data"] for record in page["Records"])
                        if not page["Records"] and page["MillisBehindLatest"] == 0:
                            break
                        iterator = page["NextShardIterator"]

            def rows(sql):
                query = athena.start_query_execution(QueryString=sql, WorkGroup="pipelines-dev", QueryExecutionContext={"Database": "pipelines_dev_landing"})["QueryExecutionId"]
                while (status := athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"])["State"] in ("QUEUED", "RUNNING"):
                    time.sleep(0.02)
                assert status["State"] == "SUCCEEDED", status
                pages = athena.get_paginator("get_query_results").paginate(QueryExecutionId=query)
                return [tuple(cell.get("VarCharValue") for cell in row["Data"]) for page in pages for row in page["ResultSet"]["Rows"]][1:]

            whole, broken = [], []
            for data in records():
                try:
                    event = json.loads(data)
                    if type(event["film_id"]) is not int:
                        raise ValueError
                    whole.append((event["timestamp"] + ".000", event["eventType"], str(event["film_id"]), event["distributor"], event["platform"], event["state"], event["event_id"]))
                except ValueError:
                    broken.append(data)

            landed = rows("SELECT event_time, event_type, film_id, distributor, platform, state, event_id FROM film_events")
            rejected = rows("SELECT rawdata, lasterrorcode FROM film_events_quarantine")
            reasons = {}
            for _, reason in rejected:
                reasons[reason] = reasons.get(reason, 0) + 1
            print(json.dumps({
                "sent": len(whole) + len(broken),
                "wholeLanded": sorted(whole) == sorted(landed),
                "brokenRejected": sorted(broken) == sorted(base64.b64decode(data) for data, _ in rejected),
                "reasons": reasons}))
            """)).Succeeded()).RootElement;

        seen.GetProperty("sent").GetInt32().ShouldBe(FilmEventsCloud.Sent);
        seen.GetProperty("wholeLanded").GetBoolean().ShouldBeTrue();
        seen.GetProperty("brokenRejected").GetBoolean().ShouldBeTrue();
        film.Broken.Values.ShouldAllBe(count => count > 0);
        var reasons = seen.GetProperty("reasons");
        reasons.GetProperty("DataFormatConversion.ParseError").GetInt32().ShouldBe(film.Broken["notJson"] + film.Broken["missingBraces"]);
        reasons.GetProperty("DataFormatConversion.MalformedData").GetInt32().ShouldBe(film.Broken["wrongType"]);
    }

    [Fact]
    public async Task Quarantine_AskedForEverything_ShowsRecordsAndReasons()
    {
        var rows = JsonDocument.Parse(await film.QueryAsync("SELECT *, from_utf8(from_base64(rawdata)) AS record FROM film_events_quarantine", "json")).RootElement;
        rows.GetArrayLength().ShouldBe(film.BrokenInAll);
        foreach (var row in rows.EnumerateArray())
        {
            row.GetProperty("error_type").GetString().ShouldBe("format-conversion-failed");
            row.GetProperty("lasterrormessage").GetString().ShouldNotBeNullOrEmpty();
            row.GetProperty("datacatalogtable").GetString().ShouldNotBeNull().ShouldContain("tablename=film_events");
            row.GetProperty("record").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Parquet_OpenedFromOutside_HasTheDatasetsTypes()
    {
        var folder = Path.Combine(film.Cloud.DataDirectory, "downloaded");
        var bucket = await film.OutputAsync("storage", "LandingBucketName");
        (await film.Cloud.AwsAsync("s3", "cp", "--recursive", "--quiet", $"s3://{bucket}/film_events/", folder)).Succeeded();

        var answer = JsonDocument.Parse((await Tool.RunAsync("node", ["-"], input: $$"""
            const duckdb = require({{Js(Path.Combine(Repository.Root, "node_modules", "@duckdb"))}} + `/node-bindings-${process.platform}-${process.arch}/duckdb.node`);
            const answer = {{Js(Path.Combine(folder, "answer.json"))}};
            (async () => {
              const connection = await duckdb.connect(await duckdb.open(":memory:"));
              await duckdb.query(connection, "CREATE VIEW events AS FROM read_parquet('" + {{Js(folder)}} + "/**/*.parquet', hive_partitioning = false)");
              await duckdb.query(connection, `COPY (SELECT
                  (SELECT list(column_name || ' ' || column_type) FROM (DESCRIBE events)) AS columns,
                  (SELECT count(*) FROM events) AS rows,
                  (SELECT count(*) FROM events WHERE event_time > '2020-01-01' AND film_id BETWEEN 1 AND 1000) AS plausible) TO '${answer}' (FORMAT json)`);
              console.log(require("fs").readFileSync(answer, "utf8"));
            })();
            """)).Succeeded()).RootElement;

        answer.GetProperty("columns").EnumerateArray().Select(column => column.GetString()).ShouldBe([
            "event_time TIMESTAMP", "event_type VARCHAR", "film_id INTEGER", "distributor VARCHAR", "platform VARCHAR", "state VARCHAR", "event_id VARCHAR",
        ]);
        answer.GetProperty("rows").GetInt32().ShouldBe(FilmEventsCloud.Sent - film.BrokenInAll);
        answer.GetProperty("plausible").GetInt32().ShouldBe(FilmEventsCloud.Sent - film.BrokenInAll);
    }

    [Fact]
    public async Task Query_InEveryFormat_SaysTheSame()
    {
        const string Sql = "SELECT count(*) AS events, count(DISTINCT event_id) AS different FROM film_events";
        var landed = FilmEventsCloud.Sent - film.BrokenInAll;
        (await film.QueryAsync(Sql)).ShouldBe($"events,different\n{landed},{landed}");
        JsonDocument.Parse(await film.QueryAsync(Sql, "json")).RootElement[0].GetProperty("different").GetInt32().ShouldBe(landed);
        (await film.QueryAsync(Sql, "table")).ShouldContain($"│  {landed:N0} │     {landed:N0} │");
        foreach (var named in (string[])["film_events_by_day", "film_events_newest", "film_events_rejected"])
            (await film.Cloud.PipelinesAsync("query", "--named", named, "--format", "csv")).Succeeded().Trim().Split('\n').Length.ShouldBeGreaterThan(1, named);
    }

    [Fact]
    public async Task Status_OfWhatIsDeployed_CountsWhatFlowed()
    {
        var status = JsonDocument.Parse((await film.Cloud.PipelinesAsync("status", "--format", "json")).Succeeded()).RootElement;
        status.GetProperty("stacks").EnumerateArray().Select(stack => stack.GetProperty("status").GetString()).ShouldBe(Enumerable.Repeat("CREATE_COMPLETE", Repository.DevStacks.Count));
        var pipeline = status.GetProperty("pipelines").GetProperty("film-events");
        pipeline.GetProperty("streamRecords").GetInt64().ShouldBe(FilmEventsCloud.Sent);
        pipeline.GetProperty("rows").GetInt64().ShouldBe(FilmEventsCloud.Sent - film.BrokenInAll);
        pipeline.GetProperty("quarantined").GetInt64().ShouldBe(film.BrokenInAll);
    }

    [Fact]
    public async Task Alarms_OfBrokenRecords_AreShownWithRunbookHistoryAndMail()
    {
        await film.Cloud.AdvanceAsync(TimeSpan.FromMinutes(2));
        var alarms = await AskAsync("alarms", "--state", "ALARM");
        alarms.Single(alarm => alarm["alarm"] == "pipelines-dev-film-events-quarantine")["runbook"].ShouldBe("docs/runbooks/dataset.md#quarantine");
        (await AskAsync("alarms", "--history", "film-events-quarantine")).ShouldContain(item => item["what"] == "StateUpdate" && item["summary"].EndsWith("to ALARM", StringComparison.Ordinal));
        (await AskAsync("inbox")).ShouldContain(mail => mail["topic"] == "warning" && mail["subject"] == "ALARM: \"pipelines-dev-film-events-quarantine\" in EU (Ireland)" && mail["reason"].StartsWith("Threshold Crossed", StringComparison.Ordinal));

        async Task<Dictionary<string, string>[]> AskAsync(params string[] arguments) =>
            JsonSerializer.Deserialize<Dictionary<string, string>[]>((await film.Cloud.PipelinesAsync([.. arguments, "--format", "json"])).Succeeded())!;
    }

    [Fact]
    public async Task AwsCli_AskedForEveryPart_ShowsIt()
    {
        (await film.Cloud.AwsAsync("s3", "ls")).Succeeded().ShouldContain(await film.OutputAsync("storage", "LandingBucketName"));
        (await film.Cloud.AwsAsync("firehose", "describe-delivery-stream",
            "--delivery-stream-name", await film.OutputAsync("streaming", "FilmEventsDeliveryStreamName"),
            "--query", "DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription.DataFormatConversionConfiguration.SchemaConfiguration.TableName",
            "--output", "text")).Succeeded().Trim().ShouldBe("film_events");
        (await film.Cloud.AwsAsync("glue", "get-table", "--database-name", "pipelines_dev_landing", "--name", "film_events",
            "--query", "Table.StorageDescriptor.Columns[?Name=='event_time'].Type", "--output", "text")).Succeeded().Trim().ShouldBe("timestamp");
        (await film.Cloud.AwsAsync("cloudformation", "describe-stacks", "--query", "Stacks[].StackName", "--output", "text")).Succeeded()
            .Trim().Split('\t').ShouldBe(Repository.DevStacks, ignoreOrder: true);
    }

    private static string Js(string text) => JsonSerializer.Serialize(text);
}
