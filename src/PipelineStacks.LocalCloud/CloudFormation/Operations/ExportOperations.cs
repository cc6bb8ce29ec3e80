using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

internal sealed record ListExportsInput(string? NextToken);

internal sealed record ListExportsOutput(IReadOnlyList<Export> Exports);

internal sealed record Export(string ExportingStackId, string Name, string Value);

internal sealed record ListImportsInput
{
    public required string ExportName { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ListImportsOutput(IReadOnlyList<string> Imports);

/// <summary>Shows what stacks share.</summary>
internal sealed class ExportOperations(Exports exports)
{
    public void AddTo(OperationTable operations) => operations
        .Add<ListExportsInput, ListExportsOutput>("ListExports", (call, _) =>
        {
            call.Authorize("cloudformation:ListExports", "*");
            return new([.. exports.In(call.Account, call.Region).Select(export => new Export(export.Stack.Id, export.Output.ExportName!, export.Output.OutputValue))]);
        })
        .Add<ListImportsInput, ListImportsOutput>("ListImports", (call, input) =>
        {
            call.Authorize("cloudformation:ListImports", "*");
            var importers = exports.ImportersOf(call.Account, call.Region, input.ExportName).ToList();
            return importers.Count > 0 ? new(importers) : throw TemplateErrors.Validation($"Export '{input.ExportName}' is not imported by any stack.");
        });
}
