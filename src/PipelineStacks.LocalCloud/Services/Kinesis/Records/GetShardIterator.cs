using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <summary><see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html"/></summary>
internal sealed class GetShardIterator(StreamStore streams, ShardIterators iterators, TimeProvider time)
{
    public GetShardIteratorResponse Handle(Call call, GetShardIteratorRequest request)
    {
        var validation = new Validation()
            .Required("shardId", request.ShardId)
            .Required("shardIteratorType", request.ShardIteratorType)
            .OneOf("shardIteratorType", request.ShardIteratorType,
                "AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON")
            .Name("shardId", request.ShardId)
            .Pattern("startingSequenceNumber", request.StartingSequenceNumber, SequenceNumbers.Pattern());
        var stream = streams.Get(call, "kinesis:GetShardIterator", request.StreamName, request.StreamARN, validation);
        var shard = stream.RequireShard(request.ShardId!, time.GetUtcNow());
        CheckStart(request);
        var index = IndexOf(stream, shard, request);
        return shard.Limits.TryMakeIterator(time.GetUtcNow())
            ? new GetShardIteratorResponse(iterators.Make(stream, shard, index))
            : throw KinesisErrors.ShardThrottled(shard.Id, stream.Name, stream.Key.Account);
    }

    private static void CheckStart(GetShardIteratorRequest request)
    {
        var (type, given) = (request.ShardIteratorType!, request.StartingSequenceNumber is not null);
        if (type != "AT_TIMESTAMP" && given != type.EndsWith("_SEQUENCE_NUMBER", StringComparison.Ordinal))
            throw KinesisErrors.Invalid(
                "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no "
                + $"StartingSequenceNumber. Request specified {type} and {(given ? "also a" : "no")} StartingSequenceNumber.");
    }

    private long IndexOf(KinesisStream stream, Shard shard, GetShardIteratorRequest request) => request.ShardIteratorType switch
    {
        "LATEST" => shard.Log.NextIndex,
        "TRIM_HORIZON" => shard.TrimHorizon(time.GetUtcNow() - stream.State.Retention),
        "AT_TIMESTAMP" => AtTimestamp(shard, request.Timestamp),
        "AT_SEQUENCE_NUMBER" => AtSequence(stream, shard, request.StartingSequenceNumber!, after: false),
        _ => AtSequence(stream, shard, request.StartingSequenceNumber!, after: true),
    };

    private long AtTimestamp(Shard shard, DateTimeOffset? timestamp)
    {
        if (timestamp is null)
            throw KinesisErrors.Invalid("Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.");
        var now = time.GetUtcNow();
        if (timestamp > now)
            throw KinesisErrors.Invalid(
                "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
                + $"timestampInMillis: {timestamp.Value.ToUnixTimeMilliseconds()}, currentTimestampInMillis: {now.ToUnixTimeMilliseconds()}");
        return shard.Log.IndexAt(timestamp.Value.ToUnixTimeMilliseconds());
    }

    private static long AtSequence(KinesisStream stream, Shard shard, string number, bool after)
    {
        if (number == "0")
            return 0;
        return shard.Sequence.IndexOf(number, after) is { } index && index <= shard.Log.NextIndex
            ? index
            : throw KinesisErrors.Invalid(
                $"StartingSequenceNumber {number} used in GetShardIterator on shard {shard.Id} in stream {stream.Name} under account "
                + $"{stream.Key.Account} is invalid because it did not come from this stream.");
    }
}
