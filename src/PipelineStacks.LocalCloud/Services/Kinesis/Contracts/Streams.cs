namespace PipelineStacks.LocalCloud.Services.Kinesis.Contracts;

internal sealed record StreamModeDetails(string? StreamMode);

internal sealed record CreateStreamRequest(
    string? StreamName, long? ShardCount, StreamModeDetails? StreamModeDetails, IReadOnlyDictionary<string, string>? Tags, int? MaxRecordSizeInKiB);

internal sealed record DeleteStreamRequest(string? StreamName, string? StreamARN, bool? EnforceConsumerDeletion);

internal sealed record DescribeStreamRequest(string? StreamName, string? StreamARN, int? Limit, string? ExclusiveStartShardId);

internal sealed record DescribeStreamResponse(StreamDescription StreamDescription);

internal sealed record StreamDescription(
    string StreamName, string StreamARN, string StreamStatus, StreamModeDetails StreamModeDetails, IReadOnlyList<ShardDescription> Shards,
    bool HasMoreShards, int RetentionPeriodHours, DateTimeOffset StreamCreationTimestamp, IReadOnlyList<EnhancedMetrics> EnhancedMonitoring,
    string EncryptionType, string? KeyId);

internal sealed record StreamRequest(string? StreamName, string? StreamARN);

internal sealed record DescribeStreamSummaryResponse(StreamDescriptionSummary StreamDescriptionSummary);

internal sealed record StreamDescriptionSummary(
    string StreamName, string StreamARN, string StreamStatus, StreamModeDetails StreamModeDetails, int RetentionPeriodHours,
    DateTimeOffset StreamCreationTimestamp, IReadOnlyList<EnhancedMetrics> EnhancedMonitoring, string EncryptionType, string? KeyId,
    int OpenShardCount, int ConsumerCount, int MaxRecordSizeInKiB);

internal sealed record EnhancedMetrics(IReadOnlyList<string> ShardLevelMetrics);

internal sealed record ListStreamsRequest(int? Limit, string? ExclusiveStartStreamName, string? NextToken);

internal sealed record ListStreamsResponse(
    IReadOnlyList<string> StreamNames, bool HasMoreStreams, string? NextToken, IReadOnlyList<StreamSummary> StreamSummaries);

internal sealed record StreamSummary(
    string StreamName, string StreamARN, string StreamStatus, StreamModeDetails StreamModeDetails, DateTimeOffset StreamCreationTimestamp);

internal sealed record ChangeRetentionRequest(string? StreamName, string? StreamARN, int? RetentionPeriodHours);

internal sealed record UpdateStreamModeRequest(string? StreamARN, StreamModeDetails? StreamModeDetails);

internal sealed record UpdateMaxRecordSizeRequest(string? StreamARN, int? MaxRecordSizeInKiB);

internal sealed record StreamEncryptionRequest(string? StreamName, string? StreamARN, string? EncryptionType, string? KeyId);

internal sealed record EnhancedMonitoringRequest(string? StreamName, string? StreamARN, IReadOnlyList<string>? ShardLevelMetrics);

internal sealed record EnhancedMonitoringResponse(
    string StreamName, string StreamARN, IReadOnlyList<string> CurrentShardLevelMetrics, IReadOnlyList<string> DesiredShardLevelMetrics);

internal sealed record DescribeLimitsResponse(int ShardLimit, int OpenShardCount, int OnDemandStreamCount, int OnDemandStreamCountLimit);
