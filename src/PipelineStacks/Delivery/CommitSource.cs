using Amazon.CDK.AWS.CodeCommit;
using Amazon.CDK.AWS.CodePipeline.Actions;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.Pipelines;
using Constructs;
using PipelineStacks.Model.Settings;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Delivery;

/// <summary>Where the commits come from.</summary>
internal static class CommitSource
{
    public static CodePipelineSource Of(Construct scope, PromotionSettings settings)
    {
        var (source, onPush) = (settings.Source, settings.Trigger == PromotionTrigger.Push);
        if (source.CodeCommitRepository is { } name)
        {
            return CodePipelineSource.CodeCommit(Repository.FromRepositoryName(scope, "Repository", name), source.Branch, new CodeCommitSourceOptions
            {
                Trigger = onPush ? CodeCommitTrigger.EVENTS : CodeCommitTrigger.NONE,
            });
        }
        return CodePipelineSource.Connection(source.Repository!, source.Branch, new ConnectionSourceOptions
        {
            ConnectionArn = source.ConnectionArn!,
            TriggerOnPush = onPush,
        });
    }

    /// <summary>
    /// The construct allows the use of a connection by the service's former name only; a connection that was made under the present one has its own
    /// action.
    /// </summary>
    public static void AllowConnection(Amazon.CDK.AWS.CodePipeline.Pipeline pipeline, PromotionSettings settings)
    {
        if (settings.Source.ConnectionArn is not { } arn || arn.Split(':')[2] != "codeconnections")
            return;
        var action = pipeline.Node.FindChild("Source").Node.FindChild(settings.Source.Repository!.Replace('/', '_'));
        ((Role)action.Node.FindChild("CodePipelineActionRole")).AddToPolicy(Allow("UseConnection", ["codeconnections:UseConnection"], arn));
    }
}
