using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Kinesis;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class StreamTests
{
    [Fact]
    public async Task Stream_FromBeginningToEnd_IsWhatTheCallsSay()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CallAsync("CreateStream", new { StreamName = "s", ShardCount = 1, Tags = new { team = "data" } });
        (await cloud.ErrorAsync("CreateStream", new { StreamName = "s", ShardCount = 1 }))
            .ShouldBe("ResourceInUseException: Stream s under account 000000000000 already exists.");
        var description = (await cloud.CallAsync("DescribeStream", new { StreamARN = KinesisCloud.Arn("s") }))["StreamDescription"]!;
        ((string)description["StreamStatus"]!).ShouldBe("ACTIVE");
        ((string)description["EncryptionType"]!).ShouldBe("NONE");
        ((bool)description["HasMoreShards"]!).ShouldBeFalse();
        await cloud.CallAsync("AddTagsToStream", new { StreamName = "s", Tags = new { env = "dev" } });
        await cloud.CallAsync("UntagResource", new { ResourceARN = KinesisCloud.Arn("s"), TagKeys = new[] { "team" } });
        (await cloud.CallAsync("ListTagsForStream", new { StreamName = "s" })).ToJsonString()
            .ShouldBe("""{"Tags":[{"Key":"env","Value":"dev"}],"HasMoreTags":false}""");

        await cloud.PutAsync("s", "plain");
        await cloud.CallAsync("StartStreamEncryption", new { StreamName = "s", EncryptionType = "KMS", KeyId = "alias/k" });
        await cloud.PutAsync("s", "sealed");
        var read = await cloud.GetAsync(await cloud.IteratorAsync("s", 0));
        read["Records"]!.AsArray().Select(record => (string?)record!["EncryptionType"]).ShouldBe([null, "KMS"]);

        await cloud.CallAsync("DeleteStream", new { StreamName = "s" });
        (await cloud.ErrorAsync("DescribeStream", new { StreamName = "s" })).ShouldBe("ResourceNotFoundException: Stream s under account 000000000000 not found.");
        await cloud.CreateAsync("s", 1);
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBeEmpty("a stream made again begins empty");
    }

    [Fact]
    public async Task Consumers_RegisteredAndListed_KeepTheStreamFromBeingDeleted()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var stream = KinesisCloud.Arn("s");
        var made = (await cloud.CallAsync("RegisterStreamConsumer", new { StreamARN = stream, ConsumerName = "c" }))["Consumer"]!;
        ((string)made["ConsumerARN"]!).ShouldBe($"{stream}/consumer/c:{cloud.Now.ToUnixTimeSeconds()}");
        (await cloud.ErrorAsync("RegisterStreamConsumer", new { StreamARN = stream, ConsumerName = "c" })).ShouldStartWith("ResourceInUseException");
        var described = (await cloud.CallAsync("DescribeStreamConsumer", new { ConsumerARN = (string)made["ConsumerARN"]! }))["ConsumerDescription"]!;
        ((string)described["StreamARN"]!).ShouldBe(stream);
        (await cloud.CallAsync("ListStreamConsumers", new { StreamARN = stream }))["Consumers"]!.AsArray().Count.ShouldBe(1);
        (await cloud.ErrorAsync("DeleteStream", new { StreamName = "s" })).ShouldStartWith("ResourceInUseException");
        (await cloud.ErrorAsync("SubscribeToShard", new { })).ShouldBe("NotImplementedByLocalCloud: The operation SubscribeToShard of Kinesis is not supported by the local cloud.");
        await cloud.CallAsync("DeregisterStreamConsumer", new { StreamARN = stream, ConsumerName = "c" });
        await cloud.CallAsync("DeleteStream", new { StreamName = "s" });
    }

    [Fact]
    public async Task ListStreams_InPages_GivesAllOfTheRegionOnce()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        foreach (var name in new[] { "c", "a", "b" })
            await cloud.CreateAsync(name, 1);
        var first = await cloud.CallAsync("ListStreams", new { Limit = 2 });
        ((bool)first["HasMoreStreams"]!).ShouldBeTrue();
        var second = await cloud.CallAsync("ListStreams", new { NextToken = (string)first["NextToken"]! });
        first["StreamNames"]!.AsArray().Concat(second["StreamNames"]!.AsArray()).Select(name => (string)name!).ShouldBe(["a", "b", "c"]);
        ((bool)second["HasMoreStreams"]!).ShouldBeFalse();
    }

    [Theory]
    [InlineData("CreateStream", """{"StreamName":"","ShardCount":0}""",
        "3 validation errors detected: Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
        + "Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1; "
        + "Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("DescribeStream", """{"StreamName":"a b","Limit":10001}""",
        "2 validation errors detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000; "
        + "Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")]
    [InlineData("GetRecords", """{"ShardIterator":"x","Limit":10001}""",
        "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000")]
    [InlineData("CreateStream", """{"StreamName":"s","ShardCount":1,"StreamModeDetails":{"StreamMode":"FREE"}}""",
        "1 validation error detected: Value 'FREE' at 'streamModeDetails.streamMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]")]
    [InlineData("AddTagsToStream", """{"StreamName":"s","Tags":{}}""",
        "1 validation error detected: Value '{}' at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    public async Task Members_OutsideTheirConstraints_AreAllToldInAwsText(string operation, string request, string message)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        (await cloud.ErrorAsync(operation, request)).ShouldBe("ValidationException: " + message);
    }

    [Fact]
    public async Task StreamReader_FollowsAShardToItsChildren()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var (reader, stream) = (cloud.Service<IStreamReader>(), KinesisCloud.Arn("s"));
        await cloud.PutAsync("s", "before");
        var latest = reader.Latest(cloud.Call, stream, "shardId-000000000000");
        var number = await cloud.PutAsync("s", "one", key: "k1");
        await cloud.PutAsync("s", "two");
        await cloud.CallAsync("UpdateShardCount", new { StreamName = "s", TargetShardCount = 2, ScalingType = "UNIFORM_SCALING" });

        var first = reader.Read(cloud.Call, stream, "shardId-000000000000", latest, maxRecords: 1);
        var record = first.Records.ShouldHaveSingleItem();
        (record.SequenceNumber, record.PartitionKey, Encoding.UTF8.GetString(record.Data.Span), record.ApproximateArrival).ShouldBe((number, "k1", "one", cloud.Now));
        first.AtEnd.ShouldBeFalse();
        var second = reader.Read(cloud.Call, stream, "shardId-000000000000", first.Next);
        second.Records.Count.ShouldBe(1);
        second.AtEnd.ShouldBeTrue();
        reader.ListShards(cloud.Call, stream).ShouldBe(
        [
            new("shardId-000000000000", null, null, true),
            new("shardId-000000000001", "shardId-000000000000", null, false),
            new("shardId-000000000002", "shardId-000000000000", null, false),
        ]);
    }

    [Fact]
    public async Task Metrics_OfAStream_AreThoseOfAws()
    {
        var sink = new Sink();
        await using var cloud = await KinesisCloud.StartAsync(configure: services => services.AddSingleton<IMetricSink>(sink));
        await cloud.CreateAsync("s", 1);
        await cloud.PutAsync("s", "123", key: "k");
        for (var i = 0; i < 3; i++)
            await cloud.CallAsync("PutRecords", PutTests.Records("s", 500, _ => "x"));
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(2));
        await cloud.GetAsync(await cloud.IteratorAsync("s", 0), limit: 10);
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

        (string Name, double Sum)[] expected =
        [
            ("IncomingRecords", 1000), ("IncomingBytes", 2002), ("PutRecord.Success", 1), ("PutRecord.Bytes", 4),
            ("PutRecords.TotalRecords", 1500), ("PutRecords.SuccessfulRecords", 999), ("PutRecords.ThrottledRecords", 501), ("PutRecords.FailedRecords", 0),
            ("WriteProvisionedThroughputExceeded", 501), ("GetRecords.Records", 10), ("GetRecords.Success", 1),
            ("GetRecords.IteratorAgeMilliseconds", 2000), ("ReadProvisionedThroughputExceeded", 0),
        ];
        foreach (var (name, sum) in expected)
            sink.Sum(name).ShouldBe(sum, name);
    }

    private sealed class Sink : IMetricSink
    {
        private readonly List<(MetricId Metric, double Value)> _values = [];

        public void Put(MetricId metric, double value, DateTimeOffset at)
        {
            lock (_values)
                _values.Add((metric, value));
        }

        public double Sum(string name)
        {
            lock (_values)
                return _values.Where(put => put.Metric.Namespace == "AWS/Kinesis" && put.Metric.Name == name
                    && put.Metric.Dimensions.Pairs.SequenceEqual([("StreamName", "s")])).Sum(put => put.Value);
        }
    }
}
