using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Execution;
using PipelineStacks.LocalCloud.CloudFormation.Planning;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;
using PipelineStacks.LocalCloud.Services.Ssm;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>Makes of a request what the stack is to be, and plans what that changes.</summary>
internal sealed partial class StackDefinitions(TemplateSource templates, ParameterStore parameters, ChangeSetPlanner planner)
{
    public static void CheckName(string stackName)
    {
        if (stackName.Length > 128)
            throw ValidationOf("stackName", stackName, "Member must have length less than or equal to 128");
        if (!StackName().IsMatch(stackName))
            throw ValidationOf("stackName", stackName, "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }

    public static ServiceException ValidationOf(string member, string value, string constraint) =>
        TemplateErrors.Validation($"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");

    public (StackDefinition Definition, Plan Plan) Plan(Call call, StackRequest request, Stack stack)
    {
        Refuse(request);
        var body = templates.Read(call, request.TemplateBody, request.TemplateURL)
            ?? (request.UsePreviousTemplate ? stack.Current?.TemplateBody : null)
            ?? throw TemplateErrors.Validation("Either Template URL or Template Body must be specified.");
        var template = TemplateReader.Read(body);
        Capabilities.Demand(template.Resources.Values, request.Capabilities ?? []);
        var values = ParameterValues.Resolve(template, Inputs(request), stack.Current?.Parameters ?? [], name => parameters.Find(call, name)?.Value);
        var definition = new StackDefinition
        {
            TemplateBody = body,
            Description = template.Description,
            Parameters = values,
            NoEcho = [.. template.Parameters.Values.Where(parameter => parameter.NoEcho).Select(parameter => parameter.Name)],
            Tags = request.Tags ?? stack.Current?.Tags ?? [],
            Capabilities = request.Capabilities ?? [],
            RoleArn = request.RoleARN ?? stack.Current?.RoleArn,
        };
        if (request.RoleARN is { } roleArn)
            call.Authorize("iam:PassRole", roleArn);
        var plan = planner.Plan(call, stack, PreparedTemplate.From(stack, definition), values);
        return (definition, plan);
    }

    public static bool IsNoChange(Stack stack, StackDefinition definition, Plan plan) =>
        stack.Current is { } current && plan.Changes.Count == 0 && !plan.OutputsChange
        && current.Tags.ToHashSet().SetEquals(definition.Tags);

    private static List<ParameterInput> Inputs(StackRequest request) =>
    [
        .. (request.Parameters ?? []).Select(parameter => new ParameterInput(
            parameter.ParameterKey ?? throw TemplateErrors.Validation("Every parameter needs a ParameterKey."),
            parameter.ParameterValue, parameter.UsePreviousValue ?? false)),
    ];

    private static void Refuse(StackRequest request)
    {
        if (request.ResourceTypes is { Count: > 0 })
            throw TemplateErrors.Unsupported("ResourceTypes");
        if (request.NotificationARNs is { Count: > 0 })
            throw TemplateErrors.Unsupported("NotificationARNs");
        if (request.RollbackConfiguration?.RollbackTriggers is { Count: > 0 })
            throw TemplateErrors.Unsupported("RollbackConfiguration.RollbackTriggers");
    }

    [GeneratedRegex("^[a-zA-Z][-a-zA-Z0-9]*$")]
    private static partial Regex StackName();
}
