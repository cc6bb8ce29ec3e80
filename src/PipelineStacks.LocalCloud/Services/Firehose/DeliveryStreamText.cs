using System.Globalization;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>Describes a delivery stream as the API does.</summary>
internal static class DeliveryStreamText
{
    /// <summary>A stream has one destination.</summary>
    public const string DestinationId = "destinationId-000000000001";

    public static DeliveryStreamDescription Describe(DeliveryStream stream) => new()
    {
        DeliveryStreamName = stream.Name,
        DeliveryStreamARN = stream.Arn,
        DeliveryStreamStatus = "ACTIVE",
        DeliveryStreamEncryptionConfiguration = stream.Encryption is { } encryption
            ? new("ENABLED", encryption.KeyType, encryption.KeyARN) : new("DISABLED"),
        DeliveryStreamType = stream.Type,
        VersionId = stream.Version.ToString(CultureInfo.InvariantCulture),
        CreateTimestamp = stream.CreatedAt,
        LastUpdateTimestamp = stream.UpdatedAt,
        Source = Source(stream),
        Destinations = [Destination(stream.Destination)],
    };

    private static SourceDescription? Source(DeliveryStream stream)
    {
        if (stream.Source is { } source)
            return new(new KinesisStreamSourceDescription(source.KinesisStreamARN, source.RoleARN, stream.CreatedAt));
        return stream.DirectPutSource is { } direct ? new(null, direct) : null;
    }

    private static DestinationDescription Destination(ExtendedS3DestinationConfiguration destination) => new(
        DestinationId,
        new S3Settings
        {
            RoleARN = destination.RoleARN,
            BucketARN = destination.BucketARN,
            Prefix = destination.Prefix,
            ErrorOutputPrefix = destination.ErrorOutputPrefix,
            BufferingHints = destination.BufferingHints,
            CompressionFormat = destination.CompressionFormat,
            EncryptionConfiguration = destination.EncryptionConfiguration,
            CloudWatchLoggingOptions = destination.CloudWatchLoggingOptions,
        },
        new ExtendedS3DestinationDescription(destination) { S3BackupDescription = destination.S3BackupConfiguration });
}
