using Amazon.CDK.AWS.KinesisFirehose;
using Constructs;
using PipelineStacks.Catalog;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using static Amazon.CDK.AWS.KinesisFirehose.CfnDeliveryStream;

namespace PipelineStacks.Streaming;

/// <summary>What <see cref="ParquetDelivery"/> connects.</summary>
public sealed record ParquetDeliveryProps
{
    /// <summary>The dataset that the records belong to.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The data stream that the records come from; null where they are put directly.</summary>
    public EventStream? Source { get; init; }

    /// <summary>The table whose schema they must fit.</summary>
    public required ZoneTable Table { get; init; }

    /// <summary>Where the files go.</summary>
    public required Zone Destination { get; init; }

    /// <summary>What encrypts stream and files.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>
/// A delivery stream that turns JSON into Parquet files, by the day of arrival; what doesn't fit the schema goes to quarantine. The JSON is a data
/// stream's, or put directly; then it is encrypted while it waits, as a data stream's is there.
/// </summary>
public sealed class ParquetDelivery : Construct
{
    private readonly CfnDeliveryStream _delivery;

    /// <summary>Creates the delivery stream with its role and log.</summary>
    public ParquetDelivery(Construct scope, string id, ParquetDeliveryProps props)
        : base(scope, id)
    {
        var log = new DeliveryLog(this, "Log", new DeliveryLogProps { Settings = props.Settings, Key = props.Key });
        var role = new DeliveryRole(this, "Firehose", props, log).Role;
        var logging = new CloudWatchLoggingOptionsProperty
        {
            Enabled = true,
            LogGroupName = log.GroupName,
            LogStreamName = log.StreamName,
        };
        var encryption = new EncryptionConfigurationProperty
        {
            KmsEncryptionConfig = new KMSEncryptionConfigProperty { AwskmsKeyArn = props.Key.Key.KeyArn },
        };
        var buffer = new BufferingHintsProperty
        {
            SizeInMBs = props.Settings.Delivery.BufferMegabytes,
            IntervalInSeconds = props.Settings.Delivery.BufferSeconds,
        };

        _delivery = new CfnDeliveryStream(this, "DeliveryStream", new CfnDeliveryStreamProps
        {
            DeliveryStreamType = props.Source is null ? "DirectPut" : "KinesisStreamAsSource",
            KinesisStreamSourceConfiguration = props.Source is { } source
                ? new KinesisStreamSourceConfigurationProperty { KinesisStreamArn = source.Stream.StreamArn, RoleArn = role.RoleArn }
                : null,
            DeliveryStreamEncryptionConfigurationInput = props.Source is null
                ? new DeliveryStreamEncryptionConfigurationInputProperty { KeyType = "CUSTOMER_MANAGED_CMK", KeyArn = props.Key.Key.KeyArn }
                : null,
            ExtendedS3DestinationConfiguration = new ExtendedS3DestinationConfigurationProperty
            {
                BucketArn = props.Destination.Bucket.BucketArn,
                RoleArn = role.RoleArn,
                Prefix = StreamFormat.DeliveryPrefix(props.Dataset),
                ErrorOutputPrefix = StreamFormat.ErrorPrefix(props.Dataset),
                FileExtension = ".parquet",
                BufferingHints = buffer,
                // The Parquet serializer compresses; Firehose refuses a second compression around it.
                CompressionFormat = "UNCOMPRESSED",
                EncryptionConfiguration = encryption,
                CloudWatchLoggingOptions = logging,
                DataFormatConversionConfiguration = Conversion(props, role.RoleArn, Amazon.CDK.Stack.Of(this).Region),
                S3BackupMode = props.Settings.Delivery.SourceBackup ? "Enabled" : "Disabled",
                S3BackupConfiguration = props.Settings.Delivery.SourceBackup
                    ? new S3DestinationConfigurationProperty
                    {
                        BucketArn = props.Destination.Bucket.BucketArn,
                        RoleArn = role.RoleArn,
                        Prefix = StreamFormat.SourceBackupPrefix(props.Dataset),
                        ErrorOutputPrefix = StreamFormat.ErrorPrefix(props.Dataset),
                        BufferingHints = buffer,
                        CompressionFormat = "GZIP",
                        EncryptionConfiguration = encryption,
                        CloudWatchLoggingOptions = logging,
                    }
                    : null,
            },
        });
    }

    /// <summary>The name of the delivery stream.</summary>
    public string Name => _delivery.Ref;

    /// <summary>The ARN of the delivery stream.</summary>
    public string Arn => _delivery.AttrArn;

    private static DataFormatConversionConfigurationProperty Conversion(ParquetDeliveryProps props, string role, string region) => new()
    {
        Enabled = true,
        InputFormatConfiguration = new InputFormatConfigurationProperty
        {
            Deserializer = new DeserializerProperty
            {
                OpenXJsonSerDe = new OpenXJsonSerDeProperty
                {
                    CaseInsensitive = true,
                    ColumnToJsonKeyMappings = StreamFormat.JsonKeys(props.Dataset).ToDictionary(),
                },
            },
        },
        OutputFormatConfiguration = new OutputFormatConfigurationProperty
        {
            Serializer = new SerializerProperty { ParquetSerDe = new ParquetSerDeProperty { Compression = "SNAPPY" } },
        },
        SchemaConfiguration = new SchemaConfigurationProperty
        {
            CatalogId = Amazon.CDK.Aws.ACCOUNT_ID,
            DatabaseName = props.Table.Database.Name,
            TableName = props.Table.Name,
            Region = region,
            RoleArn = role,
            VersionId = "LATEST",
        },
    };
}
