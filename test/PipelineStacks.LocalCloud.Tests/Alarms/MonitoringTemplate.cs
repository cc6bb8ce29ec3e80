using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>
/// The accepted template of an environment's monitoring stack, made deployable again: what its snapshot shows as <c>${…}</c> is what Fn::Sub takes, and
/// what it imports from other stacks are the resources of a test.
/// </summary>
internal static partial class MonitoringTemplate
{
    /// <param name="resources">A part of an import's name, and the value in its place.</param>
    public static string Of(string environment, IReadOnlyDictionary<string, string> resources)
    {
        var text = File.ReadAllText(RepositoryRoot.PathOf("test", "PipelineStacks.Tests", "Snapshots", $"{environment}-monitoring.json"));
        return Deployable(JsonNode.Parse(text)!)!.ToJsonString();

        JsonNode? Deployable(JsonNode? json) => json switch
        {
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Deployable(member.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Deployable)]),
            JsonValue value when value.TryGetValue<string>(out var plain) => Substituted(Import().Replace(plain, import => Value(import.Groups[1].Value))),
            _ => json?.DeepClone(),
        };

        string Value(string import) => resources.FirstOrDefault(resource => import.Contains(resource.Key, StringComparison.Ordinal)) is { Value: { } value }
            ? value
            : throw new InvalidOperationException($"Nothing stands for the import {import}.");
    }

    private static JsonNode Substituted(string text) => text.Contains("${", StringComparison.Ordinal) ? new JsonObject { ["Fn::Sub"] = text } : JsonValue.Create(text);

    [GeneratedRegex(@"\$\{import ([^}]+)\}")]
    private static partial Regex Import();
}
