using System.Text.Json.Nodes;
using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replays;

/// <summary>What is changed of rejected records before they are tried again: first the file's repaired record, then keys are renamed, then columns set.</summary>
internal sealed class RecordRepairs
{
    private readonly IReadOnlyDictionary<string, string>? _records;
    private readonly IReadOnlyList<(string Old, string New)> _renamed;
    private readonly IReadOnlyList<(Column Column, string Value)> _set;

    private RecordRepairs(IReadOnlyDictionary<string, string>? records, IReadOnlyList<(string, string)> renamed, IReadOnlyList<(Column, string)> set)
    {
        _records = records;
        _renamed = renamed;
        _set = set;
    }

    /// <summary>The records that the file names; null where there is no file, and any may be meant.</summary>
    public IEnumerable<string>? Ids => _records?.Keys;

    /// <param name="lines">Of the file of repaired records, as <c>quarantine show --format jsonl</c> writes them.</param>
    /// <param name="one">Whether a single record is asked for.</param>
    /// <exception cref="UserError">All that is wrong with what was given.</exception>
    public static RecordRepairs Of(Dataset dataset, IReadOnlyList<string>? lines, IReadOnlyList<string> renamed, IReadOnlyList<string> set, bool one)
    {
        List<string> errors = [];
        var records = lines is null ? null : Records(dataset, lines, errors);
        var renames = Pairs("--map", "old=new", renamed, errors);
        var columns = new List<(Column, string)>();
        foreach (var (name, value) in Pairs("--set", "column=value", set, errors))
        {
            if (Find(dataset, name) is { } column)
                columns.Add((column, value));
            else
                errors.Add($"--set {name}: {Unknown(dataset, name)}");
        }

        errors.AddRange(renames.Where(pair => Find(dataset, pair.Value) is null).Select(pair => $"--map {pair.Name}={pair.Value}: {Unknown(dataset, pair.Value)}"));
        if (!one && dataset.Key.All(key => columns.Exists(pair => pair.Item1.Name == key)))
            errors.Add($"--set {string.Join(", ", dataset.Key)}: all records would have one key and count as one. Name a single record by --id, or give each its own by --repair.");
        return errors.Count == 0 ? new(records, renames, columns) : throw new UserError(string.Join(System.Environment.NewLine, errors));
    }

    /// <summary>The record as it is tried again, or why it can't be.</summary>
    public (JsonObject? Record, string? Error) Apply(RejectedRecord rejected)
    {
        var text = _records?.GetValueOrDefault(rejected.Id) ?? rejected.Text;
        if (RecordExport.Parse(text) is not { } record)
            return (null, $"it is no JSON object: {(text.Length > 60 ? text[..60] + "..." : text)}");
        foreach (var (old, name) in _renamed)
        {
            foreach (var member in record.Where(member => member.Key.Equals(old, StringComparison.OrdinalIgnoreCase)).ToList())
            {
                record.Remove(member.Key);
                record[name] = member.Value;
            }
        }

        foreach (var (column, value) in _set)
        {
            foreach (var member in record.Where(member => Names(column).Contains(member.Key, StringComparer.OrdinalIgnoreCase)).ToList())
                record.Remove(member.Key);
            record[column.Key] = value.Length == 0 ? null : JsonValue.Create(value);
        }

        return (record, null);
    }

    private static Dictionary<string, string> Records(Dataset dataset, IReadOnlyList<string> lines, List<string> errors)
    {
        var records = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;
            var line = RecordExport.Parse(lines[i]);
            var (id, record) = (line?["id"]?.ToString(), line?["record"] as JsonObject);
            if (id is null)
                errors.Add($"--repair, line {i + 1}: write {{\"id\": \"...\", \"record\": {{...}}}}, as quarantine show --format jsonl does.");
            else if (line!["dataset"]?.ToString() is { } other && other != dataset.Name)
                errors.Add($"--repair, line {i + 1}: the record is of {other}, and {dataset.Name} is replayed.");
            else if (!records.TryAdd(id, record?.ToJsonString() ?? line["raw"]?.ToString() ?? ""))
                errors.Add($"--repair, line {i + 1}: the record {id} is there twice.");
        }

        return records;
    }

    private static List<(string Name, string Value)> Pairs(string option, string form, IReadOnlyList<string> given, List<string> errors)
    {
        var pairs = new List<(string, string)>();
        foreach (var text in given)
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
                pairs.Add((text[..at], text[(at + 1)..]));
            else
                errors.Add($"{option} {text}: write {option} {form}.");
        }

        return pairs;
    }

    private static Column? Find(Dataset dataset, string name) => dataset.Columns.FirstOrDefault(column => Names(column).Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string[] Names(Column column) => [column.Name, column.Key];

    private static string Unknown(Dataset dataset, string name) =>
        $"{dataset.Name} has no column '{name}'. It has {string.Join(", ", dataset.Columns.Select(column => column.Name))}.";
}
