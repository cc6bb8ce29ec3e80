using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class ProvisionerTests
{
    [Fact]
    public async Task Stream_CreatedUpdatedAndDeleted_KeepsItsRecordsOnTheWay()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        var (provisioner, context) = Provisioner(cloud, "AWS::Kinesis::Stream");
        var before = Json("""
            {"Name":"events","ShardCount":2,"RetentionPeriodHours":48,"StreamEncryption":{"EncryptionType":"KMS","KeyId":"arn:aws:kms:eu-west-1:000000000000:key/1"},
             "StreamModeDetails":{"StreamMode":"PROVISIONED"},"Tags":[{"Key":"environment","Value":"dev"}]}
            """);
        provisioner.Check(context, before);
        var made = await provisioner.CreateAsync(context, before);
        made.PhysicalId.ShouldBe("events");
        ((string)made.Attributes["Arn"]!).ShouldBe(KinesisCloud.Arn("events"));
        (await SummaryAsync(cloud)).ShouldBe("PROVISIONED 2 48 KMS");
        await cloud.PutAsync("events", "kept", hash: "0");

        var after = Json("""{"Name":"events","ShardCount":4,"RetentionPeriodHours":24}""");
        provisioner.NeedsReplacement(context, before, after).ShouldBeFalse();
        await provisioner.UpdateAsync(context, "events", before, after);
        (await SummaryAsync(cloud)).ShouldBe("PROVISIONED 4 24 NONE");
        (await cloud.ReadAsync(await cloud.IteratorAsync("events", 0))).ShouldBe(["kept"]);

        var onDemand = Json("""{"Name":"events","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""");
        await provisioner.UpdateAsync(context, "events", after, onDemand);
        (await SummaryAsync(cloud)).ShouldBe("ON_DEMAND 4 24 NONE");
        provisioner.NeedsReplacement(context, after, Json("""{"Name":"other"}""")).ShouldBeTrue();

        await provisioner.DeleteAsync(context, "events", onDemand);
        await provisioner.DeleteAsync(context, "events", onDemand);
        (await cloud.ErrorAsync("DescribeStream", new { StreamName = "events" })).ShouldStartWith("ResourceNotFoundException");
    }

    [Theory]
    [InlineData("""{"ShardCont":1}""", "ShardCont of Events (AWS::Kinesis::Stream) is not supported by the local cloud.")]
    [InlineData("""{"ShardCount":1,"StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""", "Events (AWS::Kinesis::Stream): ShardCount can't be set in ON_DEMAND mode.")]
    public async Task Stream_WithPropertiesThatCannotBe_IsRefusedByName(string properties, string message)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        var (provisioner, context) = Provisioner(cloud, "AWS::Kinesis::Stream");
        Should.Throw<ServiceException>(() => provisioner.Check(context, Json(properties))).Message.ShouldBe(message);
    }

    [Fact]
    public async Task Consumer_CreatedAndDeleted_IsRegisteredInBetween()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var (provisioner, context) = Provisioner(cloud, "AWS::Kinesis::StreamConsumer");
        var properties = Json($$"""{"ConsumerName":"c","StreamARN":"{{KinesisCloud.Arn("s")}}"}""");
        var made = await provisioner.CreateAsync(context, properties);
        made.PhysicalId.ShouldStartWith(KinesisCloud.Arn("s") + "/consumer/c:");
        ((string)made.Attributes["ConsumerStatus"]!).ShouldBe("ACTIVE");
        await provisioner.DeleteAsync(context, made.PhysicalId, properties);
        (await cloud.CallAsync("ListStreamConsumers", new { StreamARN = KinesisCloud.Arn("s") }))["Consumers"]!.AsArray().ShouldBeEmpty();
    }

    private static (IResourceProvisioner Provisioner, ProvisionContext Context) Provisioner(KinesisCloud cloud, string type) => (
        cloud.Service<IEnumerable<IResourceProvisioner>>().Single(provisioner => provisioner.ResourceType == type),
        new ProvisionContext(cloud.Call, "arn:aws:cloudformation:eu-west-1:000000000000:stack/stack/1", "stack", "Events", type));

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static async Task<string> SummaryAsync(KinesisCloud cloud)
    {
        var summary = (await cloud.CallAsync("DescribeStreamSummary", new { StreamName = "events" }))["StreamDescriptionSummary"]!;
        return $"{summary["StreamModeDetails"]!["StreamMode"]} {summary["OpenShardCount"]} {summary["RetentionPeriodHours"]} {summary["EncryptionType"]}";
    }
}
