using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Tests.Firehose;

public sealed class DeliveryStreamProvisionerTests
{
    [Fact]
    public async Task Resource_CreatedUpdatedAndDeleted_IsADeliveryStream()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        var (provisioner, context) = Prepare(cloud);
        var before = Template("raw/", "a");
        provisioner.Check(context, before);
        var created = await provisioner.CreateAsync(context, before);

        created.PhysicalId.ShouldMatch("^pipelines-dev-streaming-Delivery-[0-9A-Z]{12}$");
        created.Attributes["Arn"]!.ToString().ShouldBe($"arn:aws:firehose:us-east-1:000000000000:deliverystream/{created.PhysicalId}");

        var after = Template("other/", "b");
        provisioner.NeedsReplacement(context, before, after).ShouldBeFalse();
        (await provisioner.UpdateAsync(context, created.PhysicalId, before, after)).PhysicalId.ShouldBe(created.PhysicalId);
        var described = (await cloud.CallAsync("Firehose_20150804.DescribeDeliveryStream", $$"""{"DeliveryStreamName":"{{created.PhysicalId}}"}"""))["DeliveryStreamDescription"]!;
        described["VersionId"]!.ToString().ShouldBe("2");
        described["Destinations"]![0]!["S3DestinationDescription"]!["Prefix"]!.ToString().ShouldBe("other/");
        (await cloud.CallAsync("Firehose_20150804.ListTagsForDeliveryStream", $$"""{"DeliveryStreamName":"{{created.PhysicalId}}"}"""))["Tags"]!.ToJsonString()
            .ShouldBe("""[{"Key":"b","Value":"1"}]""");

        await provisioner.DeleteAsync(context, created.PhysicalId, after);
        await provisioner.DeleteAsync(context, created.PhysicalId, after);
        (await cloud.CallAsync("Firehose_20150804.ListDeliveryStreams", "{}"))["DeliveryStreamNames"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Source_Changed_NeedsANewStream()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        var (provisioner, context) = Prepare(cloud);
        var after = Template("raw/", "a");
        after["KinesisStreamSourceConfiguration"]!["KinesisStreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/other";
        provisioner.NeedsReplacement(context, Template("raw/", "a"), after).ShouldBeTrue();
    }

    [Theory]
    [InlineData("RedshiftDestinationConfiguration", "{}", "RedshiftDestinationConfiguration of Delivery (AWS::KinesisFirehose::DeliveryStream) is not supported by the local cloud.")]
    [InlineData("ExtendedS3DestinationConfiguration", """{"DynamicPartitioningConfiguration":{"Enabled":true}}""",
        "DynamicPartitioningConfiguration (Enabled) is not supported by the local cloud.")]
    public async Task Property_ThatIsNotSupported_IsRefusedBeforeAnythingIsMade(string property, string value, string error)
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        var (provisioner, context) = Prepare(cloud);
        Should.Throw<ServiceException>(() => provisioner.Check(context, new JsonObject { [property] = JsonNode.Parse(value) })).Message.ShouldBe(error);
    }

    private static (IResourceProvisioner, ProvisionContext) Prepare(FirehoseCloud cloud) => (
        cloud.Services.GetServices<IResourceProvisioner>().Single(one => one.ResourceType == "AWS::KinesisFirehose::DeliveryStream"),
        new(cloud.Services.GetRequiredService<Callers>().ForClient(null, null), "stack", "pipelines-dev-streaming", "Delivery", "AWS::KinesisFirehose::DeliveryStream"));

    private static JsonObject Template(string prefix, string tag) => JsonNode.Parse($$"""
        {
          "DeliveryStreamType": "KinesisStreamAsSource",
          "KinesisStreamSourceConfiguration": {"KinesisStreamARN": "{{FirehoseCloud.StreamArn}}", "RoleARN": "{{FirehoseCloud.Role}}"},
          "ExtendedS3DestinationConfiguration": {
            "RoleARN": "{{FirehoseCloud.Role}}", "BucketARN": "arn:aws:s3:::lake", "Prefix": "{{prefix}}",
            "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": "60"},
            "EncryptionConfiguration": {"KMSEncryptionConfig": {"AWSKMSKeyARN": "arn:aws:kms:us-east-1:000000000000:key/k"} },
            "CloudWatchLoggingOptions": {"Enabled": "true", "LogGroupName": "g", "LogStreamName": "s"},
            "S3BackupMode": "Disabled"
          },
          "Tags": [{"Key": "{{tag}}", "Value": "1"}]
        }
        """)!.AsObject();
}
