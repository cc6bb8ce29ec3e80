using PipelineStacks.LocalCloud.CloudFormation.Stacks;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>Stacks as the API shows them.</summary>
internal static class StackDescriptions
{
    public static StackDescription Of(Stack stack) => new()
    {
        StackId = stack.Id,
        StackName = stack.Name,
        Description = stack.Current?.Description,
        Parameters = stack.Current is { } definition ? Parameters(definition) : [],
        CreationTime = stack.CreationTime,
        DeletionTime = stack.DeletionTime,
        LastUpdatedTime = stack.LastUpdatedTime,
        StackStatus = stack.Status,
        StackStatusReason = stack.StatusReason,
        DisableRollback = stack.DisableRollback,
        Capabilities = stack.Current?.Capabilities ?? [],
        Outputs = [.. stack.Outputs.Select(output => new Output(output.OutputKey, output.OutputValue, output.Description, output.ExportName))],
        RoleARN = stack.Current?.RoleArn,
        Tags = stack.Current?.Tags ?? [],
        EnableTerminationProtection = stack.TerminationProtection,
    };

    public static StackSummary Summary(Stack stack) => new(
        stack.Id, stack.Name, stack.Current?.Description, stack.CreationTime, stack.LastUpdatedTime, stack.DeletionTime, stack.Status,
        stack.StatusReason, new("NOT_CHECKED"));

    public static IReadOnlyList<Parameter> Parameters(StackDefinition definition) =>
    [
        .. definition.Parameters.Select(parameter => new Parameter
        {
            ParameterKey = parameter.Key,
            ParameterValue = definition.NoEcho.Contains(parameter.Key) ? "****" : parameter.Value,
            ResolvedValue = parameter.ResolvedValue,
        }),
    ];
}
