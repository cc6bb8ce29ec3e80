using System.Text;
using System.Text.RegularExpressions;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>Functions of strings; other types are converted by the standard conversions, so Null and Undefined give Undefined.</summary>
internal static class TextFunctions
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    public static IEnumerable<Function> All { get; } =
    [
        One("length", text => NumberValue.Of(text.Length)),
        One("numbytes", text => NumberValue.Of(Encoding.UTF8.GetByteCount(text))),
        One("lower", text => new StringValue(text.ToLowerInvariant())),
        One("upper", text => new StringValue(text.ToUpperInvariant())),
        One("trim", text => new StringValue(text.Trim())),
        One("ltrim", text => new StringValue(text.TrimStart(' ', '\t'))),
        One("rtrim", text => new StringValue(text.TrimEnd(' ', '\t'))),
        Two("startswith", (text, start) => SqlValue.Of(text.StartsWith(start, StringComparison.Ordinal))),
        Two("endswith", (text, end) => SqlValue.Of(text.EndsWith(end, StringComparison.Ordinal))),
        Two("indexof", (text, part) => NumberValue.Of(text.IndexOf(part, StringComparison.Ordinal))),
        Two("regexp_matches", (text, pattern) => Try(() => SqlValue.Of(Regex.IsMatch(text, pattern, RegexOptions.None, Patience)))),
        Two("regexp_substr", (text, pattern) => Try(() => Regex.Match(text, pattern, RegexOptions.None, Patience) is { Success: true } match ? new StringValue(match.Value) : SqlValue.Undefined)),
        Three("regexp_replace", (text, pattern, with) => Try(() => new StringValue(Regex.Replace(text, pattern, with, RegexOptions.None, Patience)))),
        Three("replace", (text, part, with) => new StringValue(part.Length == 0 ? text : text.Replace(part, with, StringComparison.Ordinal))),
        new("lpad", 2, 2, (_, arguments) => Pad(arguments, (text, spaces) => spaces + text)),
        new("rpad", 2, 2, (_, arguments) => Pad(arguments, (text, spaces) => text + spaces)),
        new("chr", 1, 1, Character),
        new("substring", 2, 3, Substring),
    ];

    private static Function One(string name, Func<string, SqlValue> apply) => new(name, 1, 1, (_, arguments) =>
        Conversions.ToText(arguments[0]) is { } text ? apply(text) : SqlValue.Undefined);

    private static Function Two(string name, Func<string, string, SqlValue> apply) => new(name, 2, 2, (_, arguments) =>
        Conversions.ToText(arguments[0]) is { } text && Conversions.ToText(arguments[1]) is { } second ? apply(text, second) : SqlValue.Undefined);

    private static Function Three(string name, Func<string, string, string, SqlValue> apply) => new(name, 3, 3, (_, arguments) =>
        Conversions.ToText(arguments[0]) is { } text && Conversions.ToText(arguments[1]) is { } second && Conversions.ToText(arguments[2]) is { } third
            ? apply(text, second, third)
            : SqlValue.Undefined);

    // A pattern that isn't a regular expression, or never ends, gives Undefined.
    private static SqlValue Try(Func<SqlValue> match)
    {
        try
        {
            return match();
        }
        catch (Exception invalid) when (invalid is ArgumentException or RegexMatchTimeoutException)
        {
            return SqlValue.Undefined;
        }
    }

    private static SqlValue Pad(IReadOnlyList<SqlValue> arguments, Func<string, string, string> join) =>
        Conversions.ToText(arguments[0]) is { } text && Conversions.ToNumber(arguments[1]) is { } count
            ? new StringValue(join(text, new string(' ', Math.Clamp(count.ToIndex(), 0, 1000))))
            : SqlValue.Undefined;

    private static SqlValue Character(MqttMessage message, IReadOnlyList<SqlValue> arguments) =>
        Conversions.ToNumber(arguments[0])?.ToIndex() is { } code and >= 0 and < 128 ? new StringValue(((char)code).ToString()) : SqlValue.Undefined;

    private static SqlValue Substring(MqttMessage message, IReadOnlyList<SqlValue> arguments)
    {
        if (Conversions.ToText(arguments[0]) is not { } text || Conversions.ToNumber(arguments[1]) is not { } first)
            return SqlValue.Undefined;
        var start = Math.Clamp(first.ToIndex(), 0, text.Length);
        if (arguments.Count == 2)
            return new StringValue(text[start..]);
        if (Conversions.ToNumber(arguments[2]) is not { } last)
            return SqlValue.Undefined;
        var end = Math.Clamp(last.ToIndex(), 0, text.Length);
        return new StringValue(start < end ? text[start..end] : "");
    }
}
