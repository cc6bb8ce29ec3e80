using System.Globalization;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Datasets;

/// <summary>A recursive descent over a type's text; it holds a position, so that one serves one text.</summary>
internal sealed class ColumnTypeParser(string text)
{
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["bool"] = "boolean",
        ["integer"] = "int",
        ["long"] = "bigint",
        ["real"] = "float",
        ["varchar"] = "string",
        ["text"] = "string",
        ["datetime"] = "timestamp",
        ["numeric"] = "decimal(p,s)",
    };

    private int _position;

    public ColumnType Parse()
    {
        var type = Type();
        return _position == text.Length ? type : throw Error($"'{text[_position..]}' is left over");
    }

    private ColumnType Type()
    {
        var name = Word();
        return name switch
        {
            "decimal" => Decimal(),
            "array" => Bracketed(() => new ArrayType(Type())),
            "map" => Bracketed(Map),
            "struct" => Bracketed(Struct),
            _ when PrimitiveType.All.Contains(name) => new PrimitiveType(name),
            _ => throw Error(Unknown(name)),
        };
    }

    private DecimalType Decimal()
    {
        Expect('(');
        var precision = Number();
        Expect(',');
        var scale = Number();
        Expect(')');
        return precision is >= 1 and <= 38 && scale <= precision
            ? new(precision, scale)
            : throw Error("a decimal has 1 to 38 digits, and no more of them after the point");
    }

    private MapType Map()
    {
        var key = Type();
        Expect(',');
        return key is PrimitiveType ? new(key, Type()) : throw Error("a map's key has no parts");
    }

    private StructType Struct()
    {
        var fields = new List<StructField>();
        do
        {
            var name = Word();
            Expect(':');
            fields.Add(new(name, Type()));
        }
        while (Take(','));
        return fields.DistinctBy(field => field.Name).Count() == fields.Count ? new(fields) : throw Error("a struct names a field twice");
    }

    private ColumnType Bracketed(Func<ColumnType> inner)
    {
        Expect('<');
        var type = inner();
        Expect('>');
        return type;
    }

    private string Word() => TakeWhile(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') is { Length: > 0 } word
        ? word
        : throw Error(_position < text.Length ? $"a lower-case name is expected before '{text[_position..]}'" : "it ends too early");

    private int Number() => int.TryParse(TakeWhile(char.IsAsciiDigit), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Error("a number is expected");

    private string TakeWhile(Func<char, bool> belongs)
    {
        var start = _position;
        while (_position < text.Length && belongs(text[_position]))
            _position++;
        return text[start.._position];
    }

    private bool Take(char expected)
    {
        if (_position >= text.Length || text[_position] != expected)
            return false;
        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Take(expected))
            throw Error($"'{expected}' is missing");
    }

    private FormatException Error(string problem) => new($"unknown type '{text}': {problem}");

    private static string Unknown(string name)
    {
        string[] known = [.. PrimitiveType.All, "decimal(p,s)", "array<…>", "map<…>", "struct<…>"];
        var closest = Synonyms.GetValueOrDefault(name) ?? Spelling.Closest(name, PrimitiveType.All);
        return closest is null ? $"known are {string.Join(", ", known)}" : $"did you mean '{closest}'?";
    }
}
