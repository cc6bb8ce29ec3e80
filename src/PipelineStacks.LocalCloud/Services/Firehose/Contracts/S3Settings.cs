using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Firehose.Contracts;

/// <summary>
/// How a stream delivers to one place in S3: the API's S3DestinationConfiguration, S3DestinationUpdate and S3DestinationDescription
/// alike. Members that were not given are null until the defaults fill them.
/// </summary>
internal record S3Settings
{
    public string? RoleARN { get; init; }

    public string? BucketARN { get; init; }

    public string? Prefix { get; init; }

    public string? ErrorOutputPrefix { get; init; }

    public BufferingHints? BufferingHints { get; init; }

    public string? CompressionFormat { get; init; }

    [NoLocalEffect("Objects lie unencrypted on this machine's disk; the setting is stored and described.")]
    public EncryptionConfiguration? EncryptionConfiguration { get; init; }

    public CloudWatchLoggingOptions? CloudWatchLoggingOptions { get; init; }
}

/// <summary>The members that the API's ExtendedS3DestinationConfiguration, -Update and -Description share.</summary>
internal record ExtendedS3Settings : S3Settings
{
    public ExtendedS3Settings()
    {
    }

    public ExtendedS3Settings(S3Settings settings) : base(settings)
    {
    }

    public ProcessingConfiguration? ProcessingConfiguration { get; init; }

    public string? S3BackupMode { get; init; }

    public DataFormatConversionConfiguration? DataFormatConversionConfiguration { get; init; }

    public DynamicPartitioningConfiguration? DynamicPartitioningConfiguration { get; init; }

    public string? FileExtension { get; init; }

    public string? CustomTimeZone { get; init; }
}

internal sealed record ExtendedS3DestinationConfiguration : ExtendedS3Settings
{
    public ExtendedS3DestinationConfiguration()
    {
    }

    public ExtendedS3DestinationConfiguration(S3Settings settings) : base(settings)
    {
    }

    public S3Settings? S3BackupConfiguration { get; init; }

    [JsonIgnore]
    public bool Converts => DataFormatConversionConfiguration is { IsEnabled: true };

    [JsonIgnore]
    public bool BacksUp => S3BackupMode == "Enabled";
}

internal sealed record ExtendedS3DestinationUpdate : ExtendedS3Settings
{
    public ExtendedS3DestinationUpdate()
    {
    }

    public ExtendedS3DestinationUpdate(S3Settings settings) : base(settings)
    {
    }

    public ExtendedS3DestinationUpdate(ExtendedS3Settings settings) : base(settings)
    {
    }

    public S3Settings? S3BackupUpdate { get; init; }
}

internal sealed record ExtendedS3DestinationDescription : ExtendedS3Settings
{
    public ExtendedS3DestinationDescription()
    {
    }

    public ExtendedS3DestinationDescription(ExtendedS3Settings settings) : base(settings)
    {
    }

    public S3Settings? S3BackupDescription { get; init; }
}

internal sealed record BufferingHints(int? SizeInMBs = null, int? IntervalInSeconds = null);

internal sealed record EncryptionConfiguration(string? NoEncryptionConfig = null, KMSEncryptionConfig? KMSEncryptionConfig = null);

internal sealed record KMSEncryptionConfig(string AWSKMSKeyARN);

internal sealed record CloudWatchLoggingOptions(bool? Enabled = null, string? LogGroupName = null, string? LogStreamName = null);

internal sealed record ProcessingConfiguration(bool? Enabled = null, IReadOnlyList<Processor>? Processors = null);

internal sealed record Processor(string Type, IReadOnlyList<ProcessorParameter>? Parameters = null);

internal sealed record ProcessorParameter(string ParameterName, string ParameterValue);

internal sealed record DynamicPartitioningConfiguration(bool? Enabled = null, RetryOptions? RetryOptions = null);

internal sealed record RetryOptions(int? DurationInSeconds = null);
