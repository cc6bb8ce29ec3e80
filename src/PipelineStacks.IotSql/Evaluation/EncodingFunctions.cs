using System.Text;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>Base64; the parser sees to it that the scheme is that one.</summary>
internal static class EncodingFunctions
{
    public static IEnumerable<Function> All { get; } = [new("encode", 2, 2, Encode), new("decode", 2, 2, Decode)];

    private static SqlValue Encode(MqttMessage message, IReadOnlyList<SqlValue> arguments) => arguments[0] switch
    {
        BytesValue raw => new StringValue(Convert.ToBase64String(raw.Bytes.Span)),
        var value when Conversions.ToText(value) is { } text => new StringValue(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        _ => SqlValue.Undefined,
    };

    private static SqlValue Decode(MqttMessage message, IReadOnlyList<SqlValue> arguments)
    {
        if (Conversions.ToText(arguments[0]) is not { } text)
            return SqlValue.Undefined;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return SqlValue.Null;
        return Json.Parse(bytes.AsSpan(0, length)) ?? new StringValue(Encoding.UTF8.GetString(bytes, 0, length));
    }
}
