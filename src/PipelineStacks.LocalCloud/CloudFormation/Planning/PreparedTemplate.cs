using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>A template with its parameters and conditions applied: which resources there are, and in what order they are made.</summary>
internal sealed class PreparedTemplate
{
    private readonly Dictionary<string, JsonNode> _parameters;
    private readonly PseudoParameters _pseudo;

    private PreparedTemplate(Template template, Dictionary<string, JsonNode> parameters, PseudoParameters pseudo)
    {
        (Template, _parameters, _pseudo) = (template, parameters, pseudo);
        var conditions = Evaluator(NoResources.Instance);
        TemplateRules.Assert(template, conditions);
        Resources = ConditionPruner.Resources(template, conditions);
        Outputs = [.. ConditionPruner.Outputs(template, conditions)];
        Dependencies = Resources.ToDictionary(
            resource => resource.Key, resource => DependencyGraph.DependenciesOf(resource.Value, Resources), StringComparer.Ordinal);
        Order = DependencyGraph.Order(Dependencies);
    }

    public Template Template { get; }

    public OrderedDictionary<string, ResourceDefinition> Resources { get; }

    public IReadOnlyList<OutputDefinition> Outputs { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Dependencies { get; }

    public IReadOnlyList<string> Order { get; }

    public static PreparedTemplate From(Template template, IReadOnlyList<ParameterValue> parameters, PseudoParameters pseudo) =>
        new(template, ParameterValues.ForRef(template, parameters), pseudo);

    public static PreparedTemplate From(Stack stack, StackDefinition definition) =>
        From(TemplateReader.Read(definition.TemplateBody), definition.Parameters, stack.Pseudo);

    public Evaluator Evaluator(IResourceValues values) => new(Template, _parameters, _pseudo, values);

    /// <summary>The outputs with their values; all that they refer to must be known.</summary>
    public IReadOnlyList<StackOutput> EvaluateOutputs(IResourceValues values)
    {
        var evaluator = Evaluator(values);
        return
        [
            .. Outputs.Select(output => new StackOutput(output.Key, Text(output, evaluator.Evaluate(output.Value)), output.Description,
                output.ExportName is null ? null : Text(output, evaluator.Evaluate(output.ExportName)))),
        ];
    }

    private static string Text(OutputDefinition output, JsonNode? value) => value switch
    {
        JsonValue => TemplateReader.Text(value)!,
        _ => throw TemplateErrors.Format($"The Value field of every Outputs member must evaluate to a String: {output.Key}"),
    };

    /// <summary>Conditions and rules see parameters and mappings only.</summary>
    private sealed class NoResources : IResourceValues
    {
        public static readonly NoResources Instance = new();

        public JsonNode? Ref(string logicalId) => throw TemplateErrors.Template($"conditions can't refer to the resource {logicalId}");

        public JsonNode? Attribute(string logicalId, string attribute) => Ref(logicalId);

        public string Import(string exportName) => throw TemplateErrors.Template("Fn::ImportValue can't be used in conditions");
    }
}
