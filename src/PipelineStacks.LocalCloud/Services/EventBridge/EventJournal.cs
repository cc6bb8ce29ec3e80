using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

/// <summary>The newest events as JSON lines in two files: a full one replaces the one before it.</summary>
internal sealed class EventJournal : IDisposable
{
    private const long MaxFileBytes = 4 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly string _newest;
    private readonly string _older;
    private FileStream _file;

    public EventJournal(DataDirectory data)
    {
        var folder = data.Folder("events");
        _newest = Path.Combine(folder, "newest.jsonl");
        _older = Path.Combine(folder, "older.jsonl");
        _file = Open();
    }

    public void Append(JsonObject envelope)
    {
        var line = System.Text.Encoding.UTF8.GetBytes(envelope.ToJsonString() + "\n");
        lock (_lock)
        {
            if (_file.Length + line.Length > MaxFileBytes)
            {
                _file.Dispose();
                File.Move(_newest, _older, overwrite: true);
                _file = Open();
            }

            _file.Write(line);
            _file.Flush();
        }
    }

    /// <summary>The events that are still there, oldest first.</summary>
    public IReadOnlyList<string> Read()
    {
        lock (_lock)
            return [.. new[] { _older, _newest }.Where(File.Exists).SelectMany(ReadLines)];
    }

    public void Dispose() => _file.Dispose();

    private FileStream Open() => new(_newest, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
