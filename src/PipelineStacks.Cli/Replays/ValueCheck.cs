using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replays;

/// <summary>
/// Reads a JSON value as a column's type, as leniently as the zones do: a number may stand in quotes, a time may have a zone. What comes out is written
/// the one way that every later reader understands.
/// </summary>
internal static class ValueCheck
{
    private static readonly string[] Times =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd",
    ];

    // Earlier ones are of another calendar to some readers, and the clean zone refuses them.
    private static readonly DateOnly FirstDate = new(1582, 10, 15);
    private static readonly DateTimeOffset FirstTime = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The value, which may be null; or why it is none of the type.</summary>
    public static (JsonNode? Value, string? Error) Read(ColumnType type, JsonNode? value)
    {
        if (value is null)
            return (null, null);
        var read = type switch
        {
            PrimitiveType primitive => Primitive(primitive.Name, value),
            DecimalType exact => Exact(exact, value),
            ArrayType => value is JsonArray ? value.DeepClone() : null,
            _ => value is JsonObject ? value.DeepClone() : null,
        };
        return read is null ? (null, $"is {Shown(value)}, which is no {type.Hive}{From(type)}") : (read, null);
    }

    /// <summary>A value as people write it, cut where it is long.</summary>
    public static string Shown(JsonNode value)
    {
        const int Longest = 60;
        var text = value is JsonValue scalar && scalar.TryGetValue<string>(out var word) ? $"'{word}'" : value.ToJsonString();
        return text.Length <= Longest ? text : text[..Longest] + "...";
    }

    public static string? Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };

    private static string From(ColumnType type) => type switch
    {
        PrimitiveType { Name: "date" } => " from 1582-10-15 on",
        PrimitiveType { Name: "timestamp" } => " from 1900-01-01 on",
        _ => "",
    };

    private static JsonNode? Primitive(string type, JsonNode value)
    {
        if (Text(value) is not { } text)
            return null;
        return type switch
        {
            "string" or "binary" => text,
            "boolean" => bool.TryParse(text, out var flag) ? flag : text is "0" or "1" ? text == "1" : null,
            "tinyint" => Whole(text, sbyte.MinValue, sbyte.MaxValue),
            "smallint" => Whole(text, short.MinValue, short.MaxValue),
            "int" => Whole(text, int.MinValue, int.MaxValue),
            "bigint" => Whole(text, long.MinValue, long.MaxValue),
            "float" or "double" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= FirstDate ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            "timestamp" => Time(text),
            _ => throw new InvalidOperationException($"Nobody has said how a {type} is read."),
        };
    }

    private static JsonNode? Whole(string text, long least, long most) =>
        long.TryParse(text.IndexOf('.', StringComparison.Ordinal) is var point and > 0 && text.AsSpan(point + 1).Trim('0').IsEmpty ? text[..point] : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static JsonNode? Exact(DecimalType type, JsonNode value) =>
        decimal.TryParse(Text(value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number.Scale <= type.Scale && Math.Abs(number) < (decimal)Math.Pow(10, Math.Min(28, type.Precision - type.Scale))
            ? number
            : null;

    private static JsonNode? Time(string text) =>
        DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time >= FirstTime
            ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
            : null;
}
