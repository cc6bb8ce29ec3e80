using System.Text.Json;

namespace PipelineStacks.LocalCloud.Tests.Firehose;

public sealed class DeliveryStreamTests
{
    [Fact]
    public async Task Stream_CreatedAndUpdated_IsDescribedWithDefaultsAndVersion()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.CreateAsync("described", new { Prefix = "raw/" });

        var created = (await cloud.CallAsync("Firehose_20150804.DescribeDeliveryStream", """{"DeliveryStreamName":"described"}"""))["DeliveryStreamDescription"]!;
        created["DeliveryStreamARN"]!.ToString().ShouldBe("arn:aws:firehose:us-east-1:000000000000:deliverystream/described");
        created["DeliveryStreamStatus"]!.ToString().ShouldBe("ACTIVE");
        created["DeliveryStreamType"]!.ToString().ShouldBe("DirectPut");
        created["VersionId"]!.ToString().ShouldBe("1");
        created["HasMoreDestinations"]!.GetValue<bool>().ShouldBeFalse();
        var destination = created["Destinations"]![0]!;
        destination["DestinationId"]!.ToString().ShouldBe("destinationId-000000000001");
        destination["S3DestinationDescription"]!["CompressionFormat"]!.ToString().ShouldBe("UNCOMPRESSED");
        destination["ExtendedS3DestinationDescription"]!["BufferingHints"]!.ToJsonString().ShouldBe("""{"SizeInMBs":5,"IntervalInSeconds":300}""");
        destination["ExtendedS3DestinationDescription"]!["S3BackupMode"]!.ToString().ShouldBe("Disabled");

        (await UpdateAsync("2", "{}")).ShouldBe(
            "ConcurrentModificationException: Cannot update firehose: described since the current version id: 1 and specified version id: 2 do not match");
        (await UpdateAsync("1", """{"BufferingHints":{"SizeInMBs":1,"IntervalInSeconds":60} }""")).ShouldBe("");

        var updated = (await cloud.CallAsync("Firehose_20150804.DescribeDeliveryStream", """{"DeliveryStreamName":"described"}"""))["DeliveryStreamDescription"]!;
        updated["VersionId"]!.ToString().ShouldBe("2");
        var settings = updated["Destinations"]![0]!["ExtendedS3DestinationDescription"]!;
        settings["Prefix"]!.ToString().ShouldBe("raw/");
        settings["BufferingHints"]!["SizeInMBs"]!.GetValue<int>().ShouldBe(1);

        async Task<string> UpdateAsync(string version, string update)
        {
            var request = $$"""
                {"DeliveryStreamName":"described","CurrentDeliveryStreamVersionId":"{{version}}","DestinationId":"destinationId-000000000001",
                 "ExtendedS3DestinationUpdate":{{update}}}
                """;
            return version == "1" ? (await cloud.CallAsync("Firehose_20150804.UpdateDestination", request)).ToJsonString().Trim('{', '}')
                : await cloud.ErrorAsync("Firehose_20150804.UpdateDestination", request);
        }
    }

    public static TheoryData<string, object> Refused => new()
    {
        {
            "InvalidArgumentException: Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
            new { Prefix = "!{timestamp:yyyy}/" }
        },
        {
            "InvalidArgumentException: Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix must contain !{firehose:error-output-type} when it contains expressions",
            new { Prefix = "a/", ErrorOutputPrefix = "!{timestamp:yyyy}/" }
        },
        { "InvalidArgumentException: CompressionFormat must be set to UNCOMPRESSED when data format conversion is enabled.", new { CompressionFormat = "GZIP", DataFormatConversionConfiguration = FirehoseCloud.Conversion("t") } },
        {
            "InvalidArgumentException: BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.",
            new { BufferingHints = new { SizeInMBs = 63, IntervalInSeconds = 60 }, DataFormatConversionConfiguration = FirehoseCloud.Conversion("t") }
        },
        {
            "InvalidArgumentException: InputFormatConfiguration must not be null when data format conversion is enabled.",
            new { DataFormatConversionConfiguration = new { Enabled = true } }
        },
        {
            "InvalidArgumentException: The specified table/database could not be found. Please ensure that the table/database exists and that the values provided in the schema configuration are correct, especially with regards to casing.",
            new { DataFormatConversionConfiguration = FirehoseCloud.Conversion("missing") }
        },
        { "InvalidArgumentException: S3BackupConfiguration must be specified when S3BackupMode is Enabled.", new { S3BackupMode = "Enabled" } },
        { "InvalidArgumentException: BufferingHints: SizeInMBs and IntervalInSeconds must be specified together.", new { BufferingHints = new { SizeInMBs = 5 } } },
        { "InvalidArgumentException: The CustomTimeZone Mars/Olympus is not a time zone; give a name such as Europe/Berlin.", new { CustomTimeZone = "Mars/Olympus" } },
        { "NotImplementedByLocalCloud: DynamicPartitioningConfiguration (Enabled) is not supported by the local cloud.", new { DynamicPartitioningConfiguration = new { Enabled = true } } },
        { "NotImplementedByLocalCloud: The CompressionFormat ZIP is not supported by the local cloud.", new { CompressionFormat = "ZIP" } },
        {
            "NotImplementedByLocalCloud: The processor Lambda in ProcessingConfiguration is not supported by the local cloud.",
            new { ProcessingConfiguration = new { Enabled = true, Processors = new[] { new { Type = "Lambda" } } } }
        },
        {
            "SerializationException: ExtendedS3DestinationConfiguration.DataFormatConversionConfiguration.OutputFormatConfiguration.Serializer.OrcSerDe of Firehose CreateDeliveryStream is not supported by the local cloud.",
            new { DataFormatConversionConfiguration = new { OutputFormatConfiguration = new { Serializer = new { OrcSerDe = new { } } } } }
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Create_OfWhatIsWrongOrUnsupported_IsRefusedByName(string error, object destination)
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.PutTableAsync("t", ("v", "int"));

        (await cloud.ErrorAsync("Firehose_20150804.CreateDeliveryStream", FirehoseCloud.Creation("refused", destination))).ShouldBe(error);

        (await cloud.CallAsync("Firehose_20150804.ListDeliveryStreams", "{}"))["DeliveryStreamNames"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Put_BeyondTheLimitsOrTheSource_IsRefused()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.CreateAsync("direct", new { });
        await cloud.CreateAsync("sourced", new { }, fromKinesis: true);

        (await PutAsync("direct", 501, 1)).ShouldContain("Member must have length less than or equal to 500");
        (await PutAsync("direct", 1, (1000 * 1024) + 1)).ShouldContain("Member must have length less than or equal to 1024000");
        (await PutAsync("direct", 5, 1000 * 1024)).ShouldBe("InvalidArgumentException: Records size exceeds 4 MB limit");
        (await PutAsync("nowhere", 1, 1)).ShouldBe("ResourceNotFoundException: Firehose nowhere under account 000000000000 not found.");
        (await PutAsync("sourced", 1, 1)).ShouldBe("InvalidArgumentException: This operation is not permitted on KinesisStreamAsSource delivery stream type.");

        Task<string> PutAsync(string stream, int records, int size) => cloud.ErrorAsync("Firehose_20150804.PutRecordBatch", JsonSerializer.Serialize(new
        {
            DeliveryStreamName = stream,
            Records = Enumerable.Repeat(new { Data = new byte[size] }, records),
        }));
    }

    [Fact]
    public async Task Streams_TaggedAndEncrypted_AreListedInPages()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        foreach (var name in new[] { "c", "a", "b" })
            await cloud.CreateAsync(name, new { });
        await cloud.CallAsync("Firehose_20150804.TagDeliveryStream", """{"DeliveryStreamName":"a","Tags":[{"Key":"x","Value":"1"},{"Key":"y"}]}""");
        await cloud.CallAsync("Firehose_20150804.UntagDeliveryStream", """{"DeliveryStreamName":"a","TagKeys":["x"]}""");
        await cloud.CallAsync("Firehose_20150804.StartDeliveryStreamEncryption", """{"DeliveryStreamName":"a"}""");

        (await cloud.CallAsync("Firehose_20150804.ListDeliveryStreams", """{"Limit":2}""")).ToJsonString()
            .ShouldBe("""{"DeliveryStreamNames":["a","b"],"HasMoreDeliveryStreams":true}""");
        (await cloud.CallAsync("Firehose_20150804.ListDeliveryStreams", """{"ExclusiveStartDeliveryStreamName":"b"}""")).ToJsonString()
            .ShouldBe("""{"DeliveryStreamNames":["c"],"HasMoreDeliveryStreams":false}""");
        (await cloud.CallAsync("Firehose_20150804.ListTagsForDeliveryStream", """{"DeliveryStreamName":"a"}""")).ToJsonString()
            .ShouldBe("""{"Tags":[{"Key":"y","Value":""}],"HasMoreTags":false}""");
        (await cloud.CallAsync("Firehose_20150804.DescribeDeliveryStream", """{"DeliveryStreamName":"a"}"""))
            ["DeliveryStreamDescription"]!["DeliveryStreamEncryptionConfiguration"]!.ToJsonString()
            .ShouldBe("""{"Status":"ENABLED","KeyType":"AWS_OWNED_CMK"}""");

        await cloud.CallAsync("Firehose_20150804.DeleteDeliveryStream", """{"DeliveryStreamName":"b"}""");
        (await cloud.ErrorAsync("Firehose_20150804.DescribeDeliveryStream", """{"DeliveryStreamName":"b"}""")).ShouldStartWith("ResourceNotFoundException");
    }
}
