using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Patterns;

/// <summary>
/// Which events a rule wants: <see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html"/>.
/// </summary>
internal sealed class EventPattern(PatternFields fields)
{
    /// <exception cref="Calls.ServiceException"><c>InvalidEventPatternException</c>.</exception>
    public static EventPattern Parse(string json) => new(PatternReader.Read(json));

    public bool Matches(JsonElement envelope) => fields.Matches(envelope, [envelope]);
}

/// <summary>Fields that must all match; of each <c>$or</c> one alternative must.</summary>
internal sealed record PatternFields(
    IReadOnlyDictionary<string, PatternFields> Nested, IReadOnlyDictionary<string, IReadOnlyList<ValueMatcher>> Values,
    IReadOnlyList<IReadOnlyList<PatternFields>> Alternatives)
{
    /// <param name="current">The object whose fields are looked at; undefined where the event has none there.</param>
    /// <param name="all">All objects of the event at this path: where they lie in a list one must match as a whole, but a field is absent only if none has it.</param>
    public bool Matches(JsonElement current, IReadOnlyList<JsonElement> all) =>
        Values.All(field => MatchesValue(field.Key, field.Value, current, all))
        && Nested.All(field => MatchesNested(field.Key, field.Value, current, all))
        && Alternatives.All(alternatives => alternatives.Any(one => one.Matches(current, all)));

    private static bool MatchesValue(string name, IReadOnlyList<ValueMatcher> matchers, JsonElement current, IReadOnlyList<JsonElement> all)
    {
        var values = Leaves(Field(current, name)).ToList();
        return matchers.Any(matcher => matcher.WantsAbsence ? !all.Any(one => Leaves(Field(one, name)).Any()) : values.Any(matcher.Matches));
    }

    private static bool MatchesNested(string name, PatternFields nested, JsonElement current, IReadOnlyList<JsonElement> all)
    {
        var below = all.SelectMany(one => Objects(Field(one, name))).ToList();
        var mine = Objects(Field(current, name)).ToList();
        return mine.Count == 0 ? nested.Matches(default, below) : mine.Any(one => nested.Matches(one, below));
    }

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static IEnumerable<JsonElement> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Object => [],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        _ => [element],
    };

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => [element],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
