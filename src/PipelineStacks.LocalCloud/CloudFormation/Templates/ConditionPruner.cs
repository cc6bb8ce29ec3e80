using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>
/// Leaves of a template what its conditions leave: a branch of <c>Fn::If</c> that isn't taken may refer to resources that don't
/// exist, and makes no dependency.
/// </summary>
internal static class ConditionPruner
{
    public static OrderedDictionary<string, ResourceDefinition> Resources(Template template, Evaluator evaluator)
    {
        var kept = new OrderedDictionary<string, ResourceDefinition>(StringComparer.Ordinal);
        foreach (var (id, resource) in template.Resources)
            if (resource.Condition is null || evaluator.Condition(resource.Condition))
                kept.Add(id, resource with { Properties = Prune(resource.Properties, evaluator) as JsonObject ?? [] });
        foreach (var (id, resource) in kept)
            if (References.In(resource.Properties).FirstOrDefault(reference => IsLeftOut(reference, template, kept)) is { Name: not null } lost)
                throw TemplateErrors.Format($"Unresolved resource dependencies [{lost.Name}] in the Resources block of the template (of {id})");
        return kept;
    }

    public static IEnumerable<OutputDefinition> Outputs(Template template, Evaluator evaluator) =>
        template.Outputs.Values.Where(output => output.Condition is null || evaluator.Condition(output.Condition));

    private static bool IsLeftOut(Reference reference, Template template, OrderedDictionary<string, ResourceDefinition> kept) =>
        template.Resources.ContainsKey(reference.Name) && !kept.ContainsKey(reference.Name);

    private static JsonNode? Prune(JsonNode? node, Evaluator evaluator) => node switch
    {
        JsonArray items => new JsonArray([.. items.Select(item => Prune(item, evaluator))]),
        JsonObject members when Intrinsic.TryGet(members, out var name, out var argument) && name == "Fn::If" && argument is JsonArray { Count: 3 } parts =>
            Prune(evaluator.Condition(TemplateReader.Text(parts[0])!) ? parts[1] : parts[2], evaluator),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Prune(member.Value, evaluator)))),
        _ => node?.DeepClone(),
    };
}
