using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>
/// Columns that a rule adds to each row, from the header that DMS has of a change:
/// <see href="https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Expressions.html"/>.
/// Other expressions need SQLite's language and are refused.
/// </summary>
internal static class HeaderColumns
{
    public const string ChangeSequence = "$AR_H_CHANGE_SEQ";
    public const string StreamPosition = "$AR_H_STREAM_POSITION";
    public const string Timestamp = "$AR_H_TIMESTAMP";
    public const string CommitTimestamp = "$AR_H_COMMIT_TIMESTAMP";
    public const string Operation = "$AR_H_OPERATION";

    // The type, and the length that a text has at most: a shorter column would cut it.
    private static readonly Dictionary<string, (string Type, int Length)> Types = new(StringComparer.Ordinal)
    {
        [ChangeSequence] = ("string", 35),
        [StreamPosition] = ("string", 50),
        [Operation] = ("string", 10),
        [Timestamp] = ("datetime", 0),
        [CommitTimestamp] = ("datetime", 0),
    };

    public static void Check(JsonObject rule)
    {
        var expression = rule["expression"]?.ToString() ?? throw ServiceException.Unsupported("The transformation rule action add-column without an expression");
        if (rule["rule-target"]?.ToString() != "column" || rule["value"] is null)
            throw TableMappings.Invalid("add-column needs the rule-target column and a value, the column's name");
        if (!Types.TryGetValue(expression, out var expected))
            throw ServiceException.Unsupported($"The expression {expression} in table mappings (known are {string.Join(", ", Types.Keys)})");
        var type = rule["data-type"] as JsonObject ?? throw TableMappings.Invalid($"Missing data-type for the column {rule["value"]}");
        if (type["type"]?.ToString() != expected.Type || (expected.Length > 0 && (int?)type["length"] is null or < 1))
            throw TableMappings.Invalid($"{expression} is of the data-type {expected.Type}{(expected.Length > 0 ? $" with a length, such as {expected.Length}" : "")}");
        if ((int?)type["length"] < expected.Length)
            throw ServiceException.Unsupported($"A length of {type["length"]} for {expression}, which has up to {expected.Length} characters,");
    }
}
