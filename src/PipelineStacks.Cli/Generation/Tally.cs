namespace PipelineStacks.Cli.Generation;

/// <summary>What has happened to the records so far; read while it is counted.</summary>
internal sealed class Tally
{
    private readonly long[] _broken = new long[Enum.GetValues<Breakage>().Length];
    private long _sent, _accepted, _retried, _givenUp, _bytes;

    /// <summary>How many records were offered, each counted once.</summary>
    public long SentCount => Interlocked.Read(ref _sent);

    /// <summary>How many records the stream acknowledged.</summary>
    public long AcceptedCount => Interlocked.Read(ref _accepted);

    /// <summary>How often a record was offered again.</summary>
    public long RetriedCount => Interlocked.Read(ref _retried);

    /// <summary>How many records were given up.</summary>
    public long GivenUpCount => Interlocked.Read(ref _givenUp);

    /// <summary>How many bytes were generated, newlines included.</summary>
    public long GeneratedBytes => Interlocked.Read(ref _bytes);

    public IReadOnlyDictionary<Breakage, long> Broken => Enum.GetValues<Breakage>().ToDictionary(kind => kind, kind => Interlocked.Read(ref _broken[(int)kind]));

    public void Sent(int records) => Interlocked.Add(ref _sent, records);

    public void Accepted(int records) => Interlocked.Add(ref _accepted, records);

    public void Retried(int records) => Interlocked.Add(ref _retried, records);

    public void GaveUp(int records) => Interlocked.Add(ref _givenUp, records);

    public void Generated(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Broke(Breakage kind) => Interlocked.Increment(ref _broken[(int)kind]);
}
