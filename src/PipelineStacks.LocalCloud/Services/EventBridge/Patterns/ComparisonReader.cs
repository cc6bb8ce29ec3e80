using System.Net;
using System.Text;
using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Patterns;

/// <summary>Reads one comparison: <c>{"prefix": "us-"}</c>.</summary>
internal static class ComparisonReader
{
    private const string OneKey = "Only one key allowed in match expression";

    public static ValueMatcher Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
            throw new PatternException("Match expression name not found");
        var name = reader.GetString()!;
        reader.Read();
        var matcher = name switch
        {
            "prefix" or "suffix" => Affix(ref reader, name),
            "equals-ignore-case" or "wildcard" => Text(ref reader, name),
            "numeric" => Numeric(ref reader),
            "cidr" => Cidr(ref reader),
            "exists" => reader.TokenType is JsonTokenType.True or JsonTokenType.False
                ? new ExistsMatcher(reader.GetBoolean())
                : throw new PatternException("exists match pattern must be either true or false."),
            "anything-but" => AnythingBut(ref reader),
            _ => throw new PatternException($"Unrecognized match type {name}"),
        };
        Close(ref reader, name == "numeric" ? "Too many elements in numeric expression" : OneKey);
        return matcher;
    }

    /// <summary>The value that the reader stands on.</summary>
    public static ExactMatcher Exact(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new(JsonValueKind.String, reader.GetString()!),
        JsonTokenType.Number => new(JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.True => new(JsonValueKind.True, "true"),
        JsonTokenType.False => new(JsonValueKind.False, "false"),
        _ => new(JsonValueKind.Null, "null"),
    };

    private static TextMatcher Affix(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || reader.GetString() != "equals-ignore-case")
                throw new PatternException($"Unsupported {name} pattern: {(reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : "")}");
            reader.Read();
            var text = String(ref reader, $"{name}/equals-ignore-case");
            Close(ref reader, OneKey);
            return name == "prefix"
                ? new(text, (value, wanted) => value.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
                : new(text, (value, wanted) => value.EndsWith(wanted, StringComparison.OrdinalIgnoreCase));
        }

        return Plain(name, String(ref reader, name));
    }

    private static ValueMatcher Text(ref Utf8JsonReader reader, string name)
    {
        var text = String(ref reader, name);
        return name == "wildcard" ? Wildcard(text) : Plain(name, text);
    }

    private static TextMatcher Plain(string name, string text) => name switch
    {
        "prefix" => new(text, (value, wanted) => value.StartsWith(wanted, StringComparison.Ordinal)),
        "suffix" => new(text, (value, wanted) => value.EndsWith(wanted, StringComparison.Ordinal)),
        _ => new(text, (value, wanted) => value.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
    };

    private static WildcardMatcher Wildcard(string text)
    {
        var literals = new List<StringBuilder> { new() };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                // Only the star and the backslash itself need one.
                if (i + 1 == text.Length || text[i + 1] is not ('*' or '\\'))
                    throw new PatternException($"Invalid escape character at pos {i + 1}");
                literals[^1].Append(text[++i]);
            }
            else if (text[i] != '*')
            {
                literals[^1].Append(text[i]);
            }
            else if (i > 0 && text[i - 1] == '*' && literals[^1].Length == 0)
            {
                throw new PatternException($"Consecutive wildcard characters at pos {i}");
            }
            else
            {
                literals.Add(new());
            }
        }

        return new([.. literals.Select(literal => literal.ToString())]);
    }

    private static CidrMatcher Cidr(ref Utf8JsonReader reader)
    {
        var text = String(ref reader, "cidr");
        // Bits beyond the prefix are ignored, as by EventBridge.
        return text.Split('/') is [var address, var bits] && IPAddress.TryParse(address, out var ip) && int.TryParse(bits, out var prefix)
            && prefix >= 0 && prefix <= ip.GetAddressBytes().Length * 8
            ? new(new IPNetwork(Masked(ip, prefix), prefix))
            : throw new PatternException($"Malformed CIDR, one '/' required: {text}");
    }

    private static IPAddress Masked(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(prefix - i * 8, 0, 8));
        return new(bytes);
    }

    private static NumericMatcher Numeric(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new PatternException("Value of numeric must be an array.");
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
            throw new PatternException($"Invalid member in numeric match: {Encoding.UTF8.GetString(reader.ValueSpan)}");
        var first = Bound(ref reader, "=", ">", ">=", "<", "<=");
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
            return new([first]);
        if (first.Operator is "=" or "<" or "<=")
            throw new PatternException("Too many elements in numeric expression");
        if (reader.TokenType != JsonTokenType.String)
            throw new PatternException($"Bad value in numeric range: {Encoding.UTF8.GetString(reader.ValueSpan)}");
        var second = Bound(ref reader, "<", "<=");
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndArray)
            throw new PatternException("Too many terms in numeric range expression");
        return first.Value < second.Value ? new([first, second]) : throw new PatternException("Bottom must be less than top");
    }

    private static (string Operator, double Value) Bound(ref Utf8JsonReader reader, params ReadOnlySpan<string> operators)
    {
        const double limit = 5_000_000_000;
        var name = reader.GetString()!;
        if (!operators.Contains(name))
            throw new PatternException(operators.Length == 2 ? $"Bad numeric range operator: {name}" : $"Unrecognized numeric range operator: {name}");
        reader.Read();
        if (reader.TokenType != JsonTokenType.Number)
            throw new PatternException($"Value of {(name == "=" ? "equals" : name)} must be numeric");
        var value = reader.GetDouble();
        return Math.Abs(value) <= limit ? (name, value) : throw new PatternException($"Value must be between {-limit} and {limit}, inclusive");
    }

    private static AnythingButMatcher AnythingBut(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            return new([Excluded(ref reader)]);
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var (values, kinds) = (new List<ValueMatcher>(), new HashSet<JsonTokenType>());
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
                    throw new PatternException("Inside anything but list, start|null|boolean is not supported.");
                kinds.Add(reader.TokenType);
                values.Add(Excluded(ref reader));
            }

            return kinds.Count == 1
                ? new(values)
                : throw new PatternException("Inside anything but list, either all values are number or string, mixed type is not supported");
        }

        if (reader.TokenType != JsonTokenType.StartObject)
            throw new PatternException("Value of anything-but must be an array or single string/number value.");
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
            throw new PatternException("Anything-But expression name not found");
        var name = reader.GetString()!;
        if (name is not ("prefix" or "suffix" or "equals-ignore-case" or "wildcard"))
            throw new PatternException($"Unsupported anything-but pattern: {name}");
        reader.Read();
        var texts = Texts(ref reader, name);
        Close(ref reader, OneKey);
        return new([.. texts.Select(text => name == "wildcard" ? (ValueMatcher)Wildcard(text) : Plain(name, text))]);
    }

    // 404 excludes 404.0 too: what is not wanted is the number, however it is written.
    private static ValueMatcher Excluded(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? new NumericMatcher([("=", reader.GetDouble())]) : Exact(ref reader);

    private static List<string> Texts(ref Utf8JsonReader reader, string name)
    {
        var texts = new List<string>();
        if (reader.TokenType != JsonTokenType.StartArray)
            texts.Add(String(ref reader, $"anything-but/{name}"));
        else
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                texts.Add(String(ref reader, $"anything-but/{name}"));
        return texts.Count > 0 && !texts.Contains("") ? texts : throw new PatternException($"Null {name} not allowed");
    }

    private static string String(ref Utf8JsonReader reader, string name) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new PatternException($"{name} match pattern must be a string");

    private static void Close(ref Utf8JsonReader reader, string error)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndObject)
            throw new PatternException(error);
    }
}
