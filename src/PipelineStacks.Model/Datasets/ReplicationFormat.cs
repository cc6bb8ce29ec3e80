using System.Text.Json;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Datasets;

/// <summary>How DMS is told which tables to replicate, and what its files look like.</summary>
public static class ReplicationFormat
{
    /// <summary>
    /// The column that says what happened to the row: <c>I</c>, <c>U</c> or <c>D</c>; a row of the full load is an <c>I</c>. DMS puts it first
    /// and calls it so, and Glue knows only lower case.
    /// </summary>
    public const string OperationColumn = "op";

    /// <summary>The column with the time of the commit, or that of the transfer for a row of the full load, in UTC. It comes second.</summary>
    public const string TimestampColumn = "dms_timestamp";

    /// <summary>
    /// The last column: a text that grows from each change to the next, which the time doesn't, since MySQL's commits have whole seconds only. Empty
    /// for a row of the full load, which comes before all changes.
    /// </summary>
    public const string SequenceColumn = "change_seq";

    /// <summary>The columns that every file has besides the table's own.</summary>
    public static readonly IReadOnlyList<string> AddedColumns = [OperationColumn, TimestampColumn, SequenceColumn];

    /// <summary>What DMS writes into CSV where a row has no value. A text that is <c>NULL</c> looks the same there, and not in Parquet.</summary>
    public const string CsvNull = "NULL";

    /// <summary>The folder of a pipeline in the landing zone, to which DMS adds schema and table.</summary>
    public static string Folder(string pipeline) => pipeline;

    /// <summary>The folder that holds a table's files, with a slash at the end.</summary>
    public static string Prefix(Dataset dataset) => dataset.Source is DatabaseSource source
        ? $"{Folder(dataset.Pipeline)}/{source.Schema}/{source.Table}/"
        : throw new ArgumentException($"{dataset.Name} doesn't come from a database.", nameof(dataset));

    /// <summary>
    /// The task's table mappings. The schema is named in every rule, since <c>%</c> would take MySQL's own schemas as well, and a rule's id
    /// counts once in the task.
    /// </summary>
    public static string TableMappings(IEnumerable<Dataset> datasets)
    {
        var sources = datasets.Select(dataset => (DatabaseSource)dataset.Source).ToList();
        var selections = sources.Select(source => Rule("selection", source.FullName, source.Schema, source.Table, "include"));
        var sequences = sources.Select(source => source.Schema).Distinct().Select(schema => Rule("transformation", $"{schema}.{SequenceColumn}", schema, "%", "add-column", new()
        {
            ["rule-target"] = "column",
            ["value"] = SequenceColumn,
            ["expression"] = "$AR_H_CHANGE_SEQ",
            ["data-type"] = new Dictionary<string, object> { ["type"] = "string", ["length"] = 50 },
        }));
        var rules = selections.Concat(sequences).ToList();
        for (var i = 0; i < rules.Count; i++)
            rules[i]["rule-id"] = $"{i + 1}";
        return JsonSerializer.Serialize(new Dictionary<string, object> { ["rules"] = rules });
    }

    private static Dictionary<string, object> Rule(string type, string name, string schema, string table, string action, Dictionary<string, object>? more = null)
    {
        Dictionary<string, object> rule = new()
        {
            ["rule-type"] = type,
            ["rule-id"] = "",
            ["rule-name"] = name,
            ["object-locator"] = new Dictionary<string, string> { ["schema-name"] = schema, ["table-name"] = table },
            ["rule-action"] = action,
        };
        foreach (var (key, value) in more ?? [])
            rule[key] = value;
        return rule;
    }

    /// <summary>The format of the files as tables know it.</summary>
    public static TableFormat TableFormat(FileFormat format) => format == FileFormat.Parquet ? Datasets.TableFormat.Parquet : Datasets.TableFormat.Csv;
}
