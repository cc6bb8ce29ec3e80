using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kinesis.Log;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <inheritdoc cref="IStreamReader"/>
internal sealed class ShardStreamReader(StreamStore streams, ShardReads reads, TimeProvider time) : IStreamReader
{
    public IReadOnlyList<ShardInfo> ListShards(Call call, string streamArn)
    {
        var stream = streams.Get(call, "kinesis:ListShards", null, streamArn);
        return
        [
            .. stream.VisibleShards(time.GetUtcNow()).OrderBy(shard => shard.Number)
                .Select(shard => new ShardInfo(shard.Id, IdOf(shard.Parent), IdOf(shard.AdjacentParent), shard.Closed)),
        ];
    }

    public long Latest(Call call, string streamArn, string shardId) =>
        streams.Get(call, "kinesis:GetShardIterator", null, streamArn).RequireShard(shardId, time.GetUtcNow()).Log.NextIndex;

    public ShardBatch Read(Call call, string streamArn, string shardId, long position, int maxRecords, int maxBytes)
    {
        var stream = streams.Get(call, "kinesis:GetRecords", null, streamArn);
        var sink = new Collector();
        var read = reads.Read(stream, stream.RequireShard(shardId, time.GetUtcNow()), position, maxRecords, maxBytes, ref sink);
        return new ShardBatch(sink.Records, read.Next, read.AtEnd, read.MillisBehindLatest);
    }

    private static string? IdOf(int? shard) => shard is { } number ? ShardState.IdOf(number) : null;

    /// <summary>Keeps the records in blocks small enough to be collected young.</summary>
    private struct Collector() : IRecordSink
    {
        private const int BlockSize = 64 * 1024;

        private byte[] _block = [];
        private int _used;

        public List<StreamRecord> Records { get; } = [];

        public void Take(Shard shard, in LogReader record)
        {
            var data = record.Data;
            if (_block.Length - _used < data.Length)
                (_block, _used) = (new byte[Math.Max(BlockSize, data.Length)], 0);
            data.CopyTo(_block.AsSpan(_used));
            Records.Add(new StreamRecord(
                shard.Sequence.Of(record.Index),
                DateTimeOffset.FromUnixTimeMilliseconds(record.Header.Arrival),
                Encoding.UTF8.GetString(record.Key),
                _block.AsMemory(_used, data.Length)));
            _used += data.Length;
        }
    }
}
