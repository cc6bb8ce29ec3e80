namespace PipelineStacks.Cli.Status;

/// <summary>What is deployed of an environment and what flowed through it.</summary>
internal sealed record EnvironmentStatus(
    string Environment, string Region, string? Endpoint, IReadOnlyList<StackStatus> Stacks, IReadOnlyDictionary<string, PipelineStatus> Pipelines);

/// <param name="Status">As CloudFormation writes it, or null where the stack is not deployed.</param>
internal sealed record StackStatus(string Name, string? Status, DateTimeOffset? Changed, string? Reason);

/// <param name="StreamRecords">What the stream took within the time asked for; null where nothing was reported.</param>
/// <param name="Objects">Delivered files that are in the landing zone.</param>
/// <param name="Rows">Rows that Athena counts in them.</param>
/// <param name="QuarantinedObjects">Files of rejected records.</param>
/// <param name="Quarantined">Rejected records that Athena counts in them.</param>
internal sealed record PipelineStatus(
    string Stream, string StreamStatus, string DeliveryStream, string DeliveryStreamStatus,
    double? StreamRecords, long Objects, long Bytes, long? Rows, long QuarantinedObjects, long? Quarantined);
