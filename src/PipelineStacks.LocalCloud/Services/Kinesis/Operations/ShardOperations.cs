using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>Lists shards, as they are or by AWS's filters.</summary>
internal sealed class ShardOperations(StreamStore streams)
{
    private static readonly string[] FilterTypes =
        ["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"];

    public static ShardDescription Describe(KinesisStream stream, ShardState shard)
    {
        var numbers = new SequenceNumbers(shard.Created, shard.Number);
        // A parent that the retention has taken is named no longer.
        return new(
            shard.Id, Name(shard.Parent), Name(shard.AdjacentParent), new(shard.StartHash, shard.EndHash),
            new(numbers.Start, shard.EndIndex is { } end ? numbers.Bound(end) : null));

        string? Name(int? number) => number is { } parent && stream.FindShard(parent) is { } found ? found.Id : null;
    }

    public ListShardsResponse List(Call call, ListShardsRequest request)
    {
        new Validation()
            .Name("exclusiveStartShardId", request.ExclusiveStartShardId)
            .Range("maxResults", request.MaxResults, 1, 10_000)
            .OneOf("shardFilter.type", request.ShardFilter?.Type, FilterTypes)
            .Throw();
        var (name, arn, after) = (request.StreamName, request.StreamARN, request.ExclusiveStartShardId);
        if (request.NextToken is not null)
        {
            if (name is not null || after is not null || request.StreamCreationTimestamp is not null)
                throw KinesisErrors.Invalid("NextToken and StreamName cannot be provided together.");
            var token = PageToken.Read(request.NextToken).Split('\n');
            if (token.Length != 2)
                throw KinesisErrors.Invalid("NextToken is invalid.");
            (arn, after) = (token[0], token[1]);
        }

        if (name is null && arn is null)
            throw KinesisErrors.Invalid("Either NextToken or StreamName should be provided.");
        var stream = streams.Get(call, "kinesis:ListShards", name, arn);
        var shards = Filter(stream, request.ShardFilter)
            .Where(shard => after is null || string.CompareOrdinal(shard.Id, after) > 0)
            .OrderBy(shard => shard.Number).ToList();
        var page = shards.Take(request.MaxResults ?? 1000).ToList();
        return new(
            [.. page.Select(shard => Describe(stream, shard))],
            shards.Count > page.Count ? PageToken.Make(stream.Arn, page[^1].Id) : null);
    }

    public Empty Split(Call call, SplitShardRequest request)
    {
        var validation = new Validation()
            .Required("shardToSplit", request.ShardToSplit).Name("shardToSplit", request.ShardToSplit)
            .Required("newStartingHashKey", request.NewStartingHashKey);
        var stream = streams.Get(call, "kinesis:SplitShard", request.StreamName, request.StreamARN, validation);
        lock (stream.Changing)
        {
            var shard = Resharding.RequireOpen(stream, request.ShardToSplit!);
            if (!HashKeys.TryParse(request.NewStartingHashKey, out var at) || at <= shard.Range.Start + 1 || at >= shard.Range.End)
                throw KinesisErrors.Invalid(
                    $"NewStartingHashKey {request.NewStartingHashKey} used in SplitShard() on shard {shard.Id} in stream {stream.Name} under account "
                    + $"{stream.Key.Account} is not both greater than one plus the shard's StartingHashKey {shard.StartHash} and less than "
                    + $"the shard's EndingHashKey {shard.EndHash}.");
            ShardQuota.Demand(streams, stream.Key, stream.State.Mode, 1);
            new Resharding(stream, streams.Clock.GetUtcNow()).Split(shard.Number, at).Commit();
        }

        return Empty.Value;
    }

    public Empty Merge(Call call, MergeShardsRequest request)
    {
        var validation = new Validation()
            .Required("shardToMerge", request.ShardToMerge).Name("shardToMerge", request.ShardToMerge)
            .Required("adjacentShardToMerge", request.AdjacentShardToMerge).Name("adjacentShardToMerge", request.AdjacentShardToMerge);
        var stream = streams.Get(call, "kinesis:MergeShards", request.StreamName, request.StreamARN, validation);
        lock (stream.Changing)
        {
            var first = Resharding.RequireOpen(stream, request.ShardToMerge!);
            var second = Resharding.RequireOpen(stream, request.AdjacentShardToMerge!);
            // AWS takes the pair in the order of the hash keys only.
            if (!first.Range.Precedes(second.Range))
                throw KinesisErrors.Invalid(
                    $"Shards {first.Id} and {second.Id} in stream {stream.Name} under account {stream.Key.Account} are not an adjacent pair of shards eligible for merging");
            new Resharding(stream, streams.Clock.GetUtcNow()).Merge(first.Number, second.Number).Commit();
        }

        return Empty.Value;
    }

    public UpdateShardCountResponse UpdateCount(Call call, UpdateShardCountRequest request)
    {
        var validation = new Validation()
            .Required("targetShardCount", request.TargetShardCount).Range("targetShardCount", request.TargetShardCount, 1, int.MaxValue)
            .Required("scalingType", request.ScalingType).OneOf("scalingType", request.ScalingType, "UNIFORM_SCALING");
        var stream = streams.Get(call, "kinesis:UpdateShardCount", request.StreamName, request.StreamARN, validation);
        var (current, target) = ShardCounts.Update(streams, stream, request.TargetShardCount!.Value);
        return new(stream.Name, stream.Arn, current, target);
    }

    private IEnumerable<ShardState> Filter(KinesisStream stream, ShardFilter? filter)
    {
        var now = streams.Clock.GetUtcNow();
        var all = stream.VisibleShards(now);
        var horizon = now - stream.State.Retention;
        return filter?.Type switch
        {
            null => filter is null ? all : throw KinesisErrors.Invalid("ShardFilter needs a Type."),
            "AFTER_SHARD_ID" => all.Where(shard => string.CompareOrdinal(shard.Id, Need(filter.ShardId, "ShardId")) > 0),
            "AT_LATEST" => all.Where(shard => !shard.Closed),
            "AT_TRIM_HORIZON" => all.Where(shard => OpenAt(shard, horizon < stream.State.Created ? stream.State.Created : horizon)),
            "FROM_TRIM_HORIZON" => all,
            "AT_TIMESTAMP" => all.Where(shard => OpenAt(shard, Need(filter.Timestamp, "Timestamp")!.Value)),
            _ => all.Where(shard => shard.ClosedAt is not { } closed || closed >= Need(filter.Timestamp, "Timestamp")),
        };
    }

    private static bool OpenAt(ShardState shard, DateTimeOffset at) => shard.Created <= at && (shard.ClosedAt is not { } closed || closed > at);

    private static T Need<T>(T value, string member) =>
        value is null ? throw KinesisErrors.Invalid($"{member} must be provided for this type of ShardFilter.") : value;
}
