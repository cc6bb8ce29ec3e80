using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replays;

/// <summary>How a record is written when it goes back.</summary>
internal static class RecordText
{
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON that producers write: the columns under their keys, and what no column reads as it was.</summary>
    public static string Json(Dataset dataset, ReplayRecord record)
    {
        var json = new JsonObject();
        foreach (var column in dataset.Columns)
        {
            if (record.Values[column.Name] is { } value)
                json[column.Key] = value.DeepClone();
        }

        foreach (var (key, value) in record.Record.Where(member => !IsOfTheZone(member.Key) && !dataset.Columns.Any(column => Reads(column, member.Key))))
            json[key] = value?.DeepClone();
        return json.ToJsonString(Line);
    }

    // The columns of the landing table that stand in no record: they tell of files and days.
    private static bool IsOfTheZone(string key) => key == DatasetRules.ArrivalDate || key.StartsWith('_');

    private static bool Reads(Column column, string key) =>
        key.Equals(column.Key, StringComparison.OrdinalIgnoreCase) || key.Equals(column.Name, StringComparison.OrdinalIgnoreCase);
}
