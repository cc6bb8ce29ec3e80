using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>The service's errors, in its own words.</summary>
internal static class KinesisErrors
{
    public const string ThroughputExceeded = "ProvisionedThroughputExceededException";
    public const string InternalFailure = "InternalFailure";
    public const string NotWritten = "The record could not be written: the local cloud's disk is full or failing.";

    public static ServiceException NotFound(string message) => new("ResourceNotFoundException", message);

    public static ServiceException StreamNotFound(string stream, string account) => NotFound($"Stream {stream} under account {account} not found.");

    public static ServiceException ShardNotFound(string id, string stream, string account) =>
        NotFound($"Could not find shard {id} in stream {stream} under account {account}.");

    public static ServiceException InUse(string message) => new("ResourceInUseException", message);

    public static ServiceException Invalid(string message) => new("InvalidArgumentException", message);

    public static ServiceException Limit(string message) => new("LimitExceededException", message);

    public static ServiceException Throttled(string message) => new(ThroughputExceeded, message);

    public static ServiceException ShardThrottled(string shardId, string stream, string account) => Throttled(RateExceeded(shardId, stream, account));

    public static string RateExceeded(string shardId, string stream, string account) =>
        $"Rate exceeded for shard {shardId} in stream {stream} under account {account}.";
}
