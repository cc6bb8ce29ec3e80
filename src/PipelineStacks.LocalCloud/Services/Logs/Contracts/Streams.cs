namespace PipelineStacks.LocalCloud.Services.Logs.Contracts;

internal sealed record LogStreamRequest
{
    public required string LogGroupName { get; init; }
    public required string LogStreamName { get; init; }
}

internal sealed record DescribeLogStreamsRequest
{
    public string? LogGroupName { get; init; }
    public string? LogGroupIdentifier { get; init; }
    public string? LogStreamNamePrefix { get; init; }
    public string? OrderBy { get; init; }
    public bool? Descending { get; init; }
    public string? NextToken { get; init; }
    public int? Limit { get; init; }
}

internal sealed record LogStream(
    string LogStreamName, long CreationTime, long? FirstEventTimestamp, long? LastEventTimestamp, long? LastIngestionTime, string? UploadSequenceToken,
    string Arn, long StoredBytes);

internal sealed record DescribeLogStreamsResponse(IReadOnlyList<LogStream> LogStreams, string? NextToken);
