using System.Text.Json.Nodes;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Delivery;

/// <summary>What the pipeline is and does, in its order.</summary>
[Collection(DeliveryTests.Name)]
public sealed class PipelineTests(DeliveryTemplates templates)
{
    private Resource Pipeline => templates.Delivery.OfType("AWS::CodePipeline::Pipeline").Single();

    private IEnumerable<Resource> Projects => templates.Delivery.OfType("AWS::CodeBuild::Project");

    [Fact]
    public void Pipeline_IsOfTheSecondType_AndRestartsOnceItHasChangedItself()
    {
        Pipeline.Text("PipelineType").ShouldBe("V2");
        Pipeline.Text("RestartExecutionOnUpdate").ShouldBe("true");
        Pipeline.Text("Name").ShouldBe("pipelines-delivery");
    }

    [Fact]
    public void Stages_GoFromTheCommitToProduction() =>
        Stages().Select(stage => (string)stage["Name"]!).ShouldBe(["Source", "Build", "UpdatePipeline", "Assets", "Qa", "Prod"]);

    [Fact]
    public void Source_IsTheBranchBehindTheConnection_AndMayUseItByBothNamesOfTheService()
    {
        var source = Actions("Source").Single();
        Readable.Line(source["Configuration"]).ShouldBe(
            $$"""{"ConnectionArn":"{{DeliveryTemplates.Connection}}","FullRepositoryId":"example/pipelines","BranchName":"main","DetectChanges":true}""");
        templates.Delivery.Single("AWS::IAM::Policy", "PromotionPipelineSource").At("PolicyDocument.Statement")!.AsArray()
            .Where(statement => statement!["Resource"]!.ToJsonString() == $"\"{DeliveryTemplates.Connection}\"").Select(statement => (string)statement!["Action"]!)
            .ShouldBe(["codestar-connections:UseConnection", "codeconnections:UseConnection"]);
    }

    [Fact]
    public void Builds_RunOnAnImageWithDotnet10AndNode22_WithoutPrivileges_AndEncrypted()
    {
        foreach (var project in Projects)
        {
            project.Text("Environment.Image").ShouldBe("aws/codebuild/standard:8.0");
            project.Text("Environment.PrivilegedMode").ShouldBe("false");
            Readable.Line(project.At("EncryptionKey")).ShouldStartWith("\"${ArtifactsKey");
            Readable.Line(Build(project)["phases"]!["install"]!["runtime-versions"]).ShouldBe("""{"dotnet":"10.0","nodejs":"22"}""", project.Id);
        }
    }

    [Fact]
    public void Synth_TestsSynthesisesAndAsksTheGuard_AndHandsOnItsVerdict()
    {
        var build = Build(Project("BuildSynth"));
        Commands(build).ShouldBe(["scripts/test", "npx cdk synth --quiet", "scripts/guard-deployed", "export GUARD_SUMMARY=\"$(cat artifacts/guard/summary.txt)\""]);
        Readable.Line(build["env"]).ShouldBe("""{"exported-variables":["GUARD_SUMMARY"]}""");
        ((string)build["artifacts"]!["base-directory"]!).ShouldBe("cdk.out");
        ((string)build["reports"]!["tests"]!["file-format"]!).ShouldBe("VISUALSTUDIOTRX");
    }

    [Fact]
    public void Tools_OfTheCdk_HaveFixedVersions()
    {
        var pinned = (string)JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathOf("package.json")))!["dependencies"]!["aws-cdk"]!;
        Readable.Line(Build(Project("SelfMutation"))["phases"]!["install"]!["commands"]).ShouldBe($"""["npm install -g aws-cdk@{pinned}"]""");
        Readable.Line(Build(Project("Assets"))["phases"]!["install"]!["commands"]).ShouldMatch("""^\["npm install -g cdk-assets@\d+\.\d+\.\d+"\]$""");
    }

    [Fact]
    public void Pipeline_ChangesItself_BeforeAnythingIsDeployed() =>
        Commands(Build(Project("SelfMutation"))).ShouldBe(["cdk -a . deploy Delivery --require-approval=never --verbose"]);

    [Theory]
    [InlineData("Qa", DeliveryTemplates.QaAccount)]
    [InlineData("Prod", DeliveryTemplates.ProdAccount)]
    public void Stacks_OfAStage_AreDeployedIntoItsAccount_EachAfterThoseThatItNeeds(string stage, string account)
    {
        var deployments = Actions(stage).Where(action => (string?)action["ActionTypeId"]!["Provider"] == "CloudFormation").ToList();
        deployments.Select(action => (string)action["Configuration"]!["StackName"]!).Distinct().Order()
            .ShouldBe(templates.Stages.Where(template => template.Environment.Equals(stage, StringComparison.OrdinalIgnoreCase)).Select(template => template.StackName).Order());
        deployments.ShouldAllBe(action => Readable.Text(action["RoleArn"]!).Contains($"::{account}:role/cdk-", StringComparison.Ordinal));
        Order(stage, "storage.Deploy").ShouldBeLessThan(Order(stage, "catalog.Prepare"));
        Order(stage, "accountbaseline.Deploy").ShouldBeLessThan(Order(stage, "replication.Prepare"));
    }

    [Theory]
    [InlineData("Qa", "verify --env qa --junit artifacts/verify/verify.xml --json artifacts/verify/verify.json")]
    [InlineData("Prod", "verify --env prod --no-test-data --junit artifacts/verify/verify.xml --json artifacts/verify/verify.json")]
    public void Stage_OnceDeployed_StartsItsReplicationAndVerifiesItsData_AsTheRoleOfTheEnvironment(string stage, string verify)
    {
        var environment = stage.ToLowerInvariant();
        var (start, check) = (Project($"{stage}StartReplication"), Project($"{stage}Verify"));

        Commands(Build(start))[^2..].ShouldBe([$"scripts/pipelines database prepare --env {environment}", $"scripts/pipelines replication start --env {environment}"]);
        Commands(Build(check))[^1].ShouldBe($"scripts/pipelines {verify}");
        Commands(Build(check)).ShouldContain("export AWS_PROFILE=verification");
        ((string)Build(check)["reports"]!["verification"]!["file-format"]!).ShouldBe("JUNITXML");

        Order(stage, "replication.Deploy").ShouldBeLessThan(Order(stage, $"StartReplication{stage}"));
        Order(stage, $"StartReplication{stage}").ShouldBeLessThan(Order(stage, $"Verify{stage}"));
        foreach (var step in new[] { $"StartReplication{stage}", $"Verify{stage}" })
            Action(stage, step)["Configuration"]!["EnvironmentVariables"]!.ToJsonString().ShouldMatch($@"VERIFICATION_ROLE.*#\{{{stage}Verification\w+\.VerificationRoleArn\}}");
    }

    [Fact]
    public void Production_IsApprovedFirst_ByWhoReadsTheGuardsVerdict()
    {
        Actions("Qa").ShouldNotContain(action => (string?)action["ActionTypeId"]!["Provider"] == "Manual");
        var approval = Actions("Prod").Single(action => (string?)action["ActionTypeId"]!["Provider"] == "Manual");
        ((int)approval["RunOrder"]!).ShouldBe(1);
        Actions("Prod").Where(action => action != approval).ShouldAllBe(action => (int)action["RunOrder"]! > 1);

        var text = Readable.Text(approval["Configuration"]!["CustomData"]!);
        text.ShouldStartWith("Deploy to prod? #{Build@Synth.GUARD_SUMMARY} The whole report: https://eu-west-1.console.aws.amazon.com/s3/object/");
        text.ShouldEndWith("&prefix=guard/#{codepipeline.PipelineExecutionId}.md");
        ((string?)Actions("Build").Single()["Namespace"]).ShouldBe("Build@Synth");
    }

    [Fact]
    public void Assembly_IsRecordedAsDeployed_OnlyOnceProductionWasVerified()
    {
        Order("Prod", "RecordDeployed").ShouldBe(Actions("Prod").Max(action => (int)action["RunOrder"]!));
        Order("Prod", "RecordDeployed").ShouldBeGreaterThan(Order("Prod", "VerifyProd"));
        Commands(Build(Project("ProdRecordDeployed"))).Single().ShouldStartWith("aws s3 sync . \"s3://$ARTIFACTS/deployed/\" --delete");
    }

    [Fact]
    public void Failures_AndApprovals_AreToldToTheAddresses()
    {
        var rule = templates.Delivery.OfType("AWS::CodeStarNotifications::NotificationRule").Single();
        Readable.Line(rule.At("EventTypeIds")).ShouldBe("""["codepipeline-pipeline-pipeline-execution-failed","codepipeline-pipeline-manual-approval-needed"]""");
        Readable.Line(rule.At("Targets")).ShouldMatch("""^\[\{"TargetAddress":"\$\{NotificationsTopic\w*\}","TargetType":"SNS"\}\]$""");
        templates.Delivery.OfType("AWS::SNS::Subscription").Select(subscription => subscription.Text("Endpoint")).ShouldBe(["data-team@example.com"]);
    }

    private IEnumerable<JsonNode> Stages() => Pipeline.At("Stages")!.AsArray().OfType<JsonNode>();

    private List<JsonNode> Actions(string stage) => [.. Stages().Single(candidate => (string?)candidate["Name"] == stage)["Actions"]!.AsArray().OfType<JsonNode>()];

    private JsonNode Action(string stage, string name) => Actions(stage).Single(action => ((string)action["Name"]!).EndsWith(name, StringComparison.Ordinal));

    private int Order(string stage, string name) => (int)Action(stage, name)["RunOrder"]!;

    private Resource Project(string part) => Projects.Single(project => project.Id.Contains(part, StringComparison.Ordinal));

    // Publishing reads its description from the assembly, others have it inside.
    private JsonNode Build(Resource project)
    {
        var text = Readable.Text(project.At("Source.BuildSpec")!);
        return JsonNode.Parse(text.StartsWith('{') ? text : File.ReadAllText(Path.Combine(templates.Folder, text)))!;
    }

    private static string[] Commands(JsonNode build) => [.. build["phases"]!["build"]!["commands"]!.AsArray().Select(command => (string)command!)];
}
