using System.Text;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Patterns;

/// <summary>Reads a pattern, or says what is wrong with it, in EventBridge's words and with the place.</summary>
internal static class PatternReader
{
    private const string Or = "$or";
    private const int MaxLength = 4096;

    public static PatternFields Read(string json)
    {
        if (json.Length > MaxLength)
            throw ServiceException.Validation("eventPattern", $"[{json.Length} characters]", $"Member must have length less than or equal to {MaxLength}");
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new PatternException("Filter is not an object");
            var fields = ReadFields(ref reader);
            // The reader itself refuses what follows the object.
            reader.Read();
            return fields;
        }
        catch (PatternException error)
        {
            throw Invalid(json, error.Message, reader.BytesConsumed);
        }
        catch (JsonException error)
        {
            throw Invalid(json, error.Message, reader.BytesConsumed);
        }
    }

    private static ServiceException Invalid(string json, string reason, long consumed)
    {
        var before = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(json).AsSpan(0, (int)consumed));
        var line = before.Count(c => c == '\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');
        return new("InvalidEventPatternException",
            $"Event pattern is not valid. Reason: {reason}\n at [Source: (String)\"{json}\"; line: {line}, column: {column}]");
    }

    private static PatternFields ReadFields(ref Utf8JsonReader reader)
    {
        var nested = new Dictionary<string, PatternFields>(StringComparer.Ordinal);
        var values = new Dictionary<string, IReadOnlyList<ValueMatcher>>(StringComparer.Ordinal);
        var alternatives = new List<IReadOnlyList<PatternFields>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == Or)
                alternatives.Add(ReadAlternatives(ref reader));
            else if (nested.ContainsKey(name) || values.ContainsKey(name))
                throw new PatternException($"Path `{name}` cannot be allowed multiple times");
            else if (reader.TokenType == JsonTokenType.StartObject)
                nested.Add(name, ReadFields(ref reader));
            else if (reader.TokenType == JsonTokenType.StartArray)
                values.Add(name, ReadValues(ref reader));
            else
                throw new PatternException($"\"{name}\" must be an object or an array");
        }

        return nested.Count + values.Count + alternatives.Count > 0
            ? new(nested, values, alternatives)
            : throw new PatternException("Empty objects are not allowed");
    }

    private static List<PatternFields> ReadAlternatives(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new PatternException($"It must be an Array followed with {Or}.");
        var alternatives = new List<PatternFields>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            alternatives.Add(reader.TokenType == JsonTokenType.StartObject
                ? ReadFields(ref reader)
                : throw new PatternException($"Only JSON object is allowed in array of {Or} relationship."));
        return alternatives.Count >= 2 ? alternatives : throw new PatternException($"There must have at least 2 Objects in {Or} relationship.");
    }

    private static List<ValueMatcher> ReadValues(ref Utf8JsonReader reader)
    {
        var matchers = new List<ValueMatcher>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            matchers.Add(reader.TokenType switch
            {
                JsonTokenType.StartObject => ComparisonReader.Read(ref reader),
                JsonTokenType.StartArray => throw new PatternException("Match value must be String, number, true, false, or null"),
                _ => ComparisonReader.Exact(ref reader),
            });
        return matchers.Count > 0 ? matchers : throw new PatternException("Empty arrays are not allowed");
    }
}

/// <summary>A pattern is wrong at the place that was read last.</summary>
internal sealed class PatternException(string reason) : Exception(reason);
