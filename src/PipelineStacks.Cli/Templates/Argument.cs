using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PipelineStacks.Cli.Templates;

/// <summary>What stands between a method's parentheses: JSON, or else a raw string, or nothing.</summary>
internal sealed class Argument
{
    private readonly string? _source;

    public Argument(string? source)
    {
        _source = string.IsNullOrWhiteSpace(source) ? null : source.Trim();
        if (_source is null)
            return;
        try
        {
            Json = JsonElement.Parse(_source);
        }
        catch (JsonException error)
        {
            NotJson = error.Message;
        }
    }

    public bool IsNone => _source is null;

    /// <summary>The argument, if it is JSON.</summary>
    public JsonElement? Json { get; }

    /// <summary>Why it is not JSON.</summary>
    public string? NotJson { get; }

    /// <summary>The argument as a string: JSON's quotes are optional.</summary>
    public string? Text => Json is { ValueKind: JsonValueKind.String } json ? json.GetString() : _source;

    /// <summary>A count of things, or the method's own.</summary>
    public int Count(int standard)
    {
        if (IsNone)
            return standard;
        return int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 10_000
            ? count
            : throw new ArgumentFault($"takes a whole number from 0 to 10000, not {_source}");
    }

    /// <summary>A member of an object argument as a number, or the method's own.</summary>
    public decimal Number(string member, decimal standard)
    {
        if (Json is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty(member, out var value))
            return standard;
        return AsNumber(value) ?? throw new ArgumentFault($"takes a number for {member}, not {value.GetRawText()}");
    }

    /// <summary>JavaScript's callers give numbers as strings too.</summary>
    public static decimal? AsNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
        JsonValueKind.String when decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>The array that the argument is, or a member of it.</summary>
    public JsonElement Array(string example, string? member = null)
    {
        if (IsNone)
            throw new ArgumentFault($"needs an argument, such as {example}");
        if (Json is not { } json)
            throw new ArgumentFault($"needs JSON, such as {example}: {NotJson}");
        if (member is not null && (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(member, out json)))
            throw new ArgumentFault($"needs an object with \"{member}\", such as {example}");
        return json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0
            ? json
            : throw new ArgumentFault($"needs an array that is not empty{(member is null ? "" : $" for \"{member}\"")}, such as {example}");
    }

    /// <summary>A JSON value as JavaScript would write it into a string, objects as JSON.</summary>
    public static byte[] Render(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(value.GetString()!),
        JsonValueKind.Number => Encoding.UTF8.GetBytes(
            value.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : value.GetDouble().ToString("R", CultureInfo.InvariantCulture)),
        JsonValueKind.Array => Join(value),
        _ => Encoding.UTF8.GetBytes(value.GetRawText()),
    };

    private static byte[] Join(JsonElement array)
    {
        var joined = new List<byte>();
        foreach (var item in array.EnumerateArray())
        {
            if (joined.Count > 0)
                joined.Add((byte)',');
            joined.AddRange(Render(item));
        }

        return [.. joined];
    }

    public override string ToString() => _source ?? "";
}
