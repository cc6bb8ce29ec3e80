using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>Checks that everything a template refers to is declared in it, before any value is known.</summary>
internal static class TemplateReferences
{
    public static void Check(Template template)
    {
        CheckDynamicReferences(template);
        var unresolved = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var resource in template.Resources.Values)
        {
            CheckCondition(template, resource.Condition, "Resources");
            unresolved.UnionWith(resource.DependsOn.Where(id => !template.Resources.ContainsKey(id)));
            unresolved.UnionWith(Unresolved(template, resource.Properties, "Resources"));
        }

        if (unresolved.Count > 0)
            throw UnresolvedDependencies(unresolved, "Resources");
        foreach (var output in template.Outputs.Values)
        {
            CheckCondition(template, output.Condition, "Outputs");
            unresolved.UnionWith(Unresolved(template, output.Value, "Outputs"));
            unresolved.UnionWith(Unresolved(template, output.ExportName, "Outputs"));
        }

        if (unresolved.Count > 0)
            throw UnresolvedDependencies(unresolved, "Outputs");
        foreach (var reference in template.Conditions.SelectMany(condition => References.In(condition.Value)))
            CheckInCondition(template, reference);
    }

    private static IEnumerable<string> Unresolved(Template template, JsonNode? node, string block)
    {
        foreach (var reference in References.In(node))
        {
            if (reference.Function == "Condition")
                CheckCondition(template, reference.Name, block);
            else if (reference.Function == "Fn::GetAtt" && !template.Resources.ContainsKey(reference.Name))
                throw TemplateErrors.Template($"instance of Fn::GetAtt references undefined resource {reference.Name}");
            else if (reference.Function == "Ref" && !IsDeclared(template, reference.Name))
                yield return reference.Name;
        }
    }

    private static void CheckInCondition(Template template, Reference reference)
    {
        if (reference.Function == "Condition")
            CheckCondition(template, reference.Name, "Conditions");
        else if (reference.Function == "Fn::GetAtt" || template.Resources.ContainsKey(reference.Name))
            throw TemplateErrors.Template($"conditions can't refer to resources: {reference.Name}");
        else if (!IsDeclared(template, reference.Name))
            throw TemplateErrors.Format($"Unresolved dependencies [{reference.Name}]. Cannot reference resources in the Conditions block of the template");
    }

    private static void CheckCondition(Template template, string? condition, string block)
    {
        if (condition is not null && !template.Conditions.ContainsKey(condition))
            throw TemplateErrors.Format($"Unresolved condition dependency {condition} in the {block} block of the template");
    }

    private static bool IsDeclared(Template template, string name) =>
        template.Resources.ContainsKey(name) || template.Parameters.ContainsKey(name) || PseudoParameters.IsPseudo(name);

    private static Calls.ServiceException UnresolvedDependencies(SortedSet<string> names, string block) =>
        TemplateErrors.Format($"Unresolved resource dependencies [{string.Join(", ", names)}] in the {block} block of the template");

    // A reference into another service that would stay unresolved is a wrong value in the resource, told by nobody.
    private static void CheckDynamicReferences(Template template)
    {
        foreach (var resource in template.Resources.Values)
            foreach (var text in Texts(resource.Properties))
                if (text.IndexOf("{{resolve:", StringComparison.Ordinal) is >= 0 and var start
                    && !text.AsSpan(start).StartsWith("{{resolve:secretsmanager:"))
                    throw TemplateErrors.Unsupported($"The dynamic reference {text[start..]} of {resource.LogicalId}");
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(Texts),
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonValue value => [value.ToString()],
        _ => [],
    };
}
