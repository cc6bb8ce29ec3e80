using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>Makes, describes and deletes streams. Changes of state are immediate: a stream is ACTIVE when the call returns.</summary>
internal sealed class StreamOperations(StreamStore streams)
{
    public const int DefaultRetentionHours = 24;
    public const int DefaultMaxRecordKiB = 1024;
    public const int OnDemandShards = 4;
    public const int OnDemandStreamLimit = 50;
    private const string Active = "ACTIVE";

    public Empty Create(Call call, CreateStreamRequest request)
    {
        var mode = request.StreamModeDetails?.StreamMode ?? StreamState.Provisioned;
        new Validation()
            .Required("streamName", request.StreamName).Name("streamName", request.StreamName)
            .Range("shardCount", request.ShardCount, 1, int.MaxValue)
            .OneOf("streamModeDetails.streamMode", mode, StreamState.Provisioned, StreamState.OnDemand)
            .Range("maxRecordSizeInKiB", request.MaxRecordSizeInKiB, 1024, 10240)
            .Tags(request.Tags)
            .Throw();
        var key = new ResourceKey(call.Account, call.Region, request.StreamName!);
        call.Authorize("kinesis:CreateStream", StreamNames.ArnOf(key));
        var shards = ShardCount(mode, request.ShardCount);
        Tags.Check(key.Name, key.Account, request.Tags);
        if (streams.Find(key) is null)
            ShardQuota.Demand(streams, key, mode, shards);
        var now = streams.Clock.GetUtcNow();
        streams.Create(key, new StreamState(
            Guid.NewGuid().ToString("N"), key.Name, now, mode, DefaultRetentionHours, null, request.MaxRecordSizeInKiB ?? DefaultMaxRecordKiB,
            [.. HashKeyRange.Uniform(shards).Select((range, i) => new ShardState(i, range.Start.Text(), range.End.Text(), now))],
            [], request.Tags ?? new Dictionary<string, string>()));
        return Empty.Value;
    }

    public Empty Delete(Call call, DeleteStreamRequest request)
    {
        var stream = streams.Get(call, "kinesis:DeleteStream", request.StreamName, request.StreamARN);
        var consumers = streams.ConsumersOf(stream);
        if (consumers.Count > 0 && request.EnforceConsumerDeletion != true)
            throw KinesisErrors.InUse(
                $"Stream {stream.Name} under account {stream.Key.Account} has {consumers.Count} registered consumers: "
                + "deregister them or set EnforceConsumerDeletion.");
        streams.Delete(stream);
        return Empty.Value;
    }

    public DescribeStreamResponse Describe(Call call, DescribeStreamRequest request)
    {
        var validation = new Validation().Range("limit", request.Limit, 1, 10_000).Name("exclusiveStartShardId", request.ExclusiveStartShardId);
        var stream = streams.Get(call, "kinesis:DescribeStream", request.StreamName, request.StreamARN, validation);
        var state = stream.State;
        var shards = stream.VisibleShards(streams.Clock.GetUtcNow())
            .Where(shard => request.ExclusiveStartShardId is null || string.CompareOrdinal(shard.Id, request.ExclusiveStartShardId) > 0)
            .ToList();
        var limit = request.Limit ?? 100;
        return new(new(
            stream.Name, stream.Arn, Active, new(state.Mode), [.. shards.Take(limit).Select(shard => ShardOperations.Describe(stream, shard))],
            shards.Count > limit, state.RetentionHours, state.Created, [new(state.ShardLevelMetrics)], Encryption(state), state.KeyId));
    }

    public DescribeStreamSummaryResponse DescribeSummary(Call call, StreamRequest request)
    {
        var stream = streams.Get(call, "kinesis:DescribeStreamSummary", request.StreamName, request.StreamARN);
        var state = stream.State;
        return new(new(
            stream.Name, stream.Arn, Active, new(state.Mode), state.RetentionHours, state.Created, [new(state.ShardLevelMetrics)],
            Encryption(state), state.KeyId, state.OpenShards.Count(), streams.ConsumersOf(stream).Count, state.MaxRecordKiB));
    }

    public ListStreamsResponse List(Call call, ListStreamsRequest request)
    {
        new Validation().Range("limit", request.Limit, 1, 10_000).Name("exclusiveStartStreamName", request.ExclusiveStartStreamName).Throw();
        call.Authorize("kinesis:ListStreams", "*");
        var after = request.NextToken is null ? request.ExclusiveStartStreamName : PageToken.Read(request.NextToken);
        var all = streams.In(call.Account, call.Region)
            .Where(stream => after is null || string.CompareOrdinal(stream.Name, after) > 0).ToList();
        var page = all.Take(request.Limit ?? 100).ToList();
        var more = all.Count > page.Count;
        return new(
            [.. page.Select(stream => stream.Name)], more, more ? PageToken.Make(page[^1].Name) : null,
            [.. page.Select(stream => new StreamSummary(stream.Name, stream.Arn, Active, new(stream.State.Mode), stream.State.Created))]);
    }

    public DescribeLimitsResponse DescribeLimits(Call call, Empty request)
    {
        call.Authorize("kinesis:DescribeLimits", "*");
        var all = streams.In(call.Account, call.Region);
        return new(
            ShardQuota.Of(call.Region), all.Where(stream => !stream.State.IsOnDemand).Sum(stream => stream.State.OpenShards.Count()),
            all.Count(stream => stream.State.IsOnDemand), OnDemandStreamLimit);
    }

    private static string Encryption(StreamState state) => state.KeyId is null ? "NONE" : "KMS";

    private static int ShardCount(string mode, long? asked)
    {
        if (mode == StreamState.OnDemand)
            return asked is null
                ? OnDemandShards
                : throw new ServiceException("ValidationException", "ShardCount must not be provided for a stream in ON_DEMAND mode.");
        return asked is { } count
            ? checked((int)count)
            : throw new ServiceException("ValidationException", "ShardCount must be provided for a stream in PROVISIONED mode.");
    }
}
