using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>Asserts a template's rules over its parameters, such as the one by which CDK checks its bootstrap version.</summary>
internal static class TemplateRules
{
    public static void Assert(Template template, Evaluator evaluator)
    {
        foreach (var (name, definition) in template.Rules)
        {
            if (definition is not JsonObject rule || rule["Assertions"] is not JsonArray assertions)
                throw TemplateErrors.Format($"[/Rules/{name}] needs Assertions.");
            if (rule["RuleCondition"] is { } when && !Holds(when, evaluator))
                continue;
            foreach (var assertion in assertions)
                if (!Holds(assertion?["Assert"], evaluator))
                    throw TemplateErrors.Validation($"Template error: rule {name} failed: {assertion?["AssertDescription"]?.ToString() ?? assertion?.ToJsonString()}");
        }
    }

    private static bool Holds(JsonNode? node, Evaluator evaluator)
    {
        if (!Intrinsic.TryGet(node, out var name, out var argument))
            throw TemplateErrors.Format($"A rule needs a function where there is {node?.ToJsonString() ?? "nothing"}");
        return (name, argument) switch
        {
            ("Fn::Not", JsonArray { Count: 1 } single) => !Holds(single[0], evaluator),
            ("Fn::And", JsonArray all) => all.All(item => Holds(item, evaluator)),
            ("Fn::Or", JsonArray any) => any.Any(item => Holds(item, evaluator)),
            ("Fn::Equals", JsonArray { Count: 2 } pair) => JsonNode.DeepEquals(evaluator.Evaluate(pair[0]), evaluator.Evaluate(pair[1])),
            ("Fn::Contains", JsonArray { Count: 2 } pair) => Contains(evaluator.Evaluate(pair[0]), evaluator.Evaluate(pair[1])),
            ("Fn::EachMemberIn", JsonArray { Count: 2 } pair) when evaluator.Evaluate(pair[0]) is JsonArray members =>
                members.All(member => Contains(evaluator.Evaluate(pair[1]), member)),
            ("Fn::EachMemberEquals", JsonArray { Count: 2 } pair) when evaluator.Evaluate(pair[0]) is JsonArray members =>
                members.All(member => JsonNode.DeepEquals(member, evaluator.Evaluate(pair[1]))),
            _ => throw TemplateErrors.Unsupported($"The rule function {name}"),
        };
    }

    private static bool Contains(JsonNode? list, JsonNode? value) =>
        list is JsonArray items && items.Any(item => JsonNode.DeepEquals(item, value));
}
