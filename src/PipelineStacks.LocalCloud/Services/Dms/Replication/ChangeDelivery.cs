using System.Text;
using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>
/// Makes a sealed journal into files: one for each table, definition and partition, in commit order. The time in their names is
/// decided once and saved beside the journal; who delivers it again after a kill writes the same keys and doubles nothing.
/// </summary>
internal sealed class ChangeDelivery(TargetStore target, Progress progress, string folder)
{
    private const string Truncate = "T";

    private sealed record Intent(DateTimeOffset Stamp);

    public async Task<int> DeliverAsync(string journal, DateTimeOffset now)
    {
        var stamp = StampOf(journal, now);
        var truncated = new HashSet<string>(StringComparer.Ordinal);
        var groups = new Dictionary<(int Definition, string Partition), StreamWriter>();
        var filled = new HashSet<(int Definition, string Partition)>();
        var rows = 0;
        try
        {
            foreach (var change in CommittedChange.Read(journal))
            {
                rows++;
                var definition = change.Definition;
                if (change.Op == Truncate)
                {
                    filled.ExceptWith(Drop(groups, truncated, target.Format.FolderOf(progress.Definitions[definition])));
                    continue;
                }

                var key = (definition, target.Format.PartitionOf(change.Committed));
                if (!groups.TryGetValue(key, out var writer))
                    groups[key] = writer = Open(groups.Count, definition);
                filled.Add(key);
                Write(writer, change);
            }
        }
        finally
        {
            foreach (var writer in groups.Values)
                await writer.DisposeAsync();
        }

        foreach (var gone in truncated)
            target.DeleteUnder(gone);
        await PutAsync([.. groups.Keys.Select((group, number) => (group, number)).Where(one => filled.Contains(one.group))], stamp);
        return rows;
    }

    /// <summary>To be called after the journal is gone: a journal without its intent would be delivered anew.</summary>
    public static void Forget(string journal) => File.Delete(IntentOf(journal));

    private async Task PutAsync(List<((int Definition, string Partition) Group, int Number)> groups, DateTimeOffset stamp)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ((id, partition), number) in groups)
        {
            var definition = progress.Definitions[id];
            var prefix = target.Format.FolderOf(definition) + partition;
            // A table whose columns changed on the way has several files, in order.
            var at = stamp;
            while (!names.Add(prefix + target.Format.ChangesName(at)))
                at = at.AddMilliseconds(1);
            if (at > progress.LastStamp)
                progress.LastStamp = at;
            await target.PutAsync(FileOf(number), prefix + target.Format.ChangesName(at), definition, target.Format.OpInChanges);
        }
    }

    private List<(int Definition, string Partition)> Drop(
        Dictionary<(int Definition, string Partition), StreamWriter> groups, HashSet<string> truncated, string table)
    {
        truncated.Add(table);
        var dropped = groups.Where(group => target.Format.FolderOf(progress.Definitions[group.Key.Definition]) == table).ToList();
        foreach (var (key, writer) in dropped)
        {
            // The file stays, so that the others keep their numbers, and begins again.
            writer.Flush();
            writer.BaseStream.SetLength(0);
            WriteHeader(writer, key.Definition);
        }

        return [.. dropped.Select(group => group.Key)];
    }

    private StreamWriter Open(int number, int definition)
    {
        var writer = new StreamWriter(FileOf(number), false, new UTF8Encoding(false), 1 << 16);
        WriteHeader(writer, definition);
        return writer;
    }

    private void WriteHeader(StreamWriter writer, int definition)
    {
        if (target.Format.Header)
            writer.Write(string.Join(target.Format.Delimiter, target.Format.ColumnsOf(progress.Definitions[definition], target.Format.OpInChanges)) + target.Format.RowDelimiter);
    }

    private void Write(StreamWriter writer, CommittedChange change)
    {
        var format = target.Format;
        if (format.OpInChanges)
            Field(change.Op);
        if (format.Timestamp is not null)
            Field(CommittedChange.Text(change.Committed));
        writer.Write(change.Csv);
        foreach (var added in progress.Definitions[change.Definition]["added"]!.AsArray())
        {
            writer.Write(format.Delimiter);
            writer.Write(Quoted(change.Header(added!["expression"]!.ToString())));
        }

        writer.Write(format.RowDelimiter);

        void Field(string text)
        {
            writer.Write(Quoted(text));
            writer.Write(format.Delimiter);
        }

        string Quoted(string text) => format.Parquet ? $"\"{text}\"" : text;
    }

    private DateTimeOffset StampOf(string journal, DateTimeOffset now)
    {
        var file = IntentOf(journal);
        if (File.Exists(file))
            return JsonSerializer.Deserialize<Intent>(File.ReadAllBytes(file))!.Stamp;
        var stamp = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        if (stamp <= progress.LastStamp)
            stamp = progress.LastStamp.AddMilliseconds(1);
        File.WriteAllBytes(file + ".next", JsonSerializer.SerializeToUtf8Bytes(new Intent(stamp)));
        File.Move(file + ".next", file);
        return stamp;
    }

    private string FileOf(int number) => Path.Combine(folder, $"{number}.rows");

    private static string IntentOf(string journal) => Path.ChangeExtension(journal, ".intent");
}
