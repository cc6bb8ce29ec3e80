using System.Text.RegularExpressions;

namespace PipelineStacks.IotSql.Values;

/// <summary>The reference's standard conversions (iot-sql-data-types, "Conversions"); null stands for Undefined.</summary>
internal static partial class Conversions
{
    public static NumberValue? ToNumber(SqlValue value) => value switch
    {
        NumberValue number => number,
        StringValue text => Number(text.Value),
        _ => null,
    };

    public static bool? ToBoolean(SqlValue value) => value switch
    {
        BooleanValue truth => truth.Value,
        StringValue text when text.Value.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        StringValue text when text.Value.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    public static string? ToText(SqlValue value) => value switch
    {
        StringValue text => text.Value,
        NumberValue number => number.Text(),
        BooleanValue truth => truth.Value ? "true" : "false",
        ArrayValue or ObjectValue => Json.Text(value),
        _ => null,
    };

    public static NumberValue? Number(string text) => NumberText().IsMatch(text) ? NumberValue.Parse(text) : null;

    [GeneratedRegex(@"\A-?[0-9]+(\.[0-9]+)?([eE]-?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberText();
}
