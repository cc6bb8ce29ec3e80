namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>Changes the number of shards within what AWS allows for one update.</summary>
internal static class ShardCounts
{
    /// <exception cref="Calls.ServiceException"><c>LimitExceededException</c>, <c>ValidationException</c>.</exception>
    public static (int Current, int Target) Update(StreamStore streams, KinesisStream stream, int target)
    {
        lock (stream.Changing)
        {
            if (stream.State.IsOnDemand)
                throw new Calls.ServiceException("ValidationException",
                    $"Request is invalid. Stream {stream.Name} under account {stream.Key.Account} is in On-Demand mode.");
            var current = stream.State.OpenShards.Count();
            if (target > current * 2L)
                throw KinesisErrors.Limit(
                    "UpdateShardCount cannot scale up over double your current open shard count. "
                    + $"Current open shard count: {current} Target shard count: {target}");
            if (target * 2L < current)
                throw KinesisErrors.Limit(
                    "UpdateShardCount cannot scale down below half your current open shard count. "
                    + $"Current open shard count: {current} Target shard count: {target}");
            if (target > current)
                Operations.ShardQuota.Demand(streams, stream.Key, stream.State.Mode, target - current);
            if (target != current)
                new Resharding(stream, streams.Clock.GetUtcNow()).Uniform(target).Commit();
            return (current, target);
        }
    }
}
