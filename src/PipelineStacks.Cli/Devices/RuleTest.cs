using System.Text.Json.Nodes;
using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.Cli.Devices;

/// <summary>What a rule makes of one message, as AWS IoT would, tried without it.</summary>
/// <param name="Topic">Whether the rule hears of the topic.</param>
/// <param name="Matched">Whether it takes the message.</param>
/// <param name="Output">What the actions get; null where there is nothing.</param>
/// <param name="Error">What the error action would hear.</param>
/// <param name="Notes">Why it is so, for people.</param>
internal sealed record RuleTest(bool Topic, bool Matched, string? Output, string? Error, IReadOnlyList<string> Notes)
{
    /// <exception cref="UserError">The text isn't AWS IoT SQL.</exception>
    public static Query Parse(string sql)
    {
        try
        {
            return Query.Parse(sql);
        }
        catch (IotSqlException error)
        {
            throw new UserError($"The SQL isn't valid: {error.Message}");
        }
    }

    public static RuleTest Run(Query query, MqttMessage message)
    {
        List<string> notes = [];
        if (query.From is { } filter && !filter.Matches(message.Topic))
            return new(false, false, null, null, [$"The topic {message.Topic} doesn't match FROM '{filter}': the rule never hears of the message."]);
        if (query.From is null)
            notes.Add("Without FROM the rule hears only of messages on $aws/rules/<its name>.");
        notes.AddRange(Undefined(query, message));
        var evaluation = query.Evaluate(message);
        if (!evaluation.Matched)
            return new(true, false, null, null, [$"WHERE isn't true: {Text(query, query.Where!.Position)}. Undefined isn't true, either.", .. notes]);
        if (evaluation.Problem is { } problem)
            return new(true, true, null, problem, [$"The error action gets the message: {problem}.", .. notes]);
        if (evaluation.Output.IsUndefined)
            notes.Insert(0, "SELECT is Undefined: the actions get an empty message.");
        return new(true, true, Json.Text(evaluation.Output), null, notes);
    }

    // Names are looked up as the statement does; what a decoded payload would hold can't be told here.
    private static IEnumerable<string> Undefined(Query query, MqttMessage message)
    {
        if (!message.IsJson)
        {
            if (query.Reads.Fields.Count > 0)
                yield return "The payload isn't JSON, so that every name in it is Undefined.";
            yield break;
        }

        var payload = JsonNode.Parse(message.Payload.Span);
        foreach (var field in query.Reads.Fields.Where(field => Missing(payload, field.Path)).DistinctBy(field => field.ToString()))
            yield return $"{field} (at {field.Position}) is Undefined: the payload has no such member.";
        foreach (var call in query.Reads.Mismatches)
            yield return $"{call.Function} (at {call.Position}) is Undefined: it doesn't take {call.Arguments} arguments.";
    }

    private static bool Missing(JsonNode? json, IReadOnlyList<string> path)
    {
        foreach (var name in path)
        {
            switch (json)
            {
                case JsonObject members when members.TryGetPropertyValue(name, out var member):
                    json = member;
                    break;
                // Of an array each element has members of its own.
                case JsonArray:
                    return false;
                default:
                    return true;
            }
        }

        return false;
    }

    private static string Text(Query query, SqlPosition from)
    {
        var start = query.Sql.LastIndexOf("WHERE", StringComparison.OrdinalIgnoreCase);
        return start < 0 ? $"at {from}" : query.Sql[(start + "WHERE".Length)..].Trim();
    }
}
