using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every policy: nobody may do or touch more than is named, but for what is explained here.</summary>
[Collection(TemplateTests.Name)]
public sealed class EveryPolicyTests(Templates templates)
{
    /// <summary>
    /// Allowed wildcards by regular expressions for the resource and the wildcard, each with its reason. One that nothing needs any more fails
    /// the test.
    /// </summary>
    private static readonly (string Resource, string Wildcard, string Reason)[] Explained =
    [
        ("^DataKey", @"^kms:\*$", "The account's own statement: without it nobody could ever change the key's policy."),
        ("^DataKey", @"^\*$", "In the policy of a key, * is that key."),
        ("^AccessLogsBucketPolicy", @"^\$\{AccessLogs\w+\.Arn\}/\w+/\*$", "Names of log objects are chosen by S3; each statement is bound to one source bucket and its prefix."),
        ("DeliveryFirehoseRole", @"Arn\w+\}/\w+/\*$", "Names of delivered files are chosen by Firehose, under the dataset's own prefix."),
        ("DeliveryFirehoseRole", @"/quarantine/\w+/\*$", "Names of rejected records' files are chosen by Firehose, under the dataset's own prefix."),
        ("SqlRole|CrawlRole", @"Arn\w+\}/[\w/-]+/\*$", "Names of files are chosen by whoever drops or writes them, under prefixes of the job's own tables."),
        ("SqlRole|CrawlRole", @":log-group:/aws-glue/\w+\*$", "Glue makes its log groups itself and puts the names of role and security configuration behind this."),
        ("^QualitySqlRole", @":role/pipelines-\w+-etl-QualitySqlRole\*$", "A role's own policy can't refer to the role; the rest of its name is CloudFormation's."),
        ("SqlRole", @"^\*$", "CloudWatch's call for metrics takes no resource; a condition bounds it to Glue's namespaces."),
        ("^AdminRole", @"Arn\w+\}/seed/\*$", "Which files a sample database has is for its owner; they lie under the one prefix."),
        ("^AdminRole", @"^\*$", "Lambda's network interfaces have no ARN before they exist, and EC2's calls about them take none."),
        ("^TargetRole", @"Arn\w+\}/sakila/\*$", "Names of replicated files are chosen by DMS, under the pipeline's own folder."),
        ("^TargetRole", @":(workgroup/dms_validation_workgroup_for_task_|(database|table|userDefinedFunction)/aws_dms_s3_validation_)[*/]+$",
            "DMS makes the workgroup and tables of a validation under these prefixes and deletes them afterwards."),
        ("^NetworkEndpoints", @"^(\*|\w+:\*)$", "The policy of an endpoint bounds all that passes it: each statement admits only callers or buckets of the account."),
        ("QuarantineRole", @"/quarantine/\w+/rule-failed/\*$", "Names of rejected messages' objects are made by the rule, by day and with a new UUID, under the dataset's own prefix."),
        ("^LoggingRole", @":log-group:AWSIotLogsV2:\*$", "AWS IoT names its log's streams."),
        ("DeliveryFirehoseRole", @"/source/\w+/\*$", "Names of source backups are chosen by Firehose, under the dataset's own prefix."),
    ];

    [Fact]
    public void Policies_AllowNoWildcard_ThatIsNotExplained()
    {
        var used = new HashSet<int>();
        foreach (var (resource, wildcard) in templates.Resources.SelectMany(resource => Allowed(resource).SelectMany(Wildcards), ValueTuple.Create))
        {
            var index = Array.FindIndex(Explained, entry => Regex.IsMatch(resource.Id, entry.Resource) && Regex.IsMatch(wildcard, entry.Wildcard));
            index.ShouldBeGreaterThanOrEqualTo(0, $"{resource.StackName}/{resource.Id} allows {wildcard}, which nothing explains.");
            used.Add(index);
        }
        used.Count.ShouldBe(Explained.Length, "An explanation is no longer needed.");
    }

    [Fact]
    public void Roles_HaveTheirPoliciesInside_SoThatNothingUsesThemTooEarly()
    {
        templates.OfType("AWS::IAM::Role").Where(role => !role.StackName.EndsWith("-accountbaseline", StringComparison.Ordinal))
            .ShouldAllBe(role => role.At("Policies") is JsonArray && role.At("ManagedPolicyArns") == null);
        templates.OfType("AWS::IAM::Policy").ShouldBeEmpty();
    }

    [Fact]
    public void Roles_AreAssumedByServicesOnly() =>
        templates.OfType("AWS::IAM::Role").Select(role => Readable.Text(role.At("AssumeRolePolicyDocument.Statement.0.Principal.Service")!)).Distinct().Order().ShouldBe([
            "dms.${AWS::Region}.amazonaws.com", "dms.amazonaws.com", "events.amazonaws.com", "firehose.amazonaws.com", "glue.amazonaws.com", "iot.amazonaws.com", "lambda.amazonaws.com", "vpc-flow-logs.amazonaws.com"]);

    [Fact]
    public void Statements_OfRoles_SayWhatTheyAreFor() =>
        templates.OfType("AWS::IAM::Role").SelectMany(Allowed).Where(statement => Readable.Text(statement["Action"]!) != "sts:AssumeRole")
            .ShouldAllBe(statement => statement["Sid"] != null);

    [Fact]
    public void Keys_Rotate_AndAdmitTheLogsOfTheirOwnAccountOnly()
    {
        foreach (var key in templates.OfType("AWS::KMS::Key"))
        {
            key.Text("EnableKeyRotation").ShouldBe("true");
            var logs = Allowed(key).Single(statement => (string?)statement["Sid"] == "EncryptLogGroups");
            Readable.Line(logs["Principal"]).ShouldBe("""{"Service":"logs.${AWS::Region}.amazonaws.com"}""");
            Readable.Line(logs["Condition"]).ShouldBe("""{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*"}}""");
        }
    }

    private static IEnumerable<JsonObject> Allowed(Resource resource) => Statements(resource.Properties).Where(statement => (string?)statement["Effect"] == "Allow");

    private static IEnumerable<JsonObject> Statements(JsonNode? json) => json switch
    {
        JsonObject parent => parent.SelectMany(pair => pair.Key == "Statement" ? ((JsonArray)pair.Value!).OfType<JsonObject>() : Statements(pair.Value)),
        JsonArray array => array.SelectMany(Statements),
        _ => [],
    };

    private static IEnumerable<string> Wildcards(JsonObject statement) =>
        Texts(statement["Action"]).Concat(Texts(statement["Resource"])).Where(text => text.Contains('*', StringComparison.Ordinal));

    private static IEnumerable<string> Texts(JsonNode? json) => json switch
    {
        JsonArray array => array.Select(item => Readable.Text(item!)),
        null => [],
        _ => [Readable.Text(json)],
    };
}
