using Amazon.CDK;
using Amazon.CDK.AWS.CodeBuild;
using Amazon.CDK.Pipelines;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Delivery;

/// <summary>
/// The first step: builds, runs every test (those that put the templates before AWS's validator and cdk-nag among them), synthesises, and asks the
/// guard what would change against the last assembly that got through all stages.
/// </summary>
internal sealed class Synthesis(CodePipelineSource source, ArtifactStore store)
{
    private const string Summary = "GUARD_SUMMARY";

    // It takes the execution's id, so that the report of an approval is found by it.
    private const string Execution = "#{codepipeline.PipelineExecutionId}";

    public CodeBuildStep Step { get; } = new("Synth", new CodeBuildStepProps
    {
        Input = source,
        BuildEnvironment = new BuildEnvironment { ComputeType = ComputeType.LARGE },
        Timeout = Duration.Hours(2),
        Env = new Dictionary<string, string> { ["ARTIFACTS"] = store.Bucket.BucketName, ["EXECUTION"] = Execution },
        InstallCommands = BuildImage.Executable,
        Commands =
        [
            "scripts/test",
            "npx cdk synth --quiet",
            "scripts/guard-deployed",
            $"export {Summary}=\"$(cat artifacts/guard/summary.txt)\"",
        ],
        PrimaryOutputDirectory = "cdk.out",
        PartialBuildSpec = BuildImage.Report("tests", "artifacts/test-results", "**/*.trx", "VISUALSTUDIOTRX"),
        RolePolicyStatements =
        [
            Allow("ReadDeployed", ["s3:GetObject"], store.Bucket.ArnForObjects($"{ArtifactStore.Deployed}*")),
            Allow("ListDeployed", ["s3:ListBucket"], store.Bucket.BucketArn),
            Allow("WriteReports", ["s3:PutObject"], store.Bucket.ArnForObjects($"{ArtifactStore.Reports}*")),
            Allow("UseKey", ["kms:Decrypt", "kms:GenerateDataKey"], store.Key.KeyArn),
        ],
    });

    /// <summary>What a person reads who is asked to approve: the guard's verdict, and where the whole report is.</summary>
    public string ApprovalText(string stage, string region) =>
        $"Deploy to {stage}? {Step.ExportedVariable(Summary)} The whole report: "
        + $"https://{region}.console.aws.amazon.com/s3/object/{store.Bucket.BucketName}?region={region}&prefix={ArtifactStore.Reports}{Execution}.md";
}
