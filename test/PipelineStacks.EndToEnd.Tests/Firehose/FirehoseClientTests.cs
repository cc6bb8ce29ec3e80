using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Firehose;

/// <summary>awscli and boto3 against Firehose.</summary>
public sealed class FirehoseClientTests : IAsyncLifetime
{
    private readonly LocalCloudProcess _cloud = new() { Options = ["--virtual-time"] };

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Awscli_PutsABatch_AndFindsItInTheBucket()
    {
        (await _cloud.AwsAsync("s3", "mb", "s3://lake")).Succeeded();
        (await _cloud.AwsAsync(
            "firehose", "create-delivery-stream", "--delivery-stream-name", "direct", "--extended-s3-destination-configuration",
            """{"RoleARN":"arn:aws:iam::000000000000:role/r","BucketARN":"arn:aws:s3:::lake","Prefix":"raw/","BufferingHints":{"SizeInMBs":1,"IntervalInSeconds":60}}"""))
            .Succeeded();
        var put = JsonNode.Parse((await _cloud.AwsAsync(
            "firehose", "put-record-batch", "--delivery-stream-name", "direct", "--cli-binary-format", "raw-in-base64-out",
            "--records", """[{"Data":"one\n"},{"Data":"two\n"}]""")).Succeeded())!;
        put["FailedPutCount"]!.GetValue<int>().ShouldBe(0);
        put["RequestResponses"]!.AsArray().Count.ShouldBe(2);

        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(60));

        var key = (await _cloud.AwsAsync("s3api", "list-objects-v2", "--bucket", "lake", "--query", "Contents[0].Key", "--output", "text")).Succeeded().Trim();
        key.ShouldStartWith("raw/2026/11/20/09/direct-1-2026-11-20-09-00-00-");
        (await _cloud.AwsAsync("s3", "cp", $"s3://lake/{key}", "-")).Succeeded().ShouldBe("one\ntwo\n");

        var described = JsonNode.Parse((await _cloud.AwsAsync("firehose", "describe-delivery-stream", "--delivery-stream-name", "direct")).Succeeded())!
            ["DeliveryStreamDescription"]!;
        described["DeliveryStreamStatus"]!.ToString().ShouldBe("ACTIVE");
        described["CreateTimestamp"]!.ToString().ShouldStartWith("2026-11-20T09:00:00");
        described["Destinations"]![0]!["ExtendedS3DestinationDescription"]!["BucketARN"]!.ToString().ShouldBe("arn:aws:s3:::lake");
    }

    [Fact]
    public async Task Boto3_OnAStreamFromKinesis_GetsTheServicesErrors()
    {
        var output = (await _cloud.PythonAsync(
            """
            client("kinesis").create_stream(StreamName="events", ShardCount=1)
            f = client("firehose")
            f.create_delivery_stream(
                DeliveryStreamName="sourced", DeliveryStreamType="KinesisStreamAsSource",
                KinesisStreamSourceConfiguration={"KinesisStreamARN": "arn:aws:kinesis:eu-west-1:000000000000:stream/events", "RoleARN": "arn:aws:iam::000000000000:role/r"},
                ExtendedS3DestinationConfiguration={"RoleARN": "arn:aws:iam::000000000000:role/r", "BucketARN": "arn:aws:s3:::lake"})
            for call in (
                lambda: f.put_record(DeliveryStreamName="sourced", Record={"Data": b"x"}),
                lambda: f.describe_delivery_stream(DeliveryStreamName="missing"),
                lambda: f.update_destination(
                    DeliveryStreamName="sourced", CurrentDeliveryStreamVersionId="7", DestinationId="destinationId-000000000001", ExtendedS3DestinationUpdate={})):
                try:
                    call()
                    print("no error")
                except f.exceptions.ClientError as e:
                    print(e.response["Error"]["Code"])
            print(f.list_delivery_streams(DeliveryStreamType="KinesisStreamAsSource")["DeliveryStreamNames"])
            """)).Succeeded();

        output.Trim().Split('\n').ShouldBe(["InvalidArgumentException", "ResourceNotFoundException", "ConcurrentModificationException", "['sourced']"]);
    }
}
