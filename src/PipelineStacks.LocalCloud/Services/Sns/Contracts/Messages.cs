namespace PipelineStacks.LocalCloud.Services.Sns.Contracts;

internal sealed record PublishRequest
{
    public string? TopicArn { get; init; }
    public string? TargetArn { get; init; }
    public required string Message { get; init; }
    public string? Subject { get; init; }
    public IReadOnlyDictionary<string, MessageAttribute>? MessageAttributes { get; init; }
}

internal sealed record MessageAttribute
{
    public required string DataType { get; init; }
    public string? StringValue { get; init; }
    public string? BinaryValue { get; init; }
}

internal sealed record PublishResponse(string MessageId);
