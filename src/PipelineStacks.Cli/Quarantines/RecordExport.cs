using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Quarantines;

/// <summary>A rejected record for programs, and for a person to repair and give back to <c>replay --repair</c>.</summary>
internal static class RecordExport
{
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Line) { WriteIndented = true };

    public static string ToJson(RejectedRecord record, LedgerEntry? replayed, bool indented)
    {
        var parsed = Parse(record.Text);
        var json = new JsonObject
        {
            ["id"] = record.Id,
            ["dataset"] = record.Object.Dataset,
            ["step"] = record.Object.Step,
            ["day"] = record.Object.Day,
            ["code"] = record.Code,
            ["reason"] = record.Reason,
            ["sourceFile"] = record.SourceFile,
            ["quarantineFile"] = record.Object.Key,
            ["replayedTo"] = replayed?.To,
            ["record"] = parsed,
        };
        // Of a record that is no JSON object the text is all there is to start from.
        if (parsed is null)
            json["raw"] = record.Text;
        return json.ToJsonString(indented ? Indented : Line);
    }

    /// <summary>The record as a JSON object, or null if it is none.</summary>
    public static JsonObject? Parse(string text)
    {
        try
        {
            var node = JsonNode.Parse(text) as JsonObject;
            // A name that comes twice shows only when it is looked at.
            _ = node?.Count;
            return node;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
