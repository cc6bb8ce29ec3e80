using PipelineStacks.LocalCloud.CloudFormation.Operations;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.CloudFormation;

/// <summary>CloudFormation's API: <see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/"/>.</summary>
internal sealed class CloudFormationService : IQueryService
{
    public CloudFormationService(
        StackOperations stacks, ChangeSetOperations changeSets, ResourceOperations resources, TemplateOperations templates, ExportOperations exports)
    {
        stacks.AddTo(Operations);
        changeSets.AddTo(Operations);
        resources.AddTo(Operations);
        templates.AddTo(Operations);
        exports.AddTo(Operations);
    }

    public string SigningName => "cloudformation";

    public string XmlNamespace => "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    public OperationTable Operations { get; } = new("CloudFormation", Wire.Query);
}
