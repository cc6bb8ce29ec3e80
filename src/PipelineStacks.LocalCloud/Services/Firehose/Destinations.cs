using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>Fills destinations with AWS's defaults, and merges updates into them as AWS does: what is not given stays.</summary>
internal static class Destinations
{
    public const string Uncompressed = "UNCOMPRESSED";

    private static readonly BufferingHints Buffering = new(5, 300);
    private static readonly BufferingHints ConvertingBuffering = new(128, 300);

    public static ExtendedS3DestinationConfiguration WithDefaults(ExtendedS3DestinationConfiguration given) => given with
    {
        BufferingHints = given.BufferingHints ?? (given.Converts ? ConvertingBuffering : Buffering),
        CompressionFormat = given.CompressionFormat ?? Uncompressed,
        EncryptionConfiguration = given.EncryptionConfiguration ?? new("NoEncryption"),
        CloudWatchLoggingOptions = given.CloudWatchLoggingOptions ?? new(false),
        S3BackupMode = given.S3BackupMode ?? "Disabled",
        S3BackupConfiguration = given.S3BackupConfiguration is { } backup ? WithDefaults(backup) : null,
    };

    public static ExtendedS3DestinationConfiguration Merge(ExtendedS3DestinationConfiguration old, ExtendedS3DestinationUpdate update) => old with
    {
        RoleARN = update.RoleARN ?? old.RoleARN,
        BucketARN = update.BucketARN ?? old.BucketARN,
        Prefix = update.Prefix ?? old.Prefix,
        ErrorOutputPrefix = update.ErrorOutputPrefix ?? old.ErrorOutputPrefix,
        BufferingHints = update.BufferingHints ?? old.BufferingHints,
        CompressionFormat = update.CompressionFormat ?? old.CompressionFormat,
        EncryptionConfiguration = update.EncryptionConfiguration ?? old.EncryptionConfiguration,
        CloudWatchLoggingOptions = update.CloudWatchLoggingOptions ?? old.CloudWatchLoggingOptions,
        ProcessingConfiguration = update.ProcessingConfiguration ?? old.ProcessingConfiguration,
        S3BackupMode = update.S3BackupMode ?? old.S3BackupMode,
        DataFormatConversionConfiguration = update.DataFormatConversionConfiguration ?? old.DataFormatConversionConfiguration,
        DynamicPartitioningConfiguration = update.DynamicPartitioningConfiguration ?? old.DynamicPartitioningConfiguration,
        FileExtension = update.FileExtension ?? old.FileExtension,
        CustomTimeZone = update.CustomTimeZone ?? old.CustomTimeZone,
        S3BackupConfiguration = update.S3BackupUpdate is { } backup
            ? WithDefaults(Merge(old.S3BackupConfiguration ?? new(), backup)) : old.S3BackupConfiguration,
    };

    private static S3Settings Merge(S3Settings old, S3Settings update) => old with
    {
        RoleARN = update.RoleARN ?? old.RoleARN,
        BucketARN = update.BucketARN ?? old.BucketARN,
        Prefix = update.Prefix ?? old.Prefix,
        ErrorOutputPrefix = update.ErrorOutputPrefix ?? old.ErrorOutputPrefix,
        BufferingHints = update.BufferingHints ?? old.BufferingHints,
        CompressionFormat = update.CompressionFormat ?? old.CompressionFormat,
        EncryptionConfiguration = update.EncryptionConfiguration ?? old.EncryptionConfiguration,
        CloudWatchLoggingOptions = update.CloudWatchLoggingOptions ?? old.CloudWatchLoggingOptions,
    };

    private static S3Settings WithDefaults(S3Settings given) => given with
    {
        BufferingHints = given.BufferingHints ?? Buffering,
        CompressionFormat = given.CompressionFormat ?? Uncompressed,
        EncryptionConfiguration = given.EncryptionConfiguration ?? new("NoEncryption"),
        CloudWatchLoggingOptions = given.CloudWatchLoggingOptions ?? new(false),
    };
}
