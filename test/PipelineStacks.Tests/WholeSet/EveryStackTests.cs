using System.Text.Json.Nodes;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every stack and resource of every environment.</summary>
[Collection(TemplateTests.Name)]
public sealed class EveryStackTests(Templates templates)
{
    /// <summary>Every type of resource, per stack. A type that appears without being named here was not meant.</summary>
    private static readonly Dictionary<string, string[]> Types = new()
    {
        ["storage"] = ["AWS::KMS::Alias", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::S3::BucketPolicy"],
        ["catalog"] = ["AWS::Glue::Database", "AWS::Glue::Table"],
        ["streaming"] = ["AWS::IAM::Role", "AWS::Kinesis::Stream", "AWS::KinesisFirehose::DeliveryStream", "AWS::Logs::LogGroup", "AWS::Logs::LogStream"],
        ["etl"] =
        [
            "AWS::Events::Rule", "AWS::Glue::Crawler", "AWS::Glue::DataQualityRuleset", "AWS::Glue::Job", "AWS::Glue::SecurityConfiguration", "AWS::Glue::Trigger",
            "AWS::Glue::Workflow", "AWS::IAM::Role",
        ],
        ["iot"] =
        [
            "AWS::IAM::Role", "AWS::IoT::Logging", "AWS::IoT::Policy", "AWS::IoT::ThingType", "AWS::IoT::TopicRule", "AWS::Kinesis::Stream",
            "AWS::KinesisFirehose::DeliveryStream", "AWS::Logs::LogGroup", "AWS::Logs::LogStream",
        ],
        ["analytics"] = ["AWS::Athena::NamedQuery", "AWS::Athena::WorkGroup"],
        ["accountbaseline"] = ["AWS::IAM::Role"],
        ["monitoring"] =
        [
            "AWS::Budgets::Budget", "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm", "AWS::CloudWatch::Dashboard", "AWS::Events::Rule", "AWS::Logs::LogGroup",
            "AWS::Logs::ResourcePolicy", "AWS::SNS::Topic", "AWS::SNS::TopicPolicy",
        ],
        ["network"] =
        [
            "AWS::EC2::FlowLog", "AWS::EC2::RouteTable", "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::Subnet",
            "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::VPC", "AWS::EC2::VPCEndpoint", "AWS::IAM::Role", "AWS::Logs::LogGroup",
        ],
        ["sourcedatabase"] =
        [
            "AWS::IAM::Role", "AWS::Lambda::Function", "AWS::Logs::LogGroup", "AWS::RDS::DBInstance", "AWS::RDS::DBParameterGroup",
            "AWS::RDS::DBSubnetGroup", "AWS::SecretsManager::Secret", "AWS::SecretsManager::SecretTargetAttachment",
        ],
        ["replication"] =
        [
            "AWS::DMS::Certificate", "AWS::DMS::Endpoint", "AWS::DMS::EventSubscription", "AWS::DMS::ReplicationInstance",
            "AWS::DMS::ReplicationSubnetGroup", "AWS::DMS::ReplicationTask", "AWS::IAM::Role", "AWS::SNS::Topic", "AWS::SNS::TopicPolicy",
        ],
    };

    /// <summary>What holds data, and what keeps it safe and readable.</summary>
    private static readonly string[] Stateful =
        ["AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::Kinesis::Stream", "AWS::KMS::Key", "AWS::Logs::LogGroup", "AWS::Logs::LogStream", "AWS::SecretsManager::Secret"];

    /// <summary>Properties that would give a resource a name that the next deployment wants as well.</summary>
    private static readonly string[] NameProperties = ["BucketName", "Name", "LogStreamName", "DeliveryStreamName", "RoleName"];

    [Fact]
    public void Stacks_AreTheNamedOnesOfEachEnvironment() =>
        templates.All.Select(template => template.StackName).Order()
            .ShouldBe(Templates.Environments.SelectMany(environment => new Names(environment).StacksOf(CdkJson.Settings.Environment(environment))).Order());

    [Fact]
    public void Stacks_HoldOnlyTypesThatAreListed() =>
        templates.All.ShouldAllBe(template => template.Resources.Select(resource => resource.Type).Distinct().Order().SequenceEqual(Types[template.Stack]));

    [Fact]
    public void Stacks_HoldNoLambdaThatIsNotOurs_AndNoMetadataOfTheCdk()
    {
        templates.Resources.Select(resource => resource.Type).ShouldNotContain(type => type == "AWS::CDK::Metadata" || type.StartsWith("Custom::", StringComparison.Ordinal));
        templates.OfType("AWS::Lambda::Function").ShouldAllBe(function => function.Text("Description") == "Prepares, seeds and counts the database that is replicated");
    }

    [Fact]
    public void Stacks_AreTaggedWithProjectAndEnvironment()
    {
        foreach (var template in templates.All)
        {
            template.Tags["project"].ShouldBe("pipelines");
            template.Tags["environment"].ShouldBe(template.Environment);
            template.Tags["cost-center"].ShouldBe("data-platform");
        }
    }

    [Fact]
    public void Resources_ThatCanHaveTags_HaveThoseOfTheirStack()
    {
        foreach (var template in templates.All)
        {
            foreach (var tags in template.Resources.Select(resource => resource.Properties["Tags"]).OfType<JsonArray>())
                tags.Select(tag => KeyValuePair.Create((string)tag!["Key"]!, (string)tag!["Value"]!)).Where(tag => !OfTheCdk(tag.Key)).ShouldBe(template.Tags, ignoreOrder: true);
        }
        string[] untaggable =
            ["AWS::S3::BucketPolicy", "AWS::KMS::Alias", "AWS::Logs::LogStream", "AWS::Glue::Database", "AWS::Glue::Table", "AWS::Athena::NamedQuery",
             "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::SecurityGroupIngress", "AWS::SecretsManager::SecretTargetAttachment", "AWS::SNS::TopicPolicy",
             "AWS::DMS::Certificate", "AWS::EC2::VPCEndpoint", "AWS::Glue::SecurityConfiguration", "AWS::Events::Rule",
             "AWS::Logs::ResourcePolicy", "AWS::CloudWatch::Dashboard", "AWS::Budgets::Budget", "AWS::IoT::Logging"];
        // Glue takes a map where others take a list.
        templates.Resources.Where(resource => !untaggable.Contains(resource.Type)).ShouldAllBe(resource =>
            resource.Type.StartsWith("AWS::Glue::", StringComparison.Ordinal) ? resource.Properties["Tags"] is JsonObject : resource.Properties["Tags"] is JsonArray);

        // By which the console tells networks and subnets apart.
        static bool OfTheCdk(string key) => key == "Name" || key.StartsWith("aws-cdk:", StringComparison.Ordinal);
    }

    [Fact]
    public void Stacks_AreProtectedFromDeletion_InProdOnly() =>
        templates.All.ShouldAllBe(template => template.IsProtected == (template.Environment == "prod"));

    [Fact]
    public void Data_IsRetainedEverywhere_AsLongAsOneKeyIsMissing() =>
        templates.Resources.Where(resource => Stateful.Contains(resource.Type))
            .ShouldAllBe(resource => resource.DeletionPolicy == "Retain" && resource.UpdateReplacePolicy == "Retain");

    [Fact]
    public void Resources_ThatHoldNoData_AreNotLeftBehind() =>
        templates.Resources.Where(resource => !Stateful.Contains(resource.Type) && !IsOfTheAccount(resource)).ShouldAllBe(resource => resource.DeletionPolicy != "Retain");

    [Fact]
    public void Databases_LeaveASnapshot_AsLongAsOneKeyIsMissing() =>
        templates.OfType("AWS::RDS::DBInstance").ShouldAllBe(database => database.DeletionPolicy == "Snapshot" && database.UpdateReplacePolicy == "Snapshot");

    // DMS looks for them by their names, and others of the account may use them.
    [Fact]
    public void RolesOfTheAccount_AreRetainedWithTheirFixedNames() => templates.Resources.Where(IsOfTheAccount).ShouldAllBe(role =>
        role.DeletionPolicy == "Retain" && role.Text("RoleName")!.StartsWith("dms-", StringComparison.Ordinal)
        && role.Text("AssumeRolePolicyDocument.Statement.0.Principal.Service") == "dms.amazonaws.com");

    [Fact]
    public void Resources_ThatAreRetained_HaveNoNameThatBlocksTheNextDeployment() =>
        templates.Resources.Where(resource => resource.DeletionPolicy == "Retain" && !IsOfTheAccount(resource))
            .ShouldAllBe(resource => !NameProperties.Append(resource.Type == "AWS::Logs::LogGroup" ? "LogGroupName" : "Name").Any(resource.Properties.ContainsKey));

    [Fact]
    public void Data_IsDestroyed_WhenBothKeysAgree_AndOnlyInThatEnvironment()
    {
        var app = CdkJson.App("""{"dev":{"removalPolicy":"destroy","pipelines":["film-events","sakila"]},"prod":{"pipelines":["sakila"]}}""", allowDestroy: "true");

        foreach (var template in Templates.Of(app))
        {
            var expected = template.Environment == "dev" ? "Delete" : "Retain";
            template.Resources.Where(resource => Stateful.Contains(resource.Type))
                .ShouldAllBe(resource => resource.DeletionPolicy == expected && resource.UpdateReplacePolicy == expected);
            template.OfType("AWS::RDS::DBInstance").ShouldAllBe(database => database.DeletionPolicy == (template.Environment == "dev" ? "Delete" : "Snapshot"));
        }
    }

    [Fact]
    public void Outputs_ArePartOfTheContract()
    {
        string[] outputs = [.. templates.All.Where(template => template.Environment == "qa").SelectMany(template =>
            (template.Root["Outputs"] as JsonObject ?? []).Where(output => output.Value!["Export"] is null).Select(output => $"{template.Stack}.{output.Key}")).Order()];

        outputs.ShouldBe([
            "analytics.WorkGroupName",
            "catalog.CleanDatabaseName", "catalog.CuratedDatabaseName", "catalog.LandingDatabaseName",
            "etl.LakeWorkflowName", "etl.PlayLogsWorkflowName",
            "iot.DeviceReadingsDeliveryRuleName", "iot.DeviceReadingsDeliveryStreamName", "iot.DeviceReadingsStreamArn", "iot.DeviceReadingsStreamName",
            "iot.DeviceReadingsStreamRuleName", "iot.TelemetryDevicePolicyName", "iot.TelemetryThingTypeName",
            "monitoring.CriticalTopicArn", "monitoring.WarningTopicArn",
            "replication.ReplicationEventsTopicArn", "replication.ReplicationInstanceArn", "replication.ReplicationTaskArn", "replication.SourceEndpointArn",
            "replication.TargetEndpointArn",
            "sourcedatabase.AdminSecretArn", "sourcedatabase.DatabaseAdminFunctionName", "sourcedatabase.DatabaseHost", "sourcedatabase.DatabasePort",
            "sourcedatabase.ReplicationSecretArn",
            "storage.CleanBucketName", "storage.CuratedBucketName", "storage.LandingBucketName", "storage.ResultsBucketName",
            .. DatasetCatalog.All.Where(dataset => dataset.Source is StreamSource).Select(dataset => Names.Pascal(dataset.Name)).SelectMany(name =>
                new[] { $"streaming.{name}DeliveryStreamName", $"streaming.{name}StreamArn", $"streaming.{name}StreamName" }).Order(),
        ]);
    }

    [Fact]
    public void Exports_AreTheSameInEveryEnvironment_AndEachIsImported()
    {
        foreach (var environment in Templates.Environments)
        {
            var exports = ExportsOf(environment);
            templates.All.Where(template => template.Environment == environment).SelectMany(template => Imports(template.Root)).Distinct()
                .ShouldBe(exports, ignoreOrder: true);
            // An environment with fewer stacks has fewer imports.
            if (Templates.Stacks(environment).SequenceEqual(Templates.Stacks("qa")))
                exports.Select(name => name.Replace($"-{environment}-", "-qa-", StringComparison.Ordinal)).ShouldBe(ExportsOf("qa"), ignoreOrder: true);
        }

        List<string> ExportsOf(string environment) => [.. templates.All.Where(template => template.Environment == environment).SelectMany(Exports)];
    }

    [Fact]
    public void Environments_WithoutAccountAndRegion_FitAnyAccountAndRegion() =>
        templates.All.ShouldAllBe(template => !template.Root.ToJsonString(null).Contains("arn:aws:", StringComparison.Ordinal));

    private static bool IsOfTheAccount(Resource resource) => resource.StackName.EndsWith("-accountbaseline", StringComparison.Ordinal);

    private static IEnumerable<string> Exports(Template template) =>
        (template.Root["Outputs"] as JsonObject ?? []).Select(output => (string?)output.Value!["Export"]?["Name"]).OfType<string>();

    private static IEnumerable<string> Imports(JsonNode? json) => json switch
    {
        JsonObject { Count: 1 } function when function["Fn::ImportValue"] is { } name => [(string)name!],
        JsonObject parent => parent.SelectMany(pair => Imports(pair.Value)),
        JsonArray array => array.SelectMany(Imports),
        _ => [],
    };
}
