using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every topic rule and whatever devices connect by: what AWS IoT refuses, or takes and then loses messages by.</summary>
[Collection(TemplateTests.Name)]
public sealed partial class EveryTopicRuleTests(Templates templates)
{
    private static readonly string[] ErrorActions = ["S3"];

    private IEnumerable<Resource> Rules => templates.OfType("AWS::IoT::TopicRule");

    private IEnumerable<Template> Stacks => templates.All.Where(template => template.Stack == "iot");

    [Fact]
    public void Environments_WithDevices_HaveARuleForEachOfTheTwoWays() => Stacks.ShouldAllBe(template =>
        template.OfType("AWS::IoT::TopicRule").Select(rule => rule.Text("RuleName")).SequenceEqual(new[]
        {
            $"pipelines_{template.Environment}_device_readings_stream", $"pipelines_{template.Environment}_device_readings_delivery",
        }));

    [Fact]
    public void Rules_HaveANameWithoutHyphens_AndTheSqlOf2016() => Rules.ShouldAllBe(rule =>
        RuleName().IsMatch(rule.Text("RuleName")!) && rule.Text("TopicRulePayload.AwsIotSqlVersion") == "2016-03-23");

    [Fact]
    public void Rules_ToAStream_PartitionByTheDevice() => Actions("Kinesis").ShouldAllBe(action => Readable.Text(action["PartitionKey"]!) == "${topic()}");

    [Fact]
    public void Rules_ToTheLandingZone_PutLines_ToADeliveryStreamThatReadsNoDataStream()
    {
        foreach (var template in Stacks)
        {
            foreach (var action in template.OfType("AWS::IoT::TopicRule").Select(rule => rule.At("TopicRulePayload.Actions.0.Firehose")).OfType<JsonObject>())
            {
                ((string)action["Separator"]!).ShouldBe("\n");
                action["BatchMode"].ShouldBeNull();
                var delivery = template.Single("AWS::KinesisFirehose::DeliveryStream", (string)action["DeliveryStreamName"]!["Ref"]!);
                delivery.Text("DeliveryStreamType").ShouldBe("DirectPut");
            }
        }
    }

    [Fact]
    public void Rules_DoOneThing() => Rules.ShouldAllBe(rule => ((JsonArray)rule.At("TopicRulePayload.Actions")!).Count == 1);

    [Fact]
    public void Rules_HaveAnErrorAction_IntoTheOneQuarantine_WithARoleOfItsOwn()
    {
        foreach (var rule in Rules)
        {
            var error = (JsonObject)rule.At("TopicRulePayload.ErrorAction")!;
            error.Select(member => member.Key).ShouldBe(ErrorActions);
            var key = (string)error["S3"]!["Key"]!;
            key.ShouldBe("""quarantine/device_readings/rule-failed/arrival_date=${parse_time("yyyy-MM-dd", timestamp(), "UTC")}/${newuuid()}.json""");
            Readable.Line(error["S3"]!["RoleArn"]).ShouldNotBe(Readable.Line(((JsonObject)rule.At("TopicRulePayload.Actions.0")!).Single().Value!["RoleArn"]));
        }
    }

    [Theory]
    [InlineData("StreamRuleRole", "kinesis:PutRecord", "kms:GenerateDataKey")]
    [InlineData("DeliveryRuleRole", "firehose:PutRecord")]
    [InlineData("QuarantineRole", "s3:PutObject", "kms:GenerateDataKey")]
    [InlineData("LoggingRole", "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:PutMetricFilter", "logs:PutRetentionPolicy")]
    public void Roles_MayDoTheOneThing(string role, params string[] actions)
    {
        var roles = Stacks.SelectMany(template => template.OfType("AWS::IAM::Role")).Where(one => one.Id.Contains(role, StringComparison.Ordinal)).ToList();

        roles.Count.ShouldBe(Stacks.Count());
        roles.ShouldAllBe(one => one.Text("AssumeRolePolicyDocument.Statement.0.Principal.Service") == "iot.amazonaws.com" && Allowed(one).SequenceEqual(actions));
    }

    [Fact]
    public void Logging_IsOnInEachAccount_AndReportsErrors() =>
        Stacks.Select(template => template.OfType("AWS::IoT::Logging").Single()).ShouldAllBe(logging =>
            logging.Text("DefaultLogLevel") == "ERROR" && logging.Text("AccountId.Ref") == "AWS::AccountId");

    [Fact]
    public void Logging_IsAnothers_WhereTheSettingsSaySo()
    {
        var iot = Templates.Of(CdkJson.App("""{"dev":{"pipelines":["telemetry"],"iot":{"accountLogging":false}}}""")).Single(template => template.Stack == "iot");

        iot.Resources.ShouldAllBe(resource => resource.Type != "AWS::IoT::Logging" && !resource.Id.StartsWith("Logging", StringComparison.Ordinal));
    }

    [Fact]
    public void Devices_ConnectAsThemselves_AndPublishTheirOwnReadings()
    {
        foreach (var policy in templates.OfType("AWS::IoT::Policy"))
        {
            Readable.Line(policy.At("PolicyDocument.Statement.0")).ShouldBe(
                """{"Action":"iot:Connect","Effect":"Allow","Resource":"arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:client/${iot:Connection.Thing.ThingName}","Sid":"ConnectAsItself"}""");
            Readable.Line(policy.At("PolicyDocument.Statement.1")).ShouldBe(
                """{"Action":"iot:Publish","Effect":"Allow","Resource":"arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:topic/telemetry/${iot:Connection.Thing.ThingName}/readings","Sid":"PublishReadings"}""");
            ((JsonArray)policy.At("PolicyDocument.Statement")!).Count.ShouldBe(2);
        }
    }

    [Fact]
    public void SqlOfTheRules_IsTheDatasets()
    {
        var source = (TopicSource)DatasetCatalog.Find("device_readings").Source;

        Rules.Select(rule => rule.Text("TopicRulePayload.Sql")).Distinct().ShouldBe([source.StreamSql, source.DeliverySql], ignoreOrder: true);
    }

    private IEnumerable<JsonObject> Actions(string kind) => Rules.Select(rule => rule.At($"TopicRulePayload.Actions.0.{kind}")).OfType<JsonObject>();

    private static IEnumerable<string> Allowed(Resource role) => ((JsonArray)role.At("Policies.0.PolicyDocument.Statement")!)
        .SelectMany(statement => statement!["Action"] is JsonArray several ? several.Select(action => (string)action!) : [(string)statement["Action"]!]);

    [GeneratedRegex("^[a-zA-Z0-9_]+$")]
    private static partial Regex RuleName();
}
