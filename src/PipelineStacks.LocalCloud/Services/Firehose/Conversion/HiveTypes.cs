using System.Globalization;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Reads the types of the Glue catalog: <c>array&lt;struct&lt;id:int,at:timestamp&gt;&gt;</c>.</summary>
internal static class HiveTypes
{
    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create("<>(),: ");

    /// <exception cref="FormatException">The type is malformed or none that JSON is converted to.</exception>
    public static DuckType Parse(string type)
    {
        var rest = type.AsSpan();
        var parsed = Parse(ref rest);
        return rest.IsWhiteSpace() ? parsed : throw new FormatException($"The type {type} is malformed after its end: '{rest}'.");
    }

    private static DuckType Parse(ref ReadOnlySpan<char> rest)
    {
        var name = Word(ref rest).ToLowerInvariant();
        switch (name)
        {
            case "boolean": return DuckType.Boolean;
            case "tinyint": return DuckType.TinyInt;
            case "smallint": return DuckType.SmallInt;
            case "int" or "integer": return DuckType.Integer;
            case "bigint" or "long": return DuckType.BigInt;
            case "float": return DuckType.Float;
            case "double": return DuckType.Double;
            case "date": return DuckType.Date;
            case "timestamp": return DuckType.Timestamp;
            case "string": return DuckType.Varchar;
            case "char" or "varchar":
                var (length, _) = Arguments(ref rest, 0);
                return DuckType.Varchar with { Width = length };
            case "decimal":
                var (width, scale) = Arguments(ref rest, 10);
                return width is >= 1 and <= 38 && scale <= width
                    ? DuckType.Decimal(width, scale) : throw new FormatException($"decimal({width},{scale}) is not a type; it has up to 38 digits.");
            case "array":
                Expect(ref rest, '<');
                var element = Parse(ref rest);
                Expect(ref rest, '>');
                return DuckType.List(element);
            case "map":
                Expect(ref rest, '<');
                var key = Parse(ref rest);
                if (key != DuckType.Varchar)
                    throw new FormatException("The keys of a map are strings in JSON; other key types are not supported.");
                Expect(ref rest, ',');
                var value = Parse(ref rest);
                Expect(ref rest, '>');
                return DuckType.Map(key, value);
            case "struct":
                return Struct(ref rest);
            default:
                throw new FormatException($"The type {name} is not one that JSON is converted to.");
        }
    }

    private static DuckType Struct(ref ReadOnlySpan<char> rest)
    {
        Expect(ref rest, '<');
        var fields = new List<DuckField>();
        while (true)
        {
            var name = Word(ref rest).ToString();
            Expect(ref rest, ':');
            fields.Add(new(name, Parse(ref rest)));
            rest = rest.TrimStart();
            if (rest.StartsWith(","))
            {
                rest = rest[1..];
                continue;
            }

            Expect(ref rest, '>');
            return DuckType.Struct(fields);
        }
    }

    private static (int First, int Second) Arguments(ref ReadOnlySpan<char> rest, int absent)
    {
        if (!rest.TrimStart().StartsWith("("))
            return (absent, 0);
        Expect(ref rest, '(');
        var first = int.Parse(Word(ref rest), CultureInfo.InvariantCulture);
        var second = 0;
        if (rest.TrimStart().StartsWith(","))
        {
            Expect(ref rest, ',');
            second = int.Parse(Word(ref rest), CultureInfo.InvariantCulture);
        }

        Expect(ref rest, ')');
        return (first, second);
    }

    private static string Word(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        var end = rest.IndexOfAny(Ends);
        var word = end < 0 ? rest : rest[..end];
        if (word.IsEmpty)
            throw new FormatException($"A name is missing at '{rest}'.");
        rest = rest[word.Length..];
        return word.ToString();
    }

    private static void Expect(ref ReadOnlySpan<char> rest, char expected)
    {
        rest = rest.TrimStart();
        if (rest.IsEmpty || rest[0] != expected)
            throw new FormatException($"'{expected}' is missing at '{rest}'.");
        rest = rest[1..];
    }
}
