using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Execution;
using PipelineStacks.LocalCloud.CloudFormation.Planning;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>Shows and checks templates.</summary>
internal sealed class TemplateOperations(StackStore store, StackFinder stacks, TemplateSource templates)
{
    public void AddTo(OperationTable operations) => operations
        .Add<GetTemplateInput, GetTemplateOutput>("GetTemplate", Get)
        .Add<TemplateInput, GetTemplateSummaryOutput>("GetTemplateSummary", Summarise)
        .Add<TemplateInput, ValidateTemplateOutput>("ValidateTemplate", Validate);

    private GetTemplateOutput Get(Call call, GetTemplateInput input)
    {
        if (input.TemplateStage is not (null or "Original" or "Processed"))
            throw StackDefinitions.ValidationOf("templateStage", input.TemplateStage, "Member must satisfy enum value set: [Original, Processed]");
        var body = input.ChangeSetName is { } changeSetName
            ? OfChangeSet(call, input.StackName, changeSetName)
            : stacks.Demand(call, "GetTemplate", input.StackName, name => $"Stack with id {name} does not exist").Current?.TemplateBody;
        // Nothing processes a template here, as transforms and macros are refused: both stages are the same.
        return new(body ?? "{}", ["Original", "Processed"]);
    }

    private string OfChangeSet(Call call, string? stackName, string changeSetName)
    {
        if (changeSetName.StartsWith("arn:", StringComparison.Ordinal))
            call.Authorize("cloudformation:GetTemplate", changeSetName);
        var changeSet = changeSetName.StartsWith("arn:", StringComparison.Ordinal)
            ? store.ChangeSet(call.Account, call.Region, changeSetName)
            : stacks.Find(call, "GetTemplate", stackName) is { } stack
                ? store.ChangeSets(stack).FirstOrDefault(candidate => candidate.Name == changeSetName) : null;
        return changeSet?.Definition.TemplateBody ?? throw new ServiceException("ChangeSetNotFound", $"ChangeSet [{changeSetName}] does not exist", 404);
    }

    private GetTemplateSummaryOutput Summarise(Call call, TemplateInput input)
    {
        var template = Read(call, "GetTemplateSummary", input);
        var needed = Capabilities.NeededBy(template.Resources.Values);
        return new(
            [.. template.Parameters.Values.Select(parameter => new ParameterDeclaration(parameter.Name, parameter.Default, parameter.Type,
                parameter.NoEcho, parameter.Description, new(parameter.AllowedValues)))],
            template.Description, needed, CapabilitiesReason(template, needed),
            [.. template.Resources.Values.Select(resource => resource.Type)], "2010-09-09", template.Metadata?.ToJsonString(), [], []);
    }

    private ValidateTemplateOutput Validate(Call call, TemplateInput input)
    {
        var template = Read(call, "ValidateTemplate", input);
        var needed = Capabilities.NeededBy(template.Resources.Values);
        return new(
            [.. template.Parameters.Values.Select(parameter => new TemplateParameter(parameter.Name, parameter.Default, parameter.NoEcho, parameter.Description))],
            template.Description, needed, CapabilitiesReason(template, needed), []);
    }

    private Template Read(Call call, string action, TemplateInput input)
    {
        if (input.StackName is not null)
            return TemplateReader.Read(stacks.Demand(call, action, input.StackName).Current?.TemplateBody
                ?? throw TemplateErrors.Validation($"Stack [{input.StackName}] has no template yet"));
        call.Authorize($"cloudformation:{action}", "*");
        return TemplateReader.Read(templates.Read(call, input.TemplateBody, input.TemplateURL)
            ?? throw TemplateErrors.Validation("Either Template URL or Template Body must be specified."));
    }

    private static string? CapabilitiesReason(Template template, IReadOnlyList<string> needed) => needed.Count == 0 ? null
        : "The following resource(s) require capabilities: ["
            + string.Join(", ", template.Resources.Values.Select(resource => resource.Type)
                .Where(type => type.StartsWith("AWS::IAM::", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)) + "]";
}
