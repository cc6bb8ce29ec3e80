using System.Globalization;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>A change of a journal with what its transaction's commit tells of it.</summary>
internal sealed record CommittedChange(int Definition, string Op, string Csv, DateTimeOffset Changed, DateTimeOffset Committed, LogPosition End, string Sequence)
{
    private sealed record Commit(string File, long Position, long Time)
    {
        public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(Time);
    }

    /// <summary>The value of a header in a rule's expression.</summary>
    public string Header(string expression) => expression switch
    {
        HeaderColumns.ChangeSequence => Sequence,
        HeaderColumns.StreamPosition => $"{End.File}:{End.Position}",
        HeaderColumns.Timestamp => Text(Changed),
        HeaderColumns.CommitTimestamp => Text(Committed),
        HeaderColumns.Operation => Op switch { "I" => "INSERT", "U" => "UPDATE", _ => "DELETE" },
        _ => throw ServiceException.Unsupported($"The expression {expression} in table mappings"),
    };

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>All whole transactions' changes. Rows come before their commit, which may be many lines on: the commits are read first.</summary>
    public static IEnumerable<CommittedChange> Read(string journal)
    {
        var commits = new Queue<Commit>();
        foreach (var line in File.ReadLines(journal).Skip(1))
            if (CommitOf(line) is { } commit)
                commits.Enqueue(commit);
        var sequence = ChangeJournal.SequenceOf(File.ReadLines(journal).First());
        var count = 0;
        foreach (var line in File.ReadLines(journal).Skip(1))
        {
            if (!commits.TryPeek(out var commit))
                yield break;
            using var message = JsonDocument.Parse(line);
            foreach (var change in message.RootElement.GetProperty("changes").EnumerateArray())
                yield return new(
                    change[0].GetInt32(), change[1].GetString()!, change[2].GetString()!, DateTimeOffset.FromUnixTimeSeconds(change[3].GetInt64()), commit.At,
                    new(commit.File, commit.Position), sequence.Of(commit.Time, count++));
            if (!message.RootElement.TryGetProperty("commit", out _))
                continue;
            commits.Dequeue();
            sequence = sequence.After(commit.Time, count);
            count = 0;
        }
    }

    private static Commit? CommitOf(string line)
    {
        using var message = JsonDocument.Parse(line);
        return message.RootElement.TryGetProperty("commit", out var commit)
            ? new(commit.GetProperty("file").GetString()!, commit.GetProperty("position").GetInt64(), commit.GetProperty("time").GetInt64())
            : null;
    }
}
