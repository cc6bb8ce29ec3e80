namespace PipelineStacks.LocalCloud.Services.Firehose.Contracts;

internal sealed record CreateDeliveryStreamRequest
{
    public required string DeliveryStreamName { get; init; }

    public string? DeliveryStreamType { get; init; }

    public DirectPutSourceConfiguration? DirectPutSourceConfiguration { get; init; }

    public KinesisStreamSourceConfiguration? KinesisStreamSourceConfiguration { get; init; }

    public EncryptionInput? DeliveryStreamEncryptionConfigurationInput { get; init; }

    public S3Settings? S3DestinationConfiguration { get; init; }

    public ExtendedS3DestinationConfiguration? ExtendedS3DestinationConfiguration { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record CreateDeliveryStreamResponse(string DeliveryStreamARN);

internal sealed record DirectPutSourceConfiguration(int ThroughputHintInMBs);

internal sealed record KinesisStreamSourceConfiguration(string KinesisStreamARN, string RoleARN);

internal sealed record EncryptionInput(string KeyType, string? KeyARN = null);

internal sealed record DeleteDeliveryStreamRequest(string DeliveryStreamName, bool AllowForceDelete = false);

internal sealed record DescribeDeliveryStreamRequest(string DeliveryStreamName, int? Limit = null, string? ExclusiveStartDestinationId = null);

internal sealed record DescribeDeliveryStreamResponse(DeliveryStreamDescription DeliveryStreamDescription);

internal sealed record DeliveryStreamDescription
{
    public required string DeliveryStreamName { get; init; }

    public required string DeliveryStreamARN { get; init; }

    public required string DeliveryStreamStatus { get; init; }

    public required EncryptionDescription DeliveryStreamEncryptionConfiguration { get; init; }

    public required string DeliveryStreamType { get; init; }

    public required string VersionId { get; init; }

    public required DateTimeOffset CreateTimestamp { get; init; }

    public DateTimeOffset? LastUpdateTimestamp { get; init; }

    public SourceDescription? Source { get; init; }

    public required IReadOnlyList<DestinationDescription> Destinations { get; init; }

    public bool HasMoreDestinations { get; init; }
}

internal sealed record EncryptionDescription(string Status, string? KeyType = null, string? KeyARN = null);

internal sealed record SourceDescription(
    KinesisStreamSourceDescription? KinesisStreamSourceDescription = null, DirectPutSourceConfiguration? DirectPutSourceDescription = null);

internal sealed record KinesisStreamSourceDescription(string KinesisStreamARN, string RoleARN, DateTimeOffset DeliveryStartTimestamp);

internal sealed record DestinationDescription(
    string DestinationId, S3Settings S3DestinationDescription, ExtendedS3DestinationDescription ExtendedS3DestinationDescription);

internal sealed record ListDeliveryStreamsRequest(
    int? Limit = null, string? DeliveryStreamType = null, string? ExclusiveStartDeliveryStreamName = null);

internal sealed record ListDeliveryStreamsResponse(IReadOnlyList<string> DeliveryStreamNames, bool HasMoreDeliveryStreams);

internal sealed record UpdateDestinationRequest
{
    public required string DeliveryStreamName { get; init; }

    public required string CurrentDeliveryStreamVersionId { get; init; }

    public required string DestinationId { get; init; }

    public S3Settings? S3DestinationUpdate { get; init; }

    public ExtendedS3DestinationUpdate? ExtendedS3DestinationUpdate { get; init; }
}

internal sealed record StartEncryptionRequest(string DeliveryStreamName, EncryptionInput? DeliveryStreamEncryptionConfigurationInput = null);

internal sealed record StopEncryptionRequest(string DeliveryStreamName);
