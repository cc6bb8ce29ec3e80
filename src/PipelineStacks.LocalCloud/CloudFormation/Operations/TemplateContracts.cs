namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

internal sealed record GetTemplateInput
{
    public string? StackName { get; init; }

    public string? ChangeSetName { get; init; }

    public string? TemplateStage { get; init; }
}

internal sealed record GetTemplateOutput(string TemplateBody, IReadOnlyList<string> StagesAvailable);

internal sealed record TemplateInput
{
    public string? TemplateBody { get; init; }

    public string? TemplateURL { get; init; }

    public string? StackName { get; init; }

    public TemplateSummaryConfig? TemplateSummaryConfig { get; init; }
}

internal sealed record TemplateSummaryConfig(bool TreatUnrecognizedResourceTypesAsWarnings);

internal sealed record ValidateTemplateOutput(
    IReadOnlyList<TemplateParameter> Parameters, string? Description, IReadOnlyList<string> Capabilities, string? CapabilitiesReason,
    IReadOnlyList<string> DeclaredTransforms);

internal sealed record TemplateParameter(string ParameterKey, string? DefaultValue, bool NoEcho, string? Description);

internal sealed record GetTemplateSummaryOutput(
    IReadOnlyList<ParameterDeclaration> Parameters, string? Description, IReadOnlyList<string> Capabilities, string? CapabilitiesReason,
    IReadOnlyList<string> ResourceTypes, string? Version, string? Metadata, IReadOnlyList<string> DeclaredTransforms,
    IReadOnlyList<ResourceIdentifierSummary> ResourceIdentifierSummaries);

internal sealed record ParameterDeclaration(
    string ParameterKey, string? DefaultValue, string ParameterType, bool NoEcho, string? Description, ParameterConstraints ParameterConstraints);

internal sealed record ParameterConstraints(IReadOnlyList<string> AllowedValues);

internal sealed record ResourceIdentifierSummary(string ResourceType, IReadOnlyList<string> LogicalResourceIds, IReadOnlyList<string> ResourceIdentifiers);
