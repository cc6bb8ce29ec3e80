using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>One thing that a policy allows or denies: a statement taken apart into a single principal, action and resource.</summary>
/// <param name="Principal">Such as <c>Service:glue.amazonaws.com</c>; empty in policies of identities.</param>
/// <param name="Condition">Operator and key, with the values; empty where there is none.</param>
internal sealed record Grant(bool Allows, string Principal, string Action, string Resource, Condition Condition)
{
    /// <summary>Whether this speaks of everything that the other speaks of.</summary>
    public bool Covers(Grant other) =>
        Allows == other.Allows && Wildcard.Covers(Principal, other.Principal) && Wildcard.Covers(Action.ToLowerInvariant(), other.Action.ToLowerInvariant())
        && Wildcard.Covers(Resource, other.Resource) && Condition.Covers(other.Condition);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Allows ? "may" : "may not")} {Action} on {Resource}{(Principal.Length > 0 ? $" by {Principal}" : "")}{(Condition.IsEmpty ? "" : $" where {Condition}")}";
}

/// <summary>A policy as the set of what it grants, in which the order and division of statements have no meaning.</summary>
internal static class PolicyDocument
{
    public static bool Same(JsonNode was, JsonNode now)
    {
        var (before, after) = (Grants(was), Grants(now));
        return before.All(grant => after.Any(other => other.Covers(grant))) && after.All(grant => before.Any(other => other.Covers(grant)));
    }

    public static IReadOnlyList<Grant> Grants(JsonNode? document) => [.. Elements(document?["Statement"]).OfType<JsonObject>().SelectMany(Grants)];

    private static IEnumerable<Grant> Grants(JsonObject statement) =>
        from principal in Principals(statement)
        from action in Values(statement, "Action")
        from resource in Values(statement, "Resource")
        select new Grant((string?)statement["Effect"] == "Allow", principal, action, resource, Condition.Of(statement["Condition"]));

    // What is said of all but some can't be taken apart: a changed list is another grant.
    private static IEnumerable<string> Values(JsonObject statement, string name)
    {
        if (statement[$"Not{name}"] is { } others)
            return [$"all but {string.Join(", ", Elements(others).Select(Intrinsics.Text).Order(StringComparer.Ordinal))}"];
        return statement[name] is { } values ? Elements(values).Select(Intrinsics.Text) : [""];
    }

    private static IEnumerable<string> Principals(JsonObject statement)
    {
        if (statement["NotPrincipal"] is { } others)
            return [$"all but {others.ToJsonString()}"];
        return statement["Principal"] switch
        {
            null => [""],
            JsonObject kinds when !Intrinsics.Is(kinds) => kinds.SelectMany(kind => Elements(kind.Value).Select(value => $"{kind.Key}:{Intrinsics.Text(value)}")),
            var everybody => [Intrinsics.Text(everybody)],
        };
    }

    private static IEnumerable<JsonNode?> Elements(JsonNode? node) => node is JsonArray elements ? elements : Enumerable.Repeat(node, node is null ? 0 : 1);
}

/// <summary>When a statement applies: every operator with its key must hold.</summary>
internal sealed record Condition(IReadOnlyDictionary<string, IReadOnlySet<string>> Tests)
{
    public bool IsEmpty => Tests.Count == 0;

    public static Condition Of(JsonNode? node) => new(
        (node?.AsObject() ?? []).SelectMany(operation => operation.Value!.AsObject().Select(key => (Name: $"{operation.Key} {key.Key}", Values: (IReadOnlySet<string>)Values(key.Value))))
            .ToDictionary(test => test.Name, test => test.Values, StringComparer.Ordinal));

    /// <summary>Whether this holds wherever the other holds: it asks for no more than that one does.</summary>
    public bool Covers(Condition other) => Tests.All(test =>
        other.Tests.TryGetValue(test.Key, out var values) && (IsNegated(test.Key) ? values.IsSupersetOf(test.Value) : values.IsSubsetOf(test.Value)));

    /// <inheritdoc/>
    public override string ToString() => string.Join(" and ", Tests.OrderBy(test => test.Key, StringComparer.Ordinal).Select(test => $"{test.Key} {string.Join(", ", test.Value.Order(StringComparer.Ordinal))}"));

    private static HashSet<string> Values(JsonNode? node) =>
        (node is JsonArray values ? values.Select(Intrinsics.Text) : [Intrinsics.Text(node)]).ToHashSet(StringComparer.Ordinal);

    // More values make a negated test hold less often.
    private static bool IsNegated(string test) => test.Contains("Not", StringComparison.Ordinal);
}

/// <summary>Patterns with <c>*</c> and <c>?</c>.</summary>
internal static class Wildcard
{
    /// <summary>Whether the pattern matches whatever the other pattern matches.</summary>
    public static bool Covers(string pattern, string other)
    {
        // The other pattern's own wildcards are characters that only a wildcard matches.
        var (p, o, star, mark) = (0, 0, -1, 0);
        while (o < other.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, mark, p) = (p, o, p + 1);
            else if (p < pattern.Length && (pattern[p] == other[o] || (pattern[p] == '?' && other[o] != '*')))
                (p, o) = (p + 1, o + 1);
            else if (star >= 0)
                (p, mark, o) = (star + 1, mark + 1, mark + 1);
            else
                return false;
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }
}
