using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Kinesis;

/// <summary>Kinesis by the clients that people use.</summary>
public sealed class ClientTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Awscli_PutsAndGetsRecords()
    {
        await AwsAsync("create-stream", "--stream-name", "cli", "--shard-count", "2");
        await AwsAsync("wait", "stream-exists", "--stream-name", "cli");
        var put = await AwsAsync("put-record", "--stream-name", "cli", "--partition-key", "a", "--data", "aGVsbG8=");
        ((string)put["ShardId"]!).ShouldBe("shardId-000000000000");
        var many = await AwsAsync("put-records", "--stream-name", "cli", "--records", "Data=b25l,PartitionKey=a", "Data=dHdv,PartitionKey=b");
        ((int)many["FailedRecordCount"]!).ShouldBe(0);

        var iterator = await AwsAsync(
            "get-shard-iterator", "--stream-name", "cli", "--shard-id", "shardId-000000000000", "--shard-iterator-type", "TRIM_HORIZON");
        var got = await AwsAsync("get-records", "--shard-iterator", (string)iterator["ShardIterator"]!);
        got["Records"]!.AsArray().Select(record => (string)record!["Data"]!).ShouldBe(["aGVsbG8=", "b25l"]);
        ((string)got["Records"]![0]!["SequenceNumber"]!).ShouldBe((string)put["SequenceNumber"]!);

        var summary = await AwsAsync("describe-stream-summary", "--stream-name", "cli");
        ((string)summary["StreamDescriptionSummary"]!["StreamStatus"]!).ShouldBe("ACTIVE");
        await AwsAsync("update-shard-count", "--stream-name", "cli", "--target-shard-count", "3", "--scaling-type", "UNIFORM_SCALING");
        (await AwsAsync("list-shards", "--stream-name", "cli"))["Shards"]!.AsArray().Count.ShouldBeGreaterThan(4);
        var missing = await cloud.AwsAsync("kinesis", "describe-stream", "--stream-name", "none");
        missing.ExitCode.ShouldNotBe(0);
        missing.Error.ShouldContain("(ResourceNotFoundException) when calling the DescribeStream operation: Stream none under account 000000000000 not found.");
        await AwsAsync("delete-stream", "--stream-name", "cli");
    }

    [Fact]
    public async Task Boto3_ReadsAllThatItPut()
    {
        var output = (await cloud.PythonAsync("""
            import datetime
            k = client("kinesis")
            k.create_stream(StreamName="boto", StreamModeDetails={"StreamMode": "ON_DEMAND"})
            k.get_waiter("stream_exists").wait(StreamName="boto")
            k.add_tags_to_stream(StreamName="boto", Tags={"team": "data"})
            k.increase_stream_retention_period(StreamName="boto", RetentionPeriodHours=48)
            answer = k.put_records(StreamName="boto", Records=[{"Data": b"\x00\xff%d" % i, "PartitionKey": "key-%d" % i} for i in range(300)])
            assert answer["FailedRecordCount"] == 0, answer
            start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=1)
            seen = set()
            for page in k.get_paginator("list_shards").paginate(StreamName="boto"):
                for shard in page["Shards"]:
                    iterator = k.get_shard_iterator(StreamName="boto", ShardId=shard["ShardId"], ShardIteratorType="AT_TIMESTAMP", Timestamp=start)["ShardIterator"]
                    got = k.get_records(ShardIterator=iterator, Limit=1000)
                    assert got["MillisBehindLatest"] == 0
                    for record in got["Records"]:
                        assert record["ApproximateArrivalTimestamp"] >= start
                        seen.add((record["PartitionKey"], record["Data"]))
            assert seen == {("key-%d" % i, b"\x00\xff%d" % i) for i in range(300)}
            try:
                k.get_records(ShardIterator="garbage")
            except k.exceptions.InvalidArgumentException as error:
                print(error.response["Error"]["Message"])
            print(k.describe_stream_summary(StreamName="boto")["StreamDescriptionSummary"]["StreamModeDetails"]["StreamMode"], len(seen))
            """)).Succeeded();
        output.ReplaceLineEndings("\n").ShouldBe("Invalid ShardIterator.\nON_DEMAND 300\n");
    }

    private async Task<JsonNode> AwsAsync(params string[] arguments)
    {
        var output = (await cloud.AwsAsync(["kinesis", .. arguments, "--output", "json"])).Succeeded();
        return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
    }
}
