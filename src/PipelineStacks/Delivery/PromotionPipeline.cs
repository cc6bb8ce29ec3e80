using System.Text.Json;
using Amazon.CDK.AWS.CodePipeline;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.Pipelines;
using Constructs;
using PipelineStacks.Functions;
using PipelineStacks.Model.Settings;
using Schedule = Amazon.CDK.AWS.Events.Schedule;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Delivery;

/// <summary>What <see cref="PromotionPipeline"/> promotes.</summary>
public sealed record PromotionPipelineProps
{
    /// <summary>The delivery.</summary>
    public required PromotionSettings Settings { get; init; }

    /// <summary>The environments, in the order in which they are deployed to.</summary>
    public required IReadOnlyList<EnvironmentStage> Stages { get; init; }

    /// <summary>Where it keeps what it hands on.</summary>
    public required ArtifactStore Store { get; init; }
}

/// <summary>
/// The pipeline from a commit to production. It renews itself first; then each stage is deployed and its data verified, and before the last one
/// somebody reads what would change and approves.
/// </summary>
public sealed class PromotionPipeline : Construct
{
    // The construct would install whatever is the newest.
    private const string AssetsCli = "cdk-assets@4.7.3";

    private readonly PromotionPipelineProps _props;
    private readonly CodePipelineSource _source;
    private readonly Synthesis _synthesis;

    /// <summary>Creates the pipeline and all that runs in it.</summary>
    public PromotionPipeline(Construct scope, string id, PromotionPipelineProps props)
        : base(scope, id)
    {
        _props = props;
        // The construct's own pipeline would be of the first type, which neither restarts after a change of itself nor knows triggers.
        Pipeline = new Pipeline(this, "Pipeline", new PipelineProps
        {
            PipelineName = Names.DeliveryStack,
            PipelineType = PipelineType.V2,
            RestartExecutionOnUpdate = true,
            ArtifactBucket = props.Store.Bucket,
            CrossAccountKeys = true,
            EnableKeyRotation = true,
        });
        _source = CommitSource.Of(this, props.Settings);
        _synthesis = new Synthesis(_source, props.Store);
        var promotion = new CodePipeline(this, "Promotion", new CodePipelineProps
        {
            CodePipeline = Pipeline,
            Synth = _synthesis.Step,
            SelfMutation = true,
            CliVersion = PinnedCli(),
            CodeBuildDefaults = BuildImage.Defaults,
            PublishAssetsInParallel = false,
        });
        foreach (var stage in props.Stages)
            Add(promotion, stage);
        promotion.BuildPipeline();

        CommitSource.AllowConnection(Pipeline, props.Settings);
        PinAssetsCli();
        if (props.Settings.Schedule is { } schedule)
            new Rule(this, "Schedule", new RuleProps { Schedule = Schedule.Expression(schedule), Targets = [new Amazon.CDK.AWS.Events.Targets.CodePipeline(Pipeline)] });
    }

    /// <summary>The pipeline itself.</summary>
    public Pipeline Pipeline { get; }

    private void Add(CodePipeline promotion, EnvironmentStage stage)
    {
        var isLast = stage == _props.Stages[^1];
        var steps = new StageSteps(this, new Names(stage.Settings.Name).Stage, new StageStepsProps
        {
            Stage = stage,
            TestData = !isLast || _props.Settings.TestDataInLastStage,
            Source = _source,
        });
        promotion.AddStage(stage, new AddStageOpts
        {
            Pre = isLast && _props.Stages.Count > 1 ? [Approval(stage)] : [],
            Post = [.. steps.Post, .. isLast ? [Record(steps)] : Array.Empty<Step>()],
        });
    }

    private ManualApprovalStep Approval(EnvironmentStage stage) => new($"Approve{new Names(stage.Settings.Name).Stage}", new ManualApprovalStepProps
    {
        Comment = _synthesis.ApprovalText(stage.Settings.Name, _props.Settings.Region!),
    });

    // What the next execution's guard compares with.
    private CodeBuildStep Record(StageSteps last)
    {
        var store = _props.Store;
        var step = new CodeBuildStep("RecordDeployed", new CodeBuildStepProps
        {
            Input = _synthesis.Step,
            Env = new Dictionary<string, string> { ["ARTIFACTS"] = store.Bucket.BucketName },
            Commands = [$"aws s3 sync . \"s3://$ARTIFACTS/{ArtifactStore.Deployed}\" --delete --only-show-errors --exclude \"*asset.*\""],
            RolePolicyStatements =
            [
                Allow("WriteDeployed", ["s3:DeleteObject", "s3:PutObject"], store.Bucket.ArnForObjects($"{ArtifactStore.Deployed}*")),
                Allow("ListDeployed", ["s3:ListBucket"], store.Bucket.BucketArn),
                Allow("UseKey", ["kms:Decrypt", "kms:GenerateDataKey"], store.Key.KeyArn),
            ],
        });
        step.AddStepDependency(last.Verify);
        return step;
    }

    // The version that the developers have.
    private static string PinnedCli()
    {
        using var package = JsonDocument.Parse(File.ReadAllText(ProjectFolder.PathOf("package.json")));
        return package.RootElement.GetProperty("dependencies").GetProperty("aws-cdk").GetString()!;
    }

    private void PinAssetsCli()
    {
        foreach (var file in Directory.EnumerateFiles(Amazon.CDK.Stage.Of(this)!.Outdir, "buildspec-*.yaml"))
            File.WriteAllText(file, File.ReadAllText(file).Replace("cdk-assets@latest", AssetsCli, StringComparison.Ordinal));
    }
}
