using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Replays;

/// <summary>Dirty records of several kinds on their way to quarantine, through a repair, and back into the dev environment's pipeline.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private readonly LocalCloudProcess _cloud = new() { Options = ["--virtual-time", "--no-limits"] };

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
        (await ReplayAsync()).ShouldBe((0, 0, 6));
        await ListsAsync(rejected: 6, open: 6);

        // One column for all whose fault it is, then what only a person can mend, from the exported file.
        (await ReplayAsync("--code", "DataFormatConversion.MalformedData", "--set", "film_id=7")).ShouldBe((3, 0, 1));
        var file = Path.Combine(_cloud.DataDirectory, "rejected.jsonl");
        await File.WriteAllTextAsync(file, Repair((await _cloud.PipelinesAsync("quarantine", "show", "film_events", "--format", "jsonl")).Succeeded()));
        (await ReplayAsync("--repair", file, "--dry-run")).ShouldBe((2, 0, 1));
        await ListsAsync(rejected: 6, open: 3);
        (await ReplayAsync("--repair", file)).ShouldBe((2, 0, 1));
        (await ReplayAsync("--repair", file)).ShouldBe((0, 2, 1));
        await ListsAsync(rejected: 6, open: 1);

        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
        (await QueryAsync("SELECT event_id, count(*) AS times, max(film_id) AS film_id FROM film_events GROUP BY event_id ORDER BY event_id"))
            .ShouldBe("event_id,times,film_id\nbraces,1,1\ndate,1,7\noverflow,1,7\nrenamed,1,7\nwhole,1,1\nword,1,7");

        // A run that died between submitting and noting submits again: the event is there twice, with one id, and the clean zone counts it once.
        await ForgetAsync();
        (await ReplayAsync("--repair", file)).Replayed.ShouldBe(2);
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
        (await QueryAsync("SELECT count(*) AS events, count(DISTINCT event_id) AS different FROM film_events")).ShouldBe("events,different\n8,6");
    }

    public async Task InitializeAsync()
    {
        await _cloud.StartAsync();
        (await _cloud.CdkAsync("deploy", "Dev/*", "--require-approval", "never", "--app", $"dotnet \"{Repository.App}\"")).Succeeded();
    }

    public async Task DisposeAsync() => await _cloud.DisposeAsync();

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

    private async Task<(int Replayed, int Before, int Refused)> ReplayAsync(params string[] options)
    {
        var result = await _cloud.PipelinesAsync(["replay", "film_events", "--format", "json", .. options]);
        var report = JsonDocument.Parse(result.Output).RootElement;
        var refused = report.GetProperty("refused").GetInt32();
        result.ExitCode.ShouldBe(refused == 0 ? 0 : 1, result.Error);
        report.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("reason").GetString()).ShouldAllBe(reason => reason!.Length > 0);
        return (report.GetProperty("replayed").GetInt32(), report.GetProperty("replayedBefore").GetInt32(), refused);
    }

    private async Task ListsAsync(int rejected, int open)
    {
        var counts = JsonDocument.Parse((await _cloud.PipelinesAsync("quarantine", "list", "--all", "--format", "json")).Succeeded()).RootElement.EnumerateArray().ToList();
        counts.Sum(count => count.GetProperty("rejected").GetInt32()).ShouldBe(rejected);
        counts.Sum(count => count.GetProperty("open").GetInt32()).ShouldBe(open);
        counts.Sum(count => count.GetProperty("replayed").GetInt32()).ShouldBe(rejected - open);
    }

    private async Task<string> QueryAsync(string sql) => (await _cloud.PipelinesAsync("query", sql, "--format", "csv")).Succeeded().ReplaceLineEndings("\n").TrimEnd();

    private async Task ForgetAsync() => (await _cloud.PythonAsync("""
        s3 = client("s3")
        bucket = next(bucket["Name"] for bucket in s3.list_buckets()["Buckets"] if "landing" in bucket["Name"])
        for item in s3.list_objects_v2(Bucket=bucket, Prefix="quarantine/film_events/replayed/")["Contents"]:
            s3.delete_object(Bucket=bucket, Key=item["Key"])
        """)).Succeeded();
}
