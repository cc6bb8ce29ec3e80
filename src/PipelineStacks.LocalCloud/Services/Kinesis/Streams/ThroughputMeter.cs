namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>
/// What was used of a limit per second. What goes over, as one large read may, is paid back in the seconds that follow: 10 MB
/// read from a shard of 2 MB/s leave nothing for five seconds, as AWS documents. Not safe for several threads.
/// </summary>
internal struct ThroughputMeter(long perSecond)
{
    private long _second;
    private long _used;

    /// <summary>What is left in this second; negative while more was used than there was.</summary>
    public long Left(long second)
    {
        if (second > _second)
        {
            _used = second - _second > _used / perSecond ? 0 : _used - ((second - _second) * perSecond);
            _second = second;
        }

        return perSecond - _used;
    }

    public void Use(long amount) => _used += amount;

    /// <summary>Takes an amount if the second still has it. More than a whole second's worth passes an unused second.</summary>
    public bool TryUse(long amount, long second)
    {
        if (amount > Left(second) && _used > 0)
            return false;
        _used += amount;
        return true;
    }
}
