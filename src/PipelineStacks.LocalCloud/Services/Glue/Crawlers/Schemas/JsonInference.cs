using System.Text.Json;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

/// <summary>Recognises JSON: objects one after the other, or an array, which is one column as in Glue. Dates stay strings.</summary>
internal static partial class JsonInference
{
    /// <param name="path">A custom classifier's; null for the built-in one.</param>
    /// <returns>Null for what is no JSON.</returns>
    public static FileSchema? Read(FileSample sample, JsonPath? path = null)
    {
        IReadOnlyList<InferredColumn> columns = [];
        var records = 0L;
        foreach (var document in Documents(sample))
        {
            using (document)
            {
                var found = path is not null ? path.Records(document.RootElement) : [document.RootElement];
                foreach (var record in found)
                {
                    if (record.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                        return null;
                    columns = InferredColumn.Merge(columns, record.ValueKind == JsonValueKind.Object ? Fields(record, lower: true) : [new("array", TypeOf(record))]);
                    records++;
                }
            }
        }

        return records > 0 ? new(new("json", sample.Compression), columns, records) : null;
    }

    // A line that can't be read is passed over once the file has begun as JSON: the SerDe decides at query time what becomes of it.
    private static IEnumerable<JsonDocument> Documents(FileSample sample)
    {
        var bytes = sample.Bytes.AsMemory(sample.Bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0);
        var first = true;
        while (Next(ref bytes, first, sample.IsWhole) is { } document)
        {
            first = false;
            yield return document;
        }
    }

    private static JsonDocument? Next(ref Memory<byte> bytes, bool first, bool isWhole)
    {
        while (true)
        {
            bytes = bytes[(bytes.Length - bytes.Span.TrimStart(" \t\r\n"u8).Length)..];
            if (bytes.Length == 0)
                return null;
            try
            {
                var reader = new Utf8JsonReader(bytes.Span, isWhole, new JsonReaderState(new() { AllowMultipleValues = true }));
                if (!JsonDocument.TryParseValue(ref reader, out var document))
                    return null;
                bytes = bytes[(int)reader.BytesConsumed..];
                return document;
            }
            catch (JsonException) when (!first && bytes.Span.IndexOf((byte)'\n') is >= 0 and var end)
            {
                bytes = bytes[(end + 1)..];
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private static IReadOnlyList<InferredColumn> Fields(JsonElement record, bool lower)
    {
        IReadOnlyList<InferredColumn> fields = [.. record.EnumerateObject().Select(field => new InferredColumn(
            lower ? field.Name.ToLowerInvariant() : field.Name, TypeOf(field.Value)))];
        return fields.DistinctBy(field => field.Name).Count() == fields.Count ? fields : InferredColumn.Merge([], fields);
    }

    private static InferredType TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => InferredType.Scalar("string"),
        JsonValueKind.True or JsonValueKind.False => InferredType.Scalar("boolean"),
        JsonValueKind.Number => InferredType.Scalar(
            !Integer().IsMatch(value.GetRawText()) ? "double" : value.TryGetInt32(out _) ? "int" : value.TryGetInt64(out _) ? "bigint" : "double"),
        JsonValueKind.Array => new ArrayType(value.EnumerateArray().Select(TypeOf).Aggregate(InferredType.Unknown, InferredType.Merge)),
        JsonValueKind.Object => Fields(value, lower: false) is { Count: > 0 } fields ? new StructType(fields) : InferredType.Unknown,
        _ => InferredType.Unknown,
    };

    [GeneratedRegex("^-?[0-9]+$")]
    private static partial Regex Integer();
}
