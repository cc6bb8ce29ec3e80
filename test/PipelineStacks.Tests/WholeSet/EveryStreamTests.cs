using System.Text.Json.Nodes;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every data stream, delivery stream and log group: the things that Firehose refuses, or forgives and then loses data.</summary>
[Collection(TemplateTests.Name)]
public sealed class EveryStreamTests(Templates templates)
{
    private const string Destination = "ExtendedS3DestinationConfiguration";

    private IEnumerable<Resource> DeliveryRoles => templates.All.Where(template => template.Stack == "streaming").SelectMany(template => template.OfType("AWS::IAM::Role"));

    private IEnumerable<Resource> Deliveries => templates.OfType("AWS::KinesisFirehose::DeliveryStream");

    [Fact]
    public void Streams_AreEncryptedWithTheDataKey() => templates.OfType("AWS::Kinesis::Stream").ShouldAllBe(stream =>
        stream.Text("StreamEncryption.EncryptionType") == "KMS" && Readable.Text(stream.At("StreamEncryption.KeyId")!).Contains("DataKey", StringComparison.Ordinal));

    [Theory]
    [InlineData("dev", "ON_DEMAND", null, 24)]
    [InlineData("qa", "ON_DEMAND", null, 24)]
    [InlineData("prod", "PROVISIONED", "4", 168)]
    public void Streams_HaveTheSettingsOfTheirEnvironment(string environment, string mode, string? shards, int hours)
    {
        foreach (var stream in templates[environment, "streaming"].OfType("AWS::Kinesis::Stream"))
            (stream.Text("StreamModeDetails.StreamMode"), stream.Text("ShardCount"), (int?)stream.At("RetentionPeriodHours")).ShouldBe((mode, shards, hours));
    }

    [Fact]
    public void Deliveries_ThatArePutToDirectly_AreEncryptedWithTheDataKey() =>
        Deliveries.Where(delivery => delivery.StackName.EndsWith("-iot", StringComparison.Ordinal)).ShouldAllBe(delivery =>
            delivery.Text("DeliveryStreamType") == "DirectPut" && delivery.At("KinesisStreamSourceConfiguration") == null
            && delivery.Text("DeliveryStreamEncryptionConfigurationInput.KeyType") == "CUSTOMER_MANAGED_CMK"
            && Readable.Text(delivery.At("DeliveryStreamEncryptionConfigurationInput.KeyARN")!).Contains("DataKey", StringComparison.Ordinal));

    [Fact]
    public void Deliveries_ReadADataStream_WithTheRoleThatWrites() => Deliveries.Where(delivery => delivery.StackName.EndsWith("-streaming", StringComparison.Ordinal)).ShouldAllBe(delivery =>
        delivery.Text("DeliveryStreamType") == "KinesisStreamAsSource"
        && Readable.Line(delivery.At("KinesisStreamSourceConfiguration.RoleARN")) == Readable.Line(delivery.At($"{Destination}.RoleARN")));

    [Fact]
    public void Deliveries_ConvertToParquet_ByTheNewestSchemaOfTheLandingTable()
    {
        foreach (var delivery in Deliveries)
        {
            const string conversion = $"{Destination}.DataFormatConversionConfiguration";
            delivery.Text($"{conversion}.Enabled").ShouldBe("true");
            delivery.At($"{conversion}.InputFormatConfiguration.Deserializer.OpenXJsonSerDe").ShouldNotBeNull();
            delivery.Text($"{conversion}.OutputFormatConfiguration.Serializer.ParquetSerDe.Compression").ShouldBe("SNAPPY");
            delivery.Text($"{conversion}.SchemaConfiguration.VersionId").ShouldBe("LATEST");
            // An import: CloudFormation deploys the table's stack first.
            Readable.Text(delivery.At($"{conversion}.SchemaConfiguration.TableName")!).ShouldMatch(@"^\$\{import pipelines-\w+-catalog:ExportsOutputRef\w+LandingTable");
        }
    }

    [Fact]
    public void Deliveries_ThatConvert_BufferEnough_AndDoNotCompressTwice() => Deliveries.ShouldAllBe(delivery =>
        (int)delivery.At($"{Destination}.BufferingHints.SizeInMBs")! >= 64 && delivery.Text($"{Destination}.CompressionFormat") == "UNCOMPRESSED");

    [Fact]
    public void Deliveries_WriteByArrival_AndRejectIntoQuarantine()
    {
        foreach (var delivery in Deliveries)
        {
            const string byArrival = "/arrival_date=!{timestamp:yyyy-MM-dd}/";
            var prefix = delivery.Text($"{Destination}.Prefix")!;
            prefix.ShouldEndWith(byArrival);
            delivery.Text($"{Destination}.ErrorOutputPrefix").ShouldBe($"quarantine/{prefix[..^byArrival.Length]}/!{{firehose:error-output-type}}{byArrival}");
            delivery.Text($"{Destination}.FileExtension").ShouldBe(".parquet");
        }
    }

    [Fact]
    public void Deliveries_HaveALogGroupAndStreamOfTheirOwn_ThatTheRoleMayWrite()
    {
        foreach (var delivery in Deliveries)
        {
            var template = templates.All.Single(template => template.StackName == delivery.StackName);
            var group = delivery.Text($"{Destination}.CloudWatchLoggingOptions.LogGroupName.Ref");
            var stream = delivery.Text($"{Destination}.CloudWatchLoggingOptions.LogStreamName.Ref");
            template.Single("AWS::Logs::LogStream", stream!).Text("LogGroupName.Ref").ShouldBe(group);
            template.Single("AWS::IAM::Role", delivery.Text($"{Destination}.RoleARN.Fn::GetAtt.0")!).ToString()
                .ShouldContain($$"""log-group:${{{group}}}:log-stream:${{{stream}}}""");
        }
    }

    [Fact]
    public void Deliveries_EncryptWhatTheyWrite() =>
        Deliveries.Select(delivery => Readable.Text(delivery.At($"{Destination}.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN")!))
            .ShouldAllBe(key => key.Contains("DataKey", StringComparison.Ordinal));

    [Theory]
    [InlineData("dev", false)]
    [InlineData("prod", true)]
    public void Deliveries_KeepTheSource_WhereTheSettingsAsk(string environment, bool kept)
    {
        foreach (var delivery in templates[environment, "streaming"].OfType("AWS::KinesisFirehose::DeliveryStream"))
        {
            delivery.Text($"{Destination}.S3BackupMode").ShouldBe(kept ? "Enabled" : "Disabled");
            delivery.Text($"{Destination}.S3BackupConfiguration.Prefix").ShouldBe(kept ? $"source/{delivery.Text($"{Destination}.Prefix")}" : null);
            delivery.Text($"{Destination}.S3BackupConfiguration.CompressionFormat").ShouldBe(kept ? "GZIP" : null);
        }
    }

    [Fact]
    public void DeliveryRoles_MayDoWhatFirehoseNeeds_AndNothingElse()
    {
        foreach (var role in DeliveryRoles)
        {
            var actions = ((JsonArray)role.At("Policies.0.PolicyDocument.Statement")!)
                .SelectMany(statement => statement!["Action"] is JsonArray several ? several.Select(action => (string)action!) : [(string)statement["Action"]!]);
            actions.Order().ShouldBe([
                "glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions",
                "kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards",
                "kms:Decrypt", "kms:GenerateDataKey",
                "logs:PutLogEvents",
                "s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject",
            ]);
        }
    }

    [Fact]
    public void DeliveryRoles_ReadTheSchema_OnCatalogDatabaseAndTable()
    {
        foreach (var role in DeliveryRoles.Select(role => role.ToString()))
        {
            role.ShouldContain(":catalog\"");
            role.ShouldContain(":database/${");
            role.ShouldContain(":table/${");
        }
    }

    [Theory]
    [InlineData("dev", 14)]
    [InlineData("qa", 30)]
    [InlineData("prod", 365)]
    public void LogGroups_ForgetAfterTheDaysOfTheSettings_AndAreEncrypted(string environment, int days) =>
        templates.All.Where(template => template.Environment == environment).SelectMany(template => template.OfType("AWS::Logs::LogGroup"))
            .ShouldAllBe(group => (int)group.At("RetentionInDays")! == days && group.At("KmsKeyId") != null);
}
