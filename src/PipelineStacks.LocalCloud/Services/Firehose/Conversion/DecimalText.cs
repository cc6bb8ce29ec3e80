namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Reads decimals of up to 38 digits from UTF-8, rounded half up to the column's scale as Hive does.</summary>
internal static class DecimalText
{
    private static readonly Int128[] Powers = AllPowers();

    public static bool TryParse(ReadOnlySpan<byte> text, int width, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        var negative = !text.IsEmpty && text[0] == '-';
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
            text = text[1..];
        var exponent = 0;
        if (text.IndexOfAny((byte)'e', (byte)'E') is > 0 and var at)
        {
            if (!System.Buffers.Text.Utf8Parser.TryParse(text[(at + 1)..], out exponent, out var used) || used != text.Length - at - 1 || Math.Abs(exponent) > 100)
                return false;
            text = text[..at];
        }

        var (point, digits) = (text.IndexOf((byte)'.'), 0);
        // How many digits there are up to the column's last place; the one after it decides on rounding.
        var places = (point < 0 ? text.Length : point) + exponent + scale;
        var roundUp = false;
        foreach (var symbol in text)
        {
            if (symbol == '.' && digits == point)
            {
                point = -2;
                continue;
            }

            if (symbol is < (byte)'0' or > (byte)'9')
                return false;
            if (digits < places && !Add(ref unscaled, symbol - '0', width))
                return false;
            if (digits == places)
                roundUp = symbol >= '5';
            digits++;
        }

        for (var i = digits; i < places; i++)
        {
            if (unscaled != 0 && !Add(ref unscaled, 0, width))
                return false;
        }

        if (roundUp)
            unscaled++;
        if (negative)
            unscaled = -unscaled;
        return digits > 0 && Int128.Abs(unscaled) < Power(width);
    }

    private static bool Add(ref Int128 value, int digit, int width)
    {
        value = (value * 10) + digit;
        return value < Power(width);
    }

    private static Int128 Power(int width) => Powers[width];

    private static Int128[] AllPowers()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
