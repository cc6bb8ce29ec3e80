using PipelineStacks.LocalCloud.Services.Kinesis.Streams;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>How many provisioned shards and on-demand streams an account has in a Region by default.</summary>
internal static class ShardQuota
{
    public static int Of(string region) => region is "us-east-1" or "us-west-2" or "eu-west-1" ? 20_000 : 1_000;

    /// <summary>Refuses what would go over the quota.</summary>
    /// <param name="more">Shards that would be added.</param>
    /// <exception cref="Calls.ServiceException"><c>LimitExceededException</c>.</exception>
    public static void Demand(StreamStore streams, ResourceKey key, string mode, int more)
    {
        var all = streams.In(key.Account, key.Region);
        if (mode == StreamState.OnDemand)
        {
            if (all.Count(stream => stream.State.IsOnDemand) >= StreamOperations.OnDemandStreamLimit)
                throw KinesisErrors.Limit(
                    $"This request would exceed the limit of {StreamOperations.OnDemandStreamLimit} on-demand streams for the account {key.Account} in {key.Region}.");
            return;
        }

        var used = all.Where(stream => !stream.State.IsOnDemand).Sum(stream => stream.State.OpenShards.Count());
        if (used + more > Of(key.Region))
            throw KinesisErrors.Limit(
                $"This request would exceed the shard limit for the account {key.Account} in {key.Region}. Current shard count for the account: {used}. "
                + $"Limit: {Of(key.Region)}. Number of additional shards that would have resulted from this request: {more}. Refer to the AWS Service Limits page "
                + "(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.");
    }
}
