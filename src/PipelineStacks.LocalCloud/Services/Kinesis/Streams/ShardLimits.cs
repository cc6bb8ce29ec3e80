namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>
/// What a shard carries per second: 1 MB and 1,000 records in, partition keys included; 2 MB and five GetRecords out; five
/// GetShardIterator. <see href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html"/>
/// </summary>
internal sealed class ShardLimits(bool enforced)
{
    public const long WriteBytes = 1024 * 1024;
    public const long WriteRecords = 1000;
    public const long ReadBytes = 2 * 1024 * 1024;
    public const long ReadCalls = 5;

    private readonly Lock _lock = new();
    private ThroughputMeter _writeBytes = new(WriteBytes);
    private ThroughputMeter _writeRecords = new(WriteRecords);
    private ThroughputMeter _readBytes = new(ReadBytes);
    private ThroughputMeter _readCalls = new(ReadCalls);
    private ThroughputMeter _iterators = new(ReadCalls);

    public bool TryWrite(int size, DateTimeOffset now)
    {
        if (!enforced)
            return true;
        lock (_lock)
        {
            var second = now.ToUnixTimeSeconds();
            if (_writeRecords.Left(second) < 1 || !_writeBytes.TryUse(size, second))
                return false;
            _writeRecords.Use(1);
            return true;
        }
    }

    /// <summary>Whether a read may begin; what it takes is told to <see cref="HasRead"/>.</summary>
    public bool TryRead(DateTimeOffset now)
    {
        if (!enforced)
            return true;
        lock (_lock)
        {
            var second = now.ToUnixTimeSeconds();
            return _readBytes.Left(second) > 0 && _readCalls.TryUse(1, second);
        }
    }

    public void HasRead(long bytes)
    {
        lock (_lock)
            _readBytes.Use(bytes);
    }

    public bool TryMakeIterator(DateTimeOffset now)
    {
        if (!enforced)
            return true;
        lock (_lock)
            return _iterators.TryUse(1, now.ToUnixTimeSeconds());
    }
}
