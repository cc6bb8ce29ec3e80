namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>
/// What happened to a stream since the metrics were last sent. Calls add up numbers here, and one flush a second turns them
/// into metrics, so that a record costs a few additions.
/// </summary>
internal sealed class StreamMetrics
{
    private readonly Lock _lock = new();
    private Counts _counts;

    /// <summary>Adds what a call did.</summary>
    /// <returns>True for the first since the last flush, which is then due.</returns>
    public bool Add(in Counts call)
    {
        lock (_lock)
        {
            var first = _counts.Calls == 0;
            _counts.Add(call);
            return first;
        }
    }

    public Counts Take()
    {
        lock (_lock)
        {
            var taken = _counts;
            _counts = default;
            return taken;
        }
    }

    internal struct Counts
    {
        public long IncomingRecords, IncomingBytes, WriteThrottled;
        public long PutRecordCalls, PutRecordSuccesses, PutRecordBytes;
        public long PutRecordsCalls, PutRecordsSuccesses, PutRecordsBytes, Total, Successful, Failed, Throttled;
        public long GetCalls, GetSuccesses, GetRecords, GetBytes, ReadThrottled, IteratorAge;

        public readonly long Calls => PutRecordCalls + PutRecordsCalls + GetCalls;

        public void Add(in Counts other)
        {
            IncomingRecords += other.IncomingRecords;
            IncomingBytes += other.IncomingBytes;
            WriteThrottled += other.WriteThrottled;
            PutRecordCalls += other.PutRecordCalls;
            PutRecordSuccesses += other.PutRecordSuccesses;
            PutRecordBytes += other.PutRecordBytes;
            PutRecordsCalls += other.PutRecordsCalls;
            PutRecordsSuccesses += other.PutRecordsSuccesses;
            PutRecordsBytes += other.PutRecordsBytes;
            Total += other.Total;
            Successful += other.Successful;
            Failed += other.Failed;
            Throttled += other.Throttled;
            GetCalls += other.GetCalls;
            GetSuccesses += other.GetSuccesses;
            GetRecords += other.GetRecords;
            GetBytes += other.GetBytes;
            ReadThrottled += other.ReadThrottled;
            IteratorAge = Math.Max(IteratorAge, other.IteratorAge);
        }
    }
}
