using System.Globalization;
using System.Text;

namespace PipelineStacks.Cli.Templates;

/// <summary>A date format of moment.js, parsed once: <see href="https://momentjs.com/docs/#/displaying/format/"/>.</summary>
internal sealed class MomentFormat
{
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];
    private static readonly string[] Days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;

    private static readonly Dictionary<string, string> Shorthands = new(StringComparer.Ordinal)
    {
        ["LT"] = "h:mm A", ["LTS"] = "h:mm:ss A", ["L"] = "MM/DD/YYYY", ["l"] = "M/D/YYYY", ["LL"] = "MMMM D, YYYY", ["ll"] = "MMM D, YYYY",
        ["LLL"] = "MMMM D, YYYY h:mm A", ["lll"] = "MMM D, YYYY h:mm A", ["LLLL"] = "dddd, MMMM D, YYYY h:mm A", ["llll"] = "ddd, MMM D, YYYY h:mm A",
    };

    private static readonly Dictionary<string, Part> Tokens = new(StringComparer.Ordinal)
    {
        ["YYYY"] = (output, at, _) => output.Append(at.Year, 4),
        ["YY"] = (output, at, _) => output.Append(at.Year % 100, 2),
        ["Y"] = (output, at, _) => output.Append(at.Year),
        ["Q"] = (output, at, _) => output.Append(((at.Month - 1) / 3) + 1),
        ["Qo"] = (output, at, _) => Ordinal(output, ((at.Month - 1) / 3) + 1),
        ["MMMM"] = (output, at, _) => output.Append(Months[at.Month - 1]),
        ["MMM"] = (output, at, _) => output.Append(Months[at.Month - 1].AsSpan(0, 3)),
        ["MM"] = (output, at, _) => output.Append(at.Month, 2),
        ["Mo"] = (output, at, _) => Ordinal(output, at.Month),
        ["M"] = (output, at, _) => output.Append(at.Month),
        ["DDDD"] = (output, at, _) => output.Append(at.DayOfYear, 3),
        ["DDDo"] = (output, at, _) => Ordinal(output, at.DayOfYear),
        ["DDD"] = (output, at, _) => output.Append(at.DayOfYear),
        ["DD"] = (output, at, _) => output.Append(at.Day, 2),
        ["Do"] = (output, at, _) => Ordinal(output, at.Day),
        ["D"] = (output, at, _) => output.Append(at.Day),
        ["dddd"] = (output, at, _) => output.Append(Days[(int)at.DayOfWeek]),
        ["ddd"] = (output, at, _) => output.Append(Days[(int)at.DayOfWeek].AsSpan(0, 3)),
        ["dd"] = (output, at, _) => output.Append(Days[(int)at.DayOfWeek].AsSpan(0, 2)),
        ["do"] = (output, at, _) => Ordinal(output, (int)at.DayOfWeek),
        ["d"] = (output, at, _) => output.Append((int)at.DayOfWeek),
        ["e"] = (output, at, _) => output.Append((int)at.DayOfWeek),
        ["E"] = (output, at, _) => output.Append(IsoDay(at)),
        ["ww"] = (output, at, _) => output.Append(Week(at), 2),
        ["wo"] = (output, at, _) => Ordinal(output, Week(at)),
        ["w"] = (output, at, _) => output.Append(Week(at)),
        ["WW"] = (output, at, _) => output.Append(ISOWeek.GetWeekOfYear(at.DateTime), 2),
        ["Wo"] = (output, at, _) => Ordinal(output, ISOWeek.GetWeekOfYear(at.DateTime)),
        ["W"] = (output, at, _) => output.Append(ISOWeek.GetWeekOfYear(at.DateTime)),
        ["gggg"] = (output, at, _) => output.Append(WeekYear(at), 4),
        ["gg"] = (output, at, _) => output.Append(WeekYear(at) % 100, 2),
        ["GGGG"] = (output, at, _) => output.Append(ISOWeek.GetYear(at.DateTime), 4),
        ["GG"] = (output, at, _) => output.Append(ISOWeek.GetYear(at.DateTime) % 100, 2),
        ["A"] = (output, at, _) => output.Append(at.Hour < 12 ? "AM"u8 : "PM"u8),
        ["a"] = (output, at, _) => output.Append(at.Hour < 12 ? "am"u8 : "pm"u8),
        ["HH"] = (output, at, _) => output.Append(at.Hour, 2),
        ["H"] = (output, at, _) => output.Append(at.Hour),
        ["hh"] = (output, at, _) => output.Append(Twelve(at), 2),
        ["h"] = (output, at, _) => output.Append(Twelve(at)),
        ["kk"] = (output, at, _) => output.Append(at.Hour == 0 ? 24 : at.Hour, 2),
        ["k"] = (output, at, _) => output.Append(at.Hour == 0 ? 24 : at.Hour),
        ["mm"] = (output, at, _) => output.Append(at.Minute, 2),
        ["m"] = (output, at, _) => output.Append(at.Minute),
        ["ss"] = (output, at, _) => output.Append(at.Second, 2),
        ["s"] = (output, at, _) => output.Append(at.Second),
        ["ZZ"] = (output, at, _) => Offset(output, at, colon: false),
        ["Z"] = (output, at, _) => Offset(output, at, colon: true),
        ["zz"] = (output, _, utc) => output.Append(utc ? "Coordinated Universal Time"u8 : ""u8),
        ["z"] = (output, _, utc) => output.Append(utc ? "UTC"u8 : ""u8),
        ["X"] = (output, at, _) => output.Append(at.ToUnixTimeSeconds()),
        ["x"] = (output, at, _) => output.Append(at.ToUnixTimeMilliseconds()),
    };

    private readonly List<Part> _parts = [];

    public MomentFormat(string format) => Read(format);

    private delegate void Part(RecordBuffer output, DateTimeOffset at, bool utc);

    /// <summary>Whether two times within one second can look different.</summary>
    public bool IsFinerThanSeconds { get; private set; }

    public void Write(RecordBuffer output, DateTimeOffset at, bool utc)
    {
        foreach (var part in _parts)
            part(output, at, utc);
    }

    private void Read(string format)
    {
        var literal = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            if (format[at] == '[' && format.IndexOf(']', at) is > 0 and var close)
            {
                literal.Append(format, at + 1, close - at - 1);
                at = close + 1;
                continue;
            }

            var length = TokenLength(format, at);
            if (length == 0)
            {
                literal.Append(format[at++]);
                continue;
            }

            AddLiteral(literal);
            AddToken(format.Substring(at, length));
            at += length;
        }

        AddLiteral(literal);
    }

    private static int TokenLength(string format, int at)
    {
        if (format[at] == 'S')
        {
            var run = format.AsSpan(at).IndexOfAnyExcept('S');
            return Math.Min(run < 0 ? format.Length - at : run, 9);
        }

        for (var length = Math.Min(4, format.Length - at); length > 0; length--)
        {
            var token = format.Substring(at, length);
            if (Tokens.ContainsKey(token) || Shorthands.ContainsKey(token))
                return length;
        }

        return 0;
    }

    private void AddToken(string token)
    {
        if (Shorthands.TryGetValue(token, out var written))
        {
            Read(written);
        }
        else if (token[0] == 'S')
        {
            IsFinerThanSeconds = true;
            _parts.Add((output, at, _) => Fraction(output, at, token.Length));
        }
        else
        {
            IsFinerThanSeconds |= token == "x";
            _parts.Add(Tokens[token]);
        }
    }

    private void AddLiteral(StringBuilder literal)
    {
        if (literal.Length == 0)
            return;
        var bytes = Encoding.UTF8.GetBytes(literal.ToString());
        literal.Clear();
        _parts.Add((output, _, _) => output.Append(bytes));
    }

    // Moment knows milliseconds; what is asked beyond them are zeros.
    private static void Fraction(RecordBuffer output, DateTimeOffset at, int digits)
    {
        for (var (i, unit) = (0, 100); i < digits; i++, unit /= 10)
            output.Append((byte)('0' + (unit == 0 ? 0 : at.Millisecond / unit % 10)));
    }

    private static void Offset(RecordBuffer output, DateTimeOffset at, bool colon)
    {
        var minutes = (int)Math.Abs(at.Offset.TotalMinutes);
        output.Append((byte)(at.Offset < TimeSpan.Zero ? '-' : '+'));
        output.Append(minutes / 60, 2);
        if (colon)
            output.Append((byte)':');
        output.Append(minutes % 60, 2);
    }

    private static void Ordinal(RecordBuffer output, int number)
    {
        output.Append(number);
        output.Append((number % 100) is >= 11 and <= 13 ? "th"u8 : (number % 10) switch { 1 => "st"u8, 2 => "nd"u8, 3 => "rd"u8, _ => "th"u8 });
    }

    private static int Twelve(DateTimeOffset at) => at.Hour % 12 == 0 ? 12 : at.Hour % 12;

    private static int IsoDay(DateTimeOffset at) => at.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)at.DayOfWeek;

    // Moment's English weeks begin on Sunday, and the first holds January 1st.
    private static int Week(DateTimeOffset at) =>
        WeekYear(at) > at.Year ? 1 : CultureInfo.InvariantCulture.Calendar.GetWeekOfYear(at.DateTime, CalendarWeekRule.FirstDay, DayOfWeek.Sunday);

    private static int WeekYear(DateTimeOffset at) => at.AddDays(6 - (int)at.DayOfWeek).Year;
}
