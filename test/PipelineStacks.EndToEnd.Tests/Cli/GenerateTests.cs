using System.Text.Json;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Cli;

public sealed class GenerateTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Records_BeyondTheShardsLimits_AllArriveOnce()
    {
        // One shard takes 1,000 records a second: most of them are refused at first.
        const int Count = 4000;
        await CreateStreamAsync("narrow", shards: 1);
        var result = await cloud.PipelinesAsync("generate", "film_events", "--stream", "narrow", "--count", $"{Count}", "--seed", "1", "--broken", "0.01", "--format", "json");
        var report = JsonDocument.Parse(result.Succeeded()).RootElement;
        report.GetProperty("sent").GetInt32().ShouldBe(Count);
        report.GetProperty("accepted").GetInt32().ShouldBe(Count);
        report.GetProperty("retried").GetInt32().ShouldBeGreaterThan(0);

        var seen = JsonDocument.Parse((await cloud.PythonAsync("""
            kinesis = client("kinesis")
            ids, lines, broken = set(), 0, 0
            for shard in kinesis.list_shards(StreamName="narrow")["Shards"]:
                iterator = kinesis.get_shard_iterator(StreamName="narrow", ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
                while True:
                    page = kinesis.get_records(ShardIterator=iterator)
                    for record in page["Records"]:
                        lines += 1
                        assert record["Data"].endswith(b"\n")
                        try:
                            event = json.loads(record["Data"])
                            broken += type(event["film_id"]) is not int
                            ids.add(event["event_id"])
                        except ValueError:
                            broken += 1
                            ids.add(record["Data"])
                    if not page["Records"] and page["MillisBehindLatest"] == 0:
                        break
                    iterator = page["NextShardIterator"]
            print(json.dumps({"lines": lines, "different": len(ids), "broken": broken}))
            """)).Succeeded()).RootElement;
        seen.GetProperty("lines").GetInt32().ShouldBe(Count);
        seen.GetProperty("different").GetInt32().ShouldBe(Count);
        seen.GetProperty("broken").GetInt32().ShouldBe(report.GetProperty("broken").EnumerateObject().Sum(kind => kind.Value.GetInt32()));
    }

    [Theory]
    [InlineData("--gzip", ".json.gz")]
    [InlineData("--gzip=false", ".json")]
    public async Task Files_DroppedTwiceFromOneSeed_AreThereOnce(string gzip, string suffix)
    {
        var (bucket, template) = ($"drop-{suffix.Count(c => c == '.')}", Path.Combine(cloud.DataDirectory, "logs.kdg"));
        await File.WriteAllTextAsync(template, """{"id": "{{random.uuid}}", "n": {{random.number(1000)}}}""");
        (await cloud.AwsAsync("s3", "mb", $"s3://{bucket}")).Succeeded();
        foreach (var _ in Enumerable.Range(0, 2))
            (await cloud.PipelinesAsync("generate", "--template", template, "--s3", $"s3://{bucket}/logs", "--count", "1000", "--files", "4", gzip, "--seed", "5")).Succeeded();

        var seen = JsonDocument.Parse((await cloud.PythonAsync($$"""
            import gzip
            s3, ids, keys = client("s3"), set(), []
            for item in s3.list_objects_v2(Bucket="{{bucket}}")["Contents"]:
                data = s3.get_object(Bucket="{{bucket}}", Key=item["Key"])["Body"].read()
                lines = (gzip.decompress(data) if item["Key"].endswith(".gz") else data).splitlines()
                keys.append(item["Key"])
                ids.update(json.loads(line)["id"] for line in lines)
            print(json.dumps({"keys": keys, "different": len(ids)}))
            """)).Succeeded()).RootElement;
        seen.GetProperty("different").GetInt32().ShouldBe(1000);
        var keys = seen.GetProperty("keys").EnumerateArray().Select(key => key.GetString()!).ToList();
        keys.Count.ShouldBe(4);
        keys.ShouldAllBe(key => key.StartsWith("logs/records-", StringComparison.Ordinal) && key.EndsWith(suffix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_ThatIsNotThere_IsOneLineAndExitCode1()
    {
        var result = await cloud.PipelinesAsync("generate", "film_events", "--stream", "missing", "--count", "1", "--seed", "1");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Error.TrimEnd().Split('\n').Last().ShouldBe("Kinesis PutRecords: Stream missing under account 000000000000 not found. (ResourceNotFoundException)");
    }

    private async Task CreateStreamAsync(string name, int shards)
    {
        (await cloud.AwsAsync("kinesis", "create-stream", "--stream-name", name, "--shard-count", $"{shards}")).Succeeded();
        (await cloud.AwsAsync("kinesis", "wait", "stream-exists", "--stream-name", name)).Succeeded();
    }
}
