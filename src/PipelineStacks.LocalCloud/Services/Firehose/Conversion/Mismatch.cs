using System.Text;
using System.Text.Json;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Says which value did not fit which column.</summary>
internal static class Mismatch
{
    private const int Shown = 60;

    public static MalformedDataException Of(ref Utf8JsonReader json, string column, DuckType type)
    {
        var value = json.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => $"the text \"{Shortened(json.ValueSpan)}\"",
            _ => $"the value {Shortened(json.ValueSpan)}",
        };
        return new($"Data does not match the schema. The column {column} of type {Name(type)} can't take {value}.");
    }

    private static string Name(DuckType type) => type.Id switch
    {
        DuckTypeId.Varchar => "string",
        DuckTypeId.Integer => "int",
        DuckTypeId.List => "array",
        DuckTypeId.Struct => "struct",
        DuckTypeId.Map => "map",
        _ => type.ToString().ToLowerInvariant(),
    };

    private static string Shortened(ReadOnlySpan<byte> text) =>
        text.Length <= Shown ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..Shown]) + "…";
}
