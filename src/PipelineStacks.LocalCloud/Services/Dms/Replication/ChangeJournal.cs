using System.Text;
using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>
/// Changes on their way into files, as the lines in which the worker sent them. A line that commits a transaction also says where
/// in the source's log it ends: changes and position are thus saved by the same write, and no kill loses or doubles any.
/// </summary>
internal sealed class ChangeJournal : IDisposable
{
    public const string Pattern = "*.changes";

    private readonly FileStream _file;
    private readonly List<(int Definition, string Op)> _pending = [];
    private long _pendingBytes;
    private long _committed;

    private ChangeJournal(string path, FileStream file) => (Path, _file, Position) = (path, file, null!);

    /// <summary>How a journal begins.</summary>
    private sealed record Beginning(string File, long Position, ChangeSequence Sequence);

    public string Path { get; }

    public int Number => int.Parse(System.IO.Path.GetFileNameWithoutExtension(Path), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Where in the source's log the last whole transaction ends.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>How many seconds the last whole transaction took from its commit to its capture.</summary>
    public double Latency { get; private set; }

    /// <summary>Up to where the changes are numbered.</summary>
    public ChangeSequence Sequence { get; private set; }

    /// <summary>The size of whole transactions' changes.</summary>
    public long Bytes { get; private set; }

    /// <summary>By definition, what whole transactions changed.</summary>
    public Dictionary<int, ChangeCounts> Counts { get; } = [];

    public static ChangeJournal Create(string folder, int number, LogPosition begin, ChangeSequence sequence)
    {
        var path = System.IO.Path.Combine(folder, $"{number:D10}.changes");
        File.WriteAllText(path + ".next", Begin(begin, sequence));
        File.Move(path + ".next", path);
        return Open(path);
    }

    /// <summary>Opens a journal. What is after its last whole transaction is forgotten: the source sends it again.</summary>
    public static ChangeJournal Open(string path)
    {
        var journal = new ChangeJournal(path, new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read));
        journal.Recover();
        return journal;
    }

    /// <param name="line">A message with changes, and perhaps with their commit.</param>
    /// <returns>How many changes were committed; null within a transaction.</returns>
    public int? Append(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        _file.Write(bytes);
        _file.Flush();
        return Take(line, bytes.Length);
    }

    /// <summary>Forgets what a worker that is gone had not finished.</summary>
    public void DropUnfinished()
    {
        _pending.Clear();
        _pendingBytes = 0;
        _file.SetLength(_committed);
        _file.Position = _committed;
    }

    /// <summary>Moves a journal without changes on.</summary>
    public void MoveTo(LogPosition position)
    {
        if (Bytes > 0 || _pending.Count > 0 || position == Position)
            return;
        var begin = Encoding.UTF8.GetBytes(Begin(position, Sequence));
        // Padded, so that every position is as long as any other, and one small write replaces it.
        _file.Position = 0;
        _file.Write(begin);
        _file.Flush();
        (_committed, Position) = (begin.Length, position);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Up to where the changes before a journal are numbered, from its first line.</summary>
    public static ChangeSequence SequenceOf(string firstLine) => Read(firstLine).Sequence;

    private static string Begin(LogPosition position, ChangeSequence sequence) =>
        JsonSerializer.Serialize(new Beginning(position.File, position.Position, sequence)).PadRight(250) + "\n";

    private static Beginning Read(string firstLine) => JsonSerializer.Deserialize<Beginning>(firstLine)!;

    private int? Take(string line, long length)
    {
        using var message = JsonDocument.Parse(line);
        var root = message.RootElement;
        foreach (var change in root.GetProperty("changes").EnumerateArray())
            _pending.Add((change[0].GetInt32(), change[1].GetString()!));
        _pendingBytes += length;
        if (!root.TryGetProperty("commit", out var commit))
            return null;
        foreach (var (definition, op) in _pending)
            Counts[definition] = Counts.GetValueOrDefault(definition) + ChangeCounts.Of(op);
        var committed = _pending.Count;
        Sequence = Sequence.After(commit.GetProperty("time").GetInt64(), committed);
        _pending.Clear();
        Bytes += _pendingBytes;
        _committed += _pendingBytes;
        _pendingBytes = 0;
        Position = new(commit.GetProperty("file").GetString()!, commit.GetProperty("position").GetInt64());
        Latency = commit.GetProperty("latency").GetDouble();
        return committed;
    }

    private void Recover()
    {
        var content = new StreamReader(_file, Encoding.UTF8, false, 1 << 16, leaveOpen: true);
        var first = content.ReadLine() ?? throw new IOException($"The journal {Path} is empty.");
        var begin = Read(first);
        (Position, Sequence) = (new(begin.File, begin.Position), begin.Sequence);
        _committed = Encoding.UTF8.GetByteCount(first) + 1;
        var seen = _committed;
        while (content.ReadLine() is { } line)
        {
            var length = Encoding.UTF8.GetByteCount(line) + 1;
            seen += length;
            // The last line of a killed process has no end.
            if (seen > _file.Length)
                break;
            Take(line, length);
        }

        DropUnfinished();
    }
}
