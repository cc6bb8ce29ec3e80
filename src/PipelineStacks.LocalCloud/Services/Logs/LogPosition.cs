using System.Globalization;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Where a line stands in its stream, and what a token says of where to read on.</summary>
internal readonly record struct LogPosition(long Timestamp, long Offset) : IComparable<LogPosition>
{
    private const int TimestampDigits = 16;
    private const int OffsetDigits = 40;

    public static LogPosition Of(LogEvent line) => new(line.Timestamp.ToUnixTimeMilliseconds(), line.Offset);

    /// <summary>56 digits, as the real tokens and event ids have.</summary>
    public override string ToString() =>
        Timestamp.ToString($"D{TimestampDigits}", CultureInfo.InvariantCulture) + Offset.ToString($"D{OffsetDigits}", CultureInfo.InvariantCulture);

    /// <exception cref="ServiceException">The text is none that this cloud gave out.</exception>
    public static LogPosition Parse(string text) =>
        text.Length == TimestampDigits + OffsetDigits
        && long.TryParse(text.AsSpan(0, TimestampDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
        && long.TryParse(text.AsSpan(TimestampDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? new(timestamp, offset)
            : throw new ServiceException("InvalidParameterException", "The specified nextToken is invalid.");

    public int CompareTo(LogPosition other) => (Timestamp, Offset).CompareTo((other.Timestamp, other.Offset));

    public static bool operator <(LogPosition a, LogPosition b) => a.CompareTo(b) < 0;

    public static bool operator >(LogPosition a, LogPosition b) => a.CompareTo(b) > 0;

    public static bool operator <=(LogPosition a, LogPosition b) => a.CompareTo(b) <= 0;

    public static bool operator >=(LogPosition a, LogPosition b) => a.CompareTo(b) >= 0;
}
