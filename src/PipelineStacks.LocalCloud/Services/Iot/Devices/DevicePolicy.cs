using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Iot.Devices;

/// <summary>What a connection is, for the variables of policies.</summary>
/// <param name="Thing">The thing whose name is the client id, where the certificate is attached to it.</param>
internal sealed record DeviceConnection(string ClientId, string? Thing);

/// <summary>A device policy: <see href="https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html"/>.</summary>
internal sealed partial class DevicePolicy
{
    private readonly List<Statement> _statements;

    private DevicePolicy(List<Statement> statements) => _statements = statements;

    public static DevicePolicy Parse(string document)
    {
        try
        {
            var statements = JsonNode.Parse(document)?["Statement"] switch
            {
                JsonArray many => many.Select(one => one!.AsObject()),
                JsonObject one => [one],
                _ => throw Malformed("it has no Statement"),
            };
            return new([.. statements.Select(Read)]);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Malformed(error.Message);
        }
    }

    /// <summary>Whether the policies allow it together: one must, and none may deny.</summary>
    public static bool Allows(IEnumerable<DevicePolicy> policies, DeviceConnection connection, string action, string resource)
    {
        var statements = policies.SelectMany(policy => policy._statements).Where(statement => statement.Applies(connection, action, resource)).ToList();
        return statements.Any(statement => statement.Allow) && statements.All(statement => statement.Allow);
    }

    private static Statement Read(JsonObject statement)
    {
        foreach (var (name, _) in statement)
            if (name is not ("Sid" or "Effect" or "Action" or "Resource" or "Condition"))
                throw Malformed($"{name} is not supported");
        var effect = statement["Effect"]?.ToString();
        if (effect is not ("Allow" or "Deny"))
            throw Malformed($"Effect must be Allow or Deny, not {effect}");
        var conditions = (statement["Condition"] as JsonObject)?.SelectMany(test => test.Value!.AsObject().Select(value => new Condition(test.Key, value.Key, Texts(value.Value)))) ?? [];
        return new(effect == "Allow", Texts(statement["Action"]), Texts(statement["Resource"]), [.. conditions]);
    }

    private static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray many => [.. many.Select(one => one!.ToString())],
        null => [],
        _ => [node.ToString()],
    };

    private static ServiceException Malformed(string why) => new("MalformedPolicyException", $"Policy document is Malformed: {why}");

    private sealed record Condition(string Test, string Key, IReadOnlyList<string> Values)
    {
        // A condition that isn't known never holds, so that its statement doesn't apply.
        public bool Holds(DeviceConnection connection)
        {
            var actual = Substitute("${" + Key + "}", connection);
            return actual is not null && Test switch
            {
                "Bool" => Values.Contains(actual, StringComparer.OrdinalIgnoreCase),
                "StringEquals" => Values.Any(value => Substitute(value, connection) == actual),
                "StringLike" => Values.Any(value => Matches(Substitute(value, connection), actual)),
                _ => false,
            };
        }
    }

    private sealed record Statement(bool Allow, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, IReadOnlyList<Condition> Conditions)
    {
        public bool Applies(DeviceConnection connection, string action, string resource) =>
            Actions.Any(pattern => Matches(pattern, action)) && Resources.Any(pattern => Matches(Substitute(pattern, connection), resource))
            && Conditions.All(condition => condition.Holds(connection));
    }

    /// <summary>Null where a variable has no value: then nothing matches.</summary>
    private static string? Substitute(string pattern, DeviceConnection connection)
    {
        var missing = false;
        var text = Variable().Replace(pattern, match =>
        {
            var value = match.Groups[1].Value switch
            {
                "iot:ClientId" => connection.ClientId,
                "iot:Connection.Thing.ThingName" => connection.Thing,
                "iot:Connection.Thing.IsAttached" => connection.Thing is null ? "false" : "true",
                _ => null,
            };
            missing |= value is null;
            return value ?? "";
        });
        return missing ? null : text;
    }

    private static bool Matches(string? pattern, string text) => pattern is not null
        && Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$", RegexOptions.Singleline | RegexOptions.NonBacktracking);

    [GeneratedRegex(@"\$\{([^}]*)\}")]
    private static partial Regex Variable();
}
