using Amazon.CDK;
using Amazon.CDK.AWS.CodeBuild;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.Pipelines;
using Constructs;
using PipelineStacks.Model.Settings;
using Stack = Amazon.CDK.Stack;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Delivery;

/// <summary>What <see cref="StageSteps"/> works on.</summary>
public sealed record StageStepsProps
{
    /// <summary>The stage.</summary>
    public required EnvironmentStage Stage { get; init; }

    /// <summary>Whether known records may be sent through it.</summary>
    public required bool TestData { get; init; }

    /// <summary>The project's files.</summary>
    public required CodePipelineSource Source { get; init; }
}

/// <summary>
/// What happens to an environment after its deployment: its replication is started, which CloudFormation never does, and its data is verified.
/// The steps run in the delivery's account and work on the environment by the one role there that admits them.
/// </summary>
public sealed class StageSteps : Construct
{
    // The profile renews the role's credentials by itself, however long a verification takes.
    private static readonly string[] AsVerification =
    [
        "mkdir -p ~/.aws",
        """printf '[profile verification]\nrole_arn = %s\ncredential_source = EcsContainer\nregion = %s\n' "$VERIFICATION_ROLE" "$AWS_REGION" > ~/.aws/config""",
        "export AWS_PROFILE=verification",
    ];

    private readonly StageStepsProps _props;
    private readonly Role _role;

    /// <summary>Creates the steps' role in the delivery's account.</summary>
    public StageSteps(Construct scope, string id, StageStepsProps props)
        : base(scope, id)
    {
        _props = props;
        _role = new Role(this, "Role", new RoleProps
        {
            RoleName = Names.DeliveryStepRole,
            Description = $"Starts the replication of {Settings.Name} and verifies its data",
            AssumedBy = new ServicePrincipal("codebuild.amazonaws.com"),
        });
        Verify = Step("Verify", "verification", [$"scripts/pipelines verify --env {Settings.Name}{(props.TestData ? "" : " --no-test-data")} --junit artifacts/verify/verify.xml --json artifacts/verify/verify.json"]);
        Post = [Verify];
        if (props.Stage.Replication is null)
            return;
        string[] prepare = Settings.Database.IsDeployed ? [$"scripts/pipelines database prepare --env {Settings.Name}"] : [];
        var start = Step("StartReplication", null, [.. prepare, $"scripts/pipelines replication start --env {Settings.Name}"]);
        Verify.AddStepDependency(start);
        Post = [start, Verify];
    }

    /// <summary>The steps, to come after the stage's stacks.</summary>
    public IReadOnlyList<Step> Post { get; }

    /// <summary>The last of them.</summary>
    public CodeBuildStep Verify { get; }

    private EnvironmentSettings Settings => _props.Stage.Settings;

    private Names Names => new(Settings.Name);

    private CodeBuildStep Step(string name, string? report, string[] commands) => new($"{name}{Names.Stage}", new CodeBuildStepProps
    {
        Input = _props.Source,
        Role = _role,
        BuildEnvironment = new BuildEnvironment { ComputeType = ComputeType.MEDIUM },
        Timeout = Duration.Hours(3),
        EnvFromCfnOutputs = new Dictionary<string, CfnOutput> { ["VERIFICATION_ROLE"] = _props.Stage.Verification!.RoleArn },
        InstallCommands = BuildImage.Executable,
        Commands = [.. AsVerification, .. commands],
        PartialBuildSpec = report is null ? null : BuildImage.Report(report, "artifacts/verify", "*.xml", "JUNITXML"),
        RolePolicyStatements =
        [
            Allow("ActOnTheEnvironment", ["sts:AssumeRole"], $"arn:{Stack.Of(this).Partition}:iam::{Settings.Account}:role/{Names.VerificationRole}"),
        ],
    });
}
