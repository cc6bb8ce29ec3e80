namespace PipelineStacks.LocalCloud.Services.EventBridge.Contracts;

internal sealed record PutEventsRequestEntry
{
    public DateTimeOffset? Time { get; init; }
    public string? Source { get; init; }
    public IReadOnlyList<string>? Resources { get; init; }
    public string? DetailType { get; init; }
    public string? Detail { get; init; }
    public string? EventBusName { get; init; }
}

internal sealed record PutEventsRequest
{
    public required IReadOnlyList<PutEventsRequestEntry> Entries { get; init; }
}

internal sealed record PutEventsResultEntry(string? EventId, string? ErrorCode, string? ErrorMessage);

internal sealed record PutEventsResponse(int FailedEntryCount, IReadOnlyList<PutEventsResultEntry> Entries);

internal sealed record DescribeEventBusRequest
{
    public string? Name { get; init; }
}

internal sealed record DescribeEventBusResponse(string Name, string Arn);

internal sealed record ListEventBusesRequest
{
    public string? NamePrefix { get; init; }
    public string? NextToken { get; init; }
    public int? Limit { get; init; }
}

internal sealed record ListEventBusesResponse(IReadOnlyList<DescribeEventBusResponse> EventBuses, string? NextToken);
