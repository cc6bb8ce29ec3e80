using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Delivery;

/// <summary>What the delivery leaves in its account and in those of its stages, and who may do what with it.</summary>
[Collection(DeliveryTests.Name)]
public sealed class AccountTests(DeliveryTemplates templates)
{
    private static readonly string[] Types =
    [
        "AWS::CodeBuild::Project", "AWS::CodePipeline::Pipeline", "AWS::CodeStarNotifications::NotificationRule", "AWS::IAM::Policy", "AWS::IAM::Role",
        "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::SNS::Subscription", "AWS::SNS::Topic", "AWS::SNS::TopicPolicy",
    ];

    private IEnumerable<Resource> Buckets => templates.Delivery.OfType("AWS::S3::Bucket");

    private Resource Artifacts => templates.Delivery.Single("AWS::S3::Bucket", "ArtifactsBucket");

    [Fact]
    public void Stack_HoldsOnlyTypesThatAreListed_AndNoFunction() =>
        templates.Delivery.Resources.Select(resource => resource.Type).Distinct().Order().ShouldBe(Types);

    [Fact]
    public void Stages_HoldNoFunctionThatIsNotOurs() => templates.Stages.SelectMany(template => template.OfType("AWS::Lambda::Function"))
        .ShouldAllBe(function => function.Text("Description") == "Prepares, seeds and counts the database that is replicated");

    [Fact]
    public void Stacks_ThatHoldWhatCantBeMadeAgain_AreProtectedFromDeletion()
    {
        templates.Delivery.IsProtected.ShouldBeTrue();
        templates.Stages.Where(template => template.Environment == "prod").ShouldAllBe(template => template.IsProtected);
    }

    [Fact]
    public void Key_OfArtifacts_Rotates_IsRetained_AndAdmitsTheAccountsThatAreDeployedTo()
    {
        var key = templates.Delivery.OfType("AWS::KMS::Key").Single();
        key.Text("EnableKeyRotation").ShouldBe("true");
        (key.DeletionPolicy, key.UpdateReplacePolicy).ShouldBe(("Retain", "Retain"));
        foreach (var account in new[] { DeliveryTemplates.QaAccount, DeliveryTemplates.ProdAccount })
            Readable.Line(key.At("KeyPolicy")).ShouldContain($"::{account}:role/cdk-hnb659fds-deploy-role-{account}-eu-west-1");
    }

    [Fact]
    public void Buckets_RefusePublicAccessAndRequestsWithoutTls_AndAreRetained()
    {
        foreach (var bucket in Buckets)
        {
            bucket.Text("PublicAccessBlockConfiguration.RestrictPublicBuckets").ShouldBe("true");
            bucket.Text("OwnershipControls.Rules.0.ObjectOwnership").ShouldBe("BucketOwnerEnforced");
            (bucket.DeletionPolicy, bucket.UpdateReplacePolicy).ShouldBe(("Retain", "Retain"));
            var policy = templates.Delivery.OfType("AWS::S3::BucketPolicy").Single(policy => policy.Text("Bucket.Ref") == bucket.Id);
            policy.ToString().ShouldContain("""{"Action":"s3:*","Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny","Principal":{"AWS":"*"}""");
            policy.DeletionPolicy.ShouldBe("Retain");
        }
    }

    [Fact]
    public void Artifacts_AreEncryptedByTheKey_Logged_AndExpire_ButForWhatIsDeployed()
    {
        Artifacts.Text("BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm").ShouldBe("aws:kms");
        Artifacts.At("LoggingConfiguration.DestinationBucketName").ShouldNotBeNull();
        Artifacts.At("LifecycleConfiguration.Rules")!.AsArray().Where(rule => rule!["ExpirationInDays"] is not null)
            .Select(rule => $"{rule!["Prefix"]} {rule["ExpirationInDays"]}").ShouldBe(["pipelines-delivery/ 30", "guard/ 30"]);
    }

    [Theory]
    [InlineData("qa", true)]
    [InlineData("prod", false)]
    public void VerificationRole_AdmitsTheStepsOfItsStage_AndSendsRecordsOnlyWhereItMay(string environment, bool sends)
    {
        var role = Verification(environment);
        role.Text("RoleName").ShouldBe($"pipelines-{environment}-verification");
        Readable.Line(role.At("AssumeRolePolicyDocument.Statement")).ShouldBe(
            $$$"""[{"Action":"sts:AssumeRole","Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/pipelines-delivery-{{{environment}}}"}},"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"}}]""");
        Actions(role).Intersect(["kinesis:PutRecords", "s3:DeleteObject"]).Any().ShouldBe(sends);
        templates.Delivery.OfType("AWS::IAM::Role").Select(step => step.Text("RoleName")).ShouldContain($"pipelines-delivery-{environment}");
    }

    [Fact]
    public void VerificationRole_NamesEveryAction_AndOnlyItsOwnEnvironment()
    {
        foreach (var (environment, other) in new[] { ("qa", "prod"), ("prod", "qa") })
        {
            var role = Verification(environment);
            Actions(role).ShouldAllBe(action => !action.Contains('*', StringComparison.Ordinal));
            role.Text("Policies")!.ShouldNotContain(other);
            role.At("Policies.0.PolicyDocument.Statement")!.AsArray().ShouldAllBe(statement => statement!["Sid"] != null);
        }
    }

    [Fact]
    public void VerificationRole_OfAServerlessReplication_CallsThat()
    {
        var app = CdkJson.App("""
            {"qa":{"account":"222222222222","region":"eu-west-1","pipelines":["sakila"],"replication":{"mode":"serverless"},"etl":{"enabled":false},"monitoring":{"enabled":false}}}
            """);
        new EnvironmentStage(app, Context.Read(app).Environments.Single(), DatasetCatalog.All, new PromotionSettings { Account = DeliveryTemplates.PipelineAccount });
        var stage = Directory.EnumerateDirectories(app.Synth().Directory, "assembly-*").Single();
        Actions(Templates.Read(stage).Single(template => template.Stack == "verification").OfType("AWS::IAM::Role").Single())
            .Where(action => action.StartsWith("dms:", StringComparison.Ordinal)).Order()
            .ShouldBe(["dms:DescribeReplicationConfigs", "dms:DescribeReplicationTableStatistics", "dms:DescribeReplications", "dms:StartReplication"]);
    }

    // What runs in the pipeline may become nothing but the one role of its stage, and the pipeline nobody beside the CDK's deployers.
    [Fact]
    public void Roles_OfOtherAccounts_AreAssumedOnlyWhereTheyAreNamed()
    {
        var assumed = templates.Delivery.OfType("AWS::IAM::Policy").SelectMany(policy => policy.At("PolicyDocument.Statement")!.AsArray())
            .Where(statement => (string?)(statement!["Action"] as JsonValue) == "sts:AssumeRole").Select(statement => Readable.Line(statement!["Resource"]))
            .Where(resource => resource.Contains(DeliveryTemplates.ProdAccount, StringComparison.Ordinal)).ToList();
        assumed.Count.ShouldBe(3);
        assumed.ShouldContain(resource => resource.Contains("cdk-hnb659fds-deploy-role-333333333333", StringComparison.Ordinal));
        assumed.ShouldContain(resource => resource.Contains("cdk-hnb659fds-file-publishing-role-333333333333", StringComparison.Ordinal));
        assumed.ShouldContain("\"arn:aws:iam::333333333333:role/pipelines-prod-verification\"");
    }

    private Resource Verification(string environment) =>
        templates.Stages.Single(template => template.StackName == $"pipelines-{environment}-verification").OfType("AWS::IAM::Role").Single();

    private static IEnumerable<string> Actions(Resource role) => role.At("Policies.0.PolicyDocument.Statement")!.AsArray()
        .SelectMany(statement => statement!["Action"] is JsonArray actions ? actions.Select(action => (string)action!) : [(string)statement["Action"]!]);
}
