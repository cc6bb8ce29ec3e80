using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>A place in a source's binary log.</summary>
internal sealed record LogPosition(string File, long Position);

/// <summary>One table of a task, and how far it is.</summary>
internal sealed record TableProgress
{
    public required string Schema { get; init; }

    public required string Name { get; init; }

    public string State { get; init; } = "Before load";

    public string? Message { get; init; }

    /// <summary>The definition by which its rows are written.</summary>
    public int? Definition { get; init; }

    /// <summary>Where in the log its load was taken; changes before it are in the load.</summary>
    public LogPosition? Snapshot { get; init; }

    public long LoadedRows { get; init; }

    public DateTimeOffset? LoadStarted { get; init; }

    public DateTimeOffset? LoadEnded { get; init; }

    public bool Reloaded { get; init; }

    /// <summary>The keys of its full load's objects.</summary>
    public IReadOnlyList<string> LoadKeys { get; init; } = [];

    public ChangeCounts Applied { get; init; }

    public long Ddls { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public bool Finished => State is TableStates.Completed or TableStates.Error or TableStates.Missing;
}

internal static class TableStates
{
    public const string Loading = "Full load";
    public const string Completed = "Table completed";
    public const string Error = "Table error";
    public const string Missing = "Table does not exist";
    public const string Reloading = "Table is being reloaded";
}

internal readonly record struct ChangeCounts(long Inserts, long Updates, long Deletes)
{
    public static ChangeCounts operator +(ChangeCounts a, ChangeCounts b) => new(a.Inserts + b.Inserts, a.Updates + b.Updates, a.Deletes + b.Deletes);

    public static ChangeCounts Of(string op) => op switch { "I" => new(1, 0, 0), "U" => new(0, 1, 0), "D" => new(0, 0, 1), _ => default };
}

/// <summary>How far a task is, in one file that is replaced as a whole.</summary>
internal sealed class Progress
{
    private string _file = "";

    /// <summary>Where capturing begins; null until the source has been asked, or where the task captures nothing.</summary>
    public LogPosition? Start { get; set; }

    public bool LoadDone { get; set; }

    public int NextDefinition { get; set; } = 1;

    /// <summary>What rows were written by, by number: a table gets a new one with each change of its columns.</summary>
    public Dictionary<int, JsonObject> Definitions { get; init; } = [];

    public Dictionary<string, TableProgress> Tables { get; init; } = [];

    /// <summary>The last journal whose changes are counted in <see cref="TableProgress.Applied"/>.</summary>
    public int CountedJournal { get; set; }

    /// <summary>The time in the last file's name: no two may have the same.</summary>
    public DateTimeOffset LastStamp { get; set; }

    public static Progress Open(string file)
    {
        var progress = File.Exists(file) ? JsonSerializer.Deserialize<Progress>(File.ReadAllBytes(file))! : new Progress();
        progress._file = file;
        return progress;
    }

    public void Save()
    {
        File.WriteAllBytes(_file + ".next", JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(_file + ".next", _file, overwrite: true);
    }

    public static string KeyOf(string schema, string name) => $"{schema}.{name}";

    public void Change(string schema, string name, Func<TableProgress, TableProgress> change)
    {
        var key = KeyOf(schema, name);
        Tables[key] = change(Tables.GetValueOrDefault(key) ?? new() { Schema = schema, Name = name });
    }
}
