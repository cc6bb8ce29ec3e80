using System.Text.Json;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli.Generation;

/// <summary>The ways in which records are broken on purpose.</summary>
internal enum Breakage
{
    NotJson,
    WrongType,
    MissingBraces,
}

/// <summary>Breaks a share of the records, so that what becomes of bad data can be seen.</summary>
internal sealed class Breaker
{
    private static readonly Breakage[] Kinds = Enum.GetValues<Breakage>();

    private readonly Xoshiro _random;
    private readonly double _share;
    private int _next;

    public Breaker(double share, ulong seed)
    {
        _share = share;
        _random = new Xoshiro(seed ^ 0x4252_4F4B_454E);
    }

    /// <summary>Decides about one record, which is the buffer's from <paramref name="start"/> to its end, and breaks it in its place.</summary>
    /// <returns>How it was broken, or null if it was left whole.</returns>
    public Breakage? Consider(RecordBuffer buffer, int start)
    {
        if (_share <= 0 || _random.NextDouble() >= _share)
            return null;
        // In turn and not by chance, so that a handful of broken records shows every kind.
        var kind = Kinds[_next++ % Kinds.Length];
        var record = buffer.Written[start..].ToArray();
        buffer.Length = start;
        switch (kind)
        {
            case Breakage.NotJson:
                buffer.Append("not JSON: "u8);
                // Each another text, so that one that is lost or doubled is noticed.
                buffer.Append(_random.Next().ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case Breakage.WrongType:
                var (from, to) = FindNumber(record);
                buffer.Append(record.AsSpan(0, from));
                buffer.Append("\"not a number\""u8);
                buffer.Append(record.AsSpan(to));
                break;
            default:
                buffer.Append(record.AsSpan(1, record.Length - 2));
                break;
        }

        return kind;
    }

    private static (int From, int To) FindNumber(byte[] record)
    {
        try
        {
            var json = new Utf8JsonReader(record);
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.Number)
                    return ((int)json.TokenStartIndex, (int)json.BytesConsumed);
            }
        }
        catch (JsonException error)
        {
            throw new UserError($"--broken needs a template of JSON objects; this one gives {System.Text.Encoding.UTF8.GetString(record)}: {error.Message}");
        }

        throw new UserError("--broken needs a template with a number in it, to put text in the number's place.");
    }
}
