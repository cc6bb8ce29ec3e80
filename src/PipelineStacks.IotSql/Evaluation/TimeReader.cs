using System.Globalization;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>Reads a text part by part of its pattern.</summary>
internal sealed class TimeReader(string text)
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    private readonly Dictionary<char, int> _fields = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private int _at;

    private ReadOnlySpan<char> Rest => text.AsSpan(_at);

    public bool Read(TimePattern.Part part) => part.Letter switch
    {
        '\0' => Skip(part.Literal),
        'G' => Skip("AD"),
        'M' or 'L' when part.Count > 2 => Name('M', part.Count == 3 ? English.AbbreviatedMonthNames : English.MonthNames, 1),
        'E' => Name('E', part.Count > 3 ? English.DayNames : English.AbbreviatedDayNames, 0),
        'a' => Name('a', ["AM", "PM"], 0),
        'z' or 'Z' or 'V' or 'X' or 'x' => Zone(),
        'S' => Fraction(part.Count),
        'y' or 'Y' or 'u' => Number('y', part.Count, part.Count == 2 ? 2 : 10),
        'L' => Number('M', part.Count, Math.Max(2, part.Count)),
        _ => Number(part.Letter, part.Count, Math.Max(2, part.Count)),
    };

    public DateTimeOffset? Time()
    {
        if (_at < text.Length || !_fields.TryGetValue('y', out var year))
            return null;
        if (year < 100)
            year += 2000;
        var hour = Field('H', Field('k', 24) % 24);
        if (_fields.TryGetValue('h', out var half) || _fields.TryGetValue('K', out half))
            hour = half % 12 + (Field('a', 0) == 1 ? 12 : 0);
        var (month, day) = (Field('M', 1), Field('d', 1));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || Field('m', 0) > 59 || Field('s', 0) > 59)
            return null;
        var local = new DateTime(year, month, day, hour, Field('m', 0), Field('s', 0), Field('S', 0), DateTimeKind.Unspecified);
        if (_fields.TryGetValue('D', out var ordinal))
            local = local.AddDays(ordinal - local.DayOfYear);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }

    private int Field(char letter, int absent) => _fields.GetValueOrDefault(letter, absent);

    private bool Skip(string literal)
    {
        if (!Rest.StartsWith(literal))
            return false;
        _at += literal.Length;
        return true;
    }

    // One letter takes as many digits as there are; more letters ask for that many.
    private bool Number(char letter, int least, int most)
    {
        var digits = Digits(letter == 'y' && least > 2 ? Math.Max(least, 4) : least == 1 ? most : least);
        return digits.Length >= least && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && Set(letter, value);
    }

    private bool Fraction(int count)
    {
        var digits = Digits(count).ToString();
        return digits.Length == count && Set('S', int.Parse(digits.PadRight(3, '0')[..3], CultureInfo.InvariantCulture));
    }

    private ReadOnlySpan<char> Digits(int most)
    {
        var start = _at;
        while (_at < text.Length && _at - start < most && char.IsAsciiDigit(text[_at]))
            _at++;
        return text.AsSpan(start, _at - start);
    }

    private bool Name(char letter, string[] names, int first)
    {
        for (var i = 0; i < names.Length; i++)
            if (names[i].Length > 0 && Rest.StartsWith(names[i], StringComparison.OrdinalIgnoreCase))
                return Skip(names[i].Length) && Set(letter, first + i);
        return false;
    }

    private bool Skip(int length)
    {
        _at += length;
        return true;
    }

    private bool Zone()
    {
        var length = 0;
        while (length < Rest.Length && (char.IsAsciiLetterOrDigit(Rest[length]) || Rest[length] is '/' or '_' or '+' or '-' or ':'))
            length++;
        var id = Rest[..length].ToString();
        if (TimeZones.Find(id) is not { } zone)
            return false;
        _zone = zone;
        return Skip(length);
    }

    private bool Set(char letter, int value)
    {
        _fields[letter] = value;
        return true;
    }
}
