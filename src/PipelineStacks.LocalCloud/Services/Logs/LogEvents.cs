using System.Globalization;
using System.Text.Json;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>One line of a log. Lines are ordered by their time, lines of one time by their arrival.</summary>
/// <param name="Offset">Where the line is in its day's file.</param>
internal readonly record struct LogEvent(DateTimeOffset Timestamp, DateTimeOffset IngestionTime, string Message, long Offset);

/// <summary>
/// The lines of log streams on disk: a file for each day of their timestamps, only ever appended to, so that a killed process
/// loses nothing acknowledged and retention is the deletion of files.
/// </summary>
internal sealed class LogEvents(DataDirectory data)
{
    private const string DayFormat = "yyyy-MM-dd";

    private readonly string _root = data.Folder("logs");
    private readonly Lock _lock = new();

    public void Append(LogGroupState group, LogStreamState stream, IReadOnlyList<(DateTimeOffset Timestamp, string Message)> lines, DateTimeOffset now)
    {
        var folder = Directory.CreateDirectory(Folder(group, stream)).FullName;
        lock (_lock)
        {
            foreach (var day in lines.GroupBy(line => DateOnly.FromDateTime(line.Timestamp.UtcDateTime)))
            {
                using var buffer = new MemoryStream();
                foreach (var (timestamp, message) in day)
                {
                    JsonSerializer.Serialize(buffer, new Line(timestamp.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds(), message));
                    buffer.WriteByte((byte)'\n');
                }

                using var file = new FileStream(FileOf(folder, day.Key), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
                EndLine(file);
                file.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
            }
        }
    }

    /// <summary>The days on which a stream has lines, in order.</summary>
    public IReadOnlyList<DateOnly> Days(LogGroupState group, LogStreamState stream)
    {
        var folder = Folder(group, stream);
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*.jsonl").Select(DayOf).Order()];
    }

    /// <summary>A stream's lines of one day, in the order of their time.</summary>
    public IReadOnlyList<LogEvent> Read(LogGroupState group, LogStreamState stream, DateOnly day)
    {
        var path = FileOf(Folder(group, stream), day);
        if (!File.Exists(path))
            return [];
        var events = new List<LogEvent>();
        var bytes = File.ReadAllBytes(path).AsSpan();
        for (int start = 0, length; start < bytes.Length; start += length + 1)
        {
            length = bytes[start..].IndexOf((byte)'\n');
            if (length < 0)
                break;
            if (Parse(bytes.Slice(start, length)) is { } line)
                events.Add(new(DateTimeOffset.FromUnixTimeMilliseconds(line.T), DateTimeOffset.FromUnixTimeMilliseconds(line.I), line.M, start));
        }

        return [.. events.OrderBy(one => one.Timestamp)];
    }

    public long SizeOf(LogGroupState group)
    {
        var folder = new DirectoryInfo(Path.Combine(_root, group.Id));
        return folder.Exists ? folder.EnumerateFiles("*.jsonl", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
    }

    public void DeleteBefore(LogGroupState group, LogStreamState stream, DateOnly day)
    {
        lock (_lock)
        {
            foreach (var old in Days(group, stream).Where(old => old < day))
                File.Delete(FileOf(Folder(group, stream), old));
        }
    }

    public void Delete(LogGroupState group, LogStreamState? stream = null)
    {
        var folder = stream is null ? Path.Combine(_root, group.Id) : Folder(group, stream);
        lock (_lock)
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    // A killed process may leave half a line; what follows must not become part of it.
    private static void EndLine(FileStream file)
    {
        if (file.Length == 0)
            return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n')
            file.WriteByte((byte)'\n');
    }

    private static Line? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Folder(LogGroupState group, LogStreamState stream) => Path.Combine(_root, group.Id, stream.Id);

    private static string FileOf(string folder, DateOnly day) => Path.Combine(folder, day.ToString(DayFormat, CultureInfo.InvariantCulture) + ".jsonl");

    private static DateOnly DayOf(string path) => DateOnly.ParseExact(Path.GetFileNameWithoutExtension(path), DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Timestamp, ingestion time and message. Short names: they are in every line.</summary>
    private sealed record Line(long T, long I, string M);
}
