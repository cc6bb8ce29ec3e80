using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>parse_time formats, in spite of its name; time_to_epoch parses.</summary>
internal static class TimeFunctions
{
    public static IEnumerable<Function> All { get; } = [new("parse_time", 2, 3, Format), new("time_to_epoch", 2, 2, Parse)];

    private static SqlValue Format(MqttMessage message, IReadOnlyList<SqlValue> arguments)
    {
        if (arguments[0] is not StringValue pattern || Conversions.ToNumber(arguments[1]) is not { } time)
            return SqlValue.Undefined;
        var zone = arguments.Count == 2 ? TimeZoneInfo.Utc : arguments[2] is StringValue name ? TimeZones.Find(name.Value) : null;
        var milliseconds = time.Floor();
        if (zone is null || milliseconds.CompareTo(NumberValue.Of(DateTimeOffset.MinValue.ToUnixTimeMilliseconds())) < 0
            || milliseconds.CompareTo(NumberValue.Of(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())) > 0)
            return SqlValue.Undefined;
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds.ToBigInteger()), zone);
        return SqlValue.Of(TimePattern.Parse(pattern.Value)?.Format(local, zone));
    }

    private static SqlValue Parse(MqttMessage message, IReadOnlyList<SqlValue> arguments) =>
        arguments is [StringValue text, StringValue pattern] && TimePattern.Parse(pattern.Value)?.Read(text.Value) is { } time
            ? NumberValue.Of(time.ToUnixTimeMilliseconds())
            : SqlValue.Undefined;
}
