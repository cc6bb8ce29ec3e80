using System.Text.Json;
using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Docs;
using PipelineStacks.EndToEnd.Tests.Fixtures;
using PipelineStacks.EndToEnd.Tests.Sakila;

namespace PipelineStacks.EndToEnd.Tests.Lake;

/// <summary>
/// The lake's life in one deployment: run before anything has arrived, filled, run again and twice at once, fed with dirty files, killed, compared
/// with what comes of a rebuild, and made to fail.
/// </summary>
public sealed class LakeTests(SakilaCloud sakila) : IClassFixture<SakilaCloud>
{
    private const int Sent = 3000;
    private const string Lake = "pipelines-dev-lake";

    private LocalCloudProcess Cloud => sakila.Cloud;

    [Fact]
    public async Task Lake_RunAgainKilledRebuiltAndMadeToFail_IsRightEachTime()
    {
        await sakila.DeployAsync(sakila.Assembly);
        var events = await SendEventsAsync();
        await sakila.DoneAsync("database", "prepare");
        (await sakila.DoneAsync("workflow", "run")).ShouldContain($"{Lake}, run wr_");
        await sakila.DoneAsync("database", "seed", "--generate", "7");
        await sakila.DoneAsync("replication", "start", "--loaded");
        await DropDirtyFilesAsync();
        await EventsArriveAsync(events);
        await sakila.DoneAsync("workflow", "run");
        await HoldsGoldenValuesAsync(events);
        await ReplayAsync();
        await RunsTwiceAtOnceAsync();
        await IncrementsAfterAKillEqualARebuildAsync();
        await FailsWithoutTraceAsync();
        await StopsAtABrokenRuleAsync();
    }

    /// <returns>How many different events land.</returns>
    private async Task<int> SendEventsAsync()
    {
        var report = JsonDocument.Parse((await Cloud.PipelinesAsync("generate", "film_events", "--count", $"{Sent}", "--broken", "0.01", "--seed", "7", "--format", "json")).Succeeded()).RootElement;
        // One event twice, and one that nobody could count, since it has no id.
        (await Cloud.PythonAsync("""
            kinesis = client("kinesis")
            name = next(name for name in kinesis.list_streams()["StreamNames"] if "FilmEvents" in name)
            event = {"timestamp": "2026-11-20 10:00:00", "eventType": "rent", "film_id": 7, "distributor": "vudo", "platform": "ios", "state": "Ohio", "event_id": "twice"}
            for record in (event, event, {**event, "event_id": None}):
                kinesis.put_record(StreamName=name, Data=json.dumps(record).encode(), PartitionKey="k")
            """)).Succeeded();
        return Sent - report.GetProperty("broken").EnumerateObject().Sum(kind => kind.Value.GetInt32()) + 1;
    }

    private Task EventsArriveAsync(int events) => Wait.UntilAsync(async () => await QueryAsync("SELECT count(*) FROM film_events") == $"{events + 2}");

    private async Task DropDirtyFilesAsync()
    {
        var seen = await Cloud.ArrivalsAsync();
        await Cloud.DropAsync(await sakila.LandingAsync(),
            ("a.json", [Line("l1"), Line("l2"), Line("l3"), Line("l1")]),
            ("b.json", [Line("l4", time: "2026-02-30 09:00:00"), Line("l5", score: "99999999999"), Line("none").Replace("log_id", "id", StringComparison.Ordinal), Line("l6").Replace("played_at", "at", StringComparison.Ordinal)]),
            ("new-column.json", [Line("l7").Replace("{", "{\"country\":\"FR\",", StringComparison.Ordinal)]),
            ("removed-column.json", ["""{"log_id":"l8","played_at":"2026-11-20 09:00:30","player":"p2","event":"score","score":5}"""]),
            ("changed-type.json", [Line("l9", score: "\"12\""), Line("l10", score: "\"high\"")]));

        // As many files as make a batch: the workflow is started by them, through the event bus.
        await sakila.DoneAsync("workflow", "status", "play-logs", "--run", await Cloud.ArrivalAsync(seen), "--wait");
        (await QueryAsync("SELECT array_join(array_agg(log_id ORDER BY log_id), ' ') FROM pipelines_dev_clean.play_logs")).ShouldBe("l1 l2 l3 l7 l8 l9");
        (await QueryAsync("SELECT count(*) FROM pipelines_dev_clean.play_logs WHERE level IS NULL")).ShouldBe("1");
        // Twelve lines: six are clean, one came twice, five are in quarantine.
        (await QuarantinedAsync("play_logs")).ShouldBe((5, 5));
        (await QueryAsync("SELECT sum(events) FROM pipelines_dev_curated.player_sessions")).ShouldBe("6");
    }

    private async Task HoldsGoldenValuesAsync(int events)
    {
        (await QueryAsync("SELECT count(*) FROM pipelines_dev_curated.film_category")).ShouldBe("1000");
        (await QueryAsync("SELECT array_join(array_agg(category || ' ' || CAST(films AS varchar) ORDER BY films DESC, category), ', ') "
            + "FROM (SELECT category, count(*) AS films FROM pipelines_dev_curated.film_category GROUP BY category) AS counted")).ShouldBe(
            "Sports 74, Foreign 73, Family 69, Documentary 68, Animation 66, Action 64, New 63, Drama 62, Games 61, Sci-Fi 61, Children 60, Comedy 58, Classics 57, Travel 57, Horror 56, Music 51");
        (await QueryAsync("SELECT count(*) FROM pipelines_dev_clean.film_events")).ShouldBe($"{events}");
        (await QueryAsync("SELECT count(category) FROM pipelines_dev_curated.streaming_films")).ShouldBe($"{events}");
        (await QueryAsync("SELECT count(*) FROM pipelines_dev_curated.streaming_films")).ShouldBe($"{events}");
        (await QueryAsync("SELECT sum(streams) FROM pipelines_dev_curated.category_streams")).ShouldBe($"{events}");
        (await QueryAsync("SELECT sum(payments) FROM pipelines_dev_curated.film_revenue")).ShouldBe("16049");
        (await QueryAsync("SELECT sum(rentals) FROM pipelines_dev_curated.film_revenue")).ShouldBe("16044");
        (await QuarantinedAsync("film_events", "--step", "clean-rejected")).ShouldBe((1, 1));
        // Every rule of every ruleset was evaluated, and holds.
        (await sakila.AwsAsync("glue", "list-data-quality-results", "--query", "length(Results)")).ShouldNotBe("0");
    }

    private async Task ReplayAsync()
    {
        string[] repair = ["replay", "play_logs", "--code", "Clean.InvalidValue", "--set", "score=7"];
        (await sakila.FailedAsync(repair)).ShouldContain("2026-02-30");
        (await sakila.FailedAsync(repair)).ShouldContain("2026-02-30");
        (await QuarantinedAsync("play_logs")).ShouldBe((5, 3));
    }

    private async Task RunsTwiceAtOnceAsync()
    {
        var before = await Cloud.HashesAsync();
        before.Count.ShouldBe(19 + 5);
        await sakila.DoneAsync("workflow", "run", "--wait", "false");
        (await sakila.FailedAsync("workflow", "run")).ShouldContain($"{Lake} is running already: wr_");
        await sakila.DoneAsync("workflow", "status", "--wait");

        var after = await Cloud.HashesAsync();
        string[] fed = ["clean.play_logs", "curated.player_sessions"];
        after.Where(table => !fed.Contains(table.Key)).ShouldBe(before.Where(table => !fed.Contains(table.Key)), ignoreOrder: true);
        (await QueryAsync("SELECT array_join(array_agg(log_id || ' ' || CAST(score AS varchar) ORDER BY log_id), ', ') FROM pipelines_dev_clean.play_logs WHERE log_id IN ('l10', 'l5')"))
            .ShouldBe("l10 7, l5 7");
        foreach (var command in new Document("docs/workflow.md").Commands)
            (await CommandLine.RunAsync(command, Cloud)).Succeeded();
        (await Cloud.HashesAsync()).ShouldBe(after, ignoreOrder: true);
    }

    private async Task IncrementsAfterAKillEqualARebuildAsync()
    {
        await sakila.SqlAsync(new RandomChanges(seed: 4).Next(1500));
        await sakila.CaughtUpAsync();
        await sakila.DoneAsync("replication", "stop");
        await Cloud.DropAsync(await sakila.LandingAsync(), ("more.json", [Line("l1"), Line("l11"), Line("l12", time: "2026-11-21 00:00:00")]));

        var killed = await Cloud.RunUntilAtWorkAsync();
        await Cloud.KillAsync();
        await Cloud.StartAsync();
        (await Cloud.PipelinesAsync("workflow", "status", "--run", killed, "--wait")).ExitCode.ShouldBeOneOf(0, 1);
        await sakila.DoneAsync("workflow", "run");

        var increments = await Cloud.HashesAsync();
        (await QueryAsync("SELECT count(*) FROM pipelines_dev_clean.payment")).ShouldBe((await sakila.SqlAsync("SELECT count(*) FROM sakila.payment")).Trim());
        await Cloud.RebuildAsync();
        (await Cloud.HashesAsync()).ShouldBe(increments, ignoreOrder: true);
    }

    private async Task FailsWithoutTraceAsync()
    {
        var before = await Cloud.HashesAsync();
        var broken = $"s3://{await sakila.LandingAsync()}/film_events/arrival_date=2026-11-20/broken.parquet";
        (await Cloud.PythonAsync($"""client("s3").put_object(Bucket="{await sakila.LandingAsync()}", Key="{broken.Split('/', 4)[3]}", Body=b"no Parquet at all")""")).Succeeded();
        (await sakila.FailedAsync("workflow", "run")).ShouldSatisfyAllConditions(
            said => said.ShouldContain("did not succeed: 1 of its 7 jobs and crawlers failed, job quality, job curated did not run."),
            said => said.ShouldContain("job clean-film-events: FAILED"),
            said => said.ShouldContain("${clean}.film_events"),
            said => said.ShouldContain("broken.parquet"),
            said => said.ShouldContain("aws logs tail /aws-glue/jobs"));
        (await Cloud.HashesAsync()).ShouldBe(before, ignoreOrder: true);
        await sakila.AwsAsync("s3", "rm", broken);
        await sakila.DoneAsync("workflow", "run");
        (await Cloud.HashesAsync()).ShouldBe(before, ignoreOrder: true);
    }

    private async Task StopsAtABrokenRuleAsync()
    {
        var before = await Cloud.HashesAsync();
        await Cloud.DropAsync(await sakila.LandingAsync(), ("dance.json", [Line("l13").Replace("\"score\",", "\"dance\",", StringComparison.Ordinal)]));
        (await sakila.FailedAsync("workflow", "run")).ShouldSatisfyAllConditions(
            said => said.ShouldContain("job quality: FAILED"),
            said => said.ShouldContain("ruleset pipelines-dev-play_logs: Rule_"),
            said => said.ShouldContain("such as dance"));
        var after = await Cloud.HashesAsync();
        after.Where(table => table.Key != "clean.play_logs").ShouldBe(before.Where(table => table.Key != "clean.play_logs"), ignoreOrder: true);
    }

    private static string Line(string id, string time = "2026-11-20 09:00:00", string score = "10") =>
        $$"""{"log_id":"{{id}}","played_at":"{{time}}","player":"p1","game":"tetris","session":"s","event":"score","score":{{score}},"level":3}""";

    private async Task<(long Rejected, long Open)> QuarantinedAsync(string dataset, params string[] options)
    {
        var counts = JsonDocument.Parse(await ListAsync()).RootElement.EnumerateArray().ToList();
        return (counts.Sum(count => count.GetProperty("rejected").GetInt64()), counts.Sum(count => count.GetProperty("open").GetInt64()));

        async Task<string> ListAsync() => (await Cloud.PipelinesAsync(["quarantine", "list", dataset, "--all", "--format", "json", .. options])).Succeeded();
    }

    private async Task<string> QueryAsync(string sql) => (await Cloud.PipelinesAsync("query", sql, "--format", "csv")).Succeeded().Split('\n', 2)[1].Trim().Trim('"');
}
