using PipelineStacks.LocalCloud.Tests.Iot;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>What devices publish to, as the iot stack of qa has it: a rule to a stream of one shard, and one to a delivery.</summary>
internal static class DeviceCloud
{
    public const string StreamRule = "pipelines_qa_device_readings_stream";

    private const string Sql = "SELECT *, topic(2) AS device_id FROM 'telemetry/+/readings' WHERE NOT isUndefined(sequence_number)";
    private const string Quarantine = $$$"""{"s3": {"roleArn": "{{{IotCloud.Role}}}", "bucketName": "quarantine", "key": "${newuuid()}.json"}}""";

    public static async Task StreamRuleAsync(this TestCloud cloud)
    {
        await cloud.CreateStreamAsync("readings");
        (await cloud.CreateRuleAsync(StreamRule, Sql, IotCloud.ToStream("readings", "${topic()}"), Quarantine)).ShouldBe("");
    }

    public static async Task DeliveryRuleAsync(this TestCloud cloud)
    {
        await cloud.JsonAsync("Firehose_20150804.CreateDeliveryStream", $$"""
            {
              "DeliveryStreamName": "readings", "DeliveryStreamType": "DirectPut",
              "ExtendedS3DestinationConfiguration": {
                "RoleARN": "arn:aws:iam::{{TestCloud.Account}}:role/firehose", "BucketARN": "arn:aws:s3:::lake", "Prefix": "device_readings/",
                "BufferingHints": { "IntervalInSeconds": 60, "SizeInMBs": 64 } } }
            """);
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(1));
        const string action = $$$"""{"firehose": {"roleArn": "{{{IotCloud.Role}}}", "deliveryStreamName": "readings", "separator": "\n"}}""";
        (await cloud.CreateRuleAsync("pipelines_qa_device_readings_delivery", Sql, action, Quarantine)).ShouldBe("");
    }

    public static Task PublishReadingAsync(this TestCloud cloud) => cloud.RunAsync("telemetry/device-1/readings", """{"sequence_number":1}""");
}
