using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.Services.Ssm;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>
/// What <c>cdk bootstrap</c> makes on AWS is here by itself in every account and Region. Its stack is shown to whoever asks for it by
/// name: the CLI then says that there is nothing to bootstrap.
/// </summary>
internal static class BootstrapStack
{
    public const string Name = "CDKToolkit";

    // Any time before the first deployment will do.
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static StackDescription Describe(Call call)
    {
        var bucket = $"cdk-hnb659fds-assets-{call.Account}-{call.Region}";
        return new()
        {
            StackId = call.Arn("cloudformation", $"stack/{Name}/00000000-0000-0000-0000-000000000000"),
            StackName = Name,
            Description = "Stands for the resources that CDK expects; the local cloud has them without a deployment.",
            CreationTime = Since,
            StackStatus = StackStatus.CreateComplete,
            Parameters = [new() { ParameterKey = "Qualifier", ParameterValue = "hnb659fds" }],
            Outputs =
            [
                new("BootstrapVersion", ParameterStore.BootstrapVersion, null, null),
                new("BucketName", bucket, null, null),
                new("BucketDomainName", $"{bucket}.s3.{call.Region}.amazonaws.com", null, null),
            ],
        };
    }
}
