using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using PipelineStacks.Model;
using PipelineStacks.Model.Settings;
using PipelineStacks.Stacks;
using PipelineStacks.Storage;

namespace PipelineStacks.Delivery;

/// <summary>What <see cref="VerificationRole"/> is made for.</summary>
public sealed record VerificationRoleProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The account in which the delivery runs.</summary>
    public required string DeliveryAccount { get; init; }

    /// <summary>Whether it may send records, and delete what it sent.</summary>
    public required bool TestData { get; init; }

    /// <summary>The zones.</summary>
    public required StorageStack Storage { get; init; }
}

/// <summary>
/// What the delivery may do in an environment beside deploying: start the replication, and what <c>pipelines verify</c> calls. Streams, functions
/// and the like are bound by the beginning of the names that CloudFormation gives them, which is that of their stack.
/// </summary>
public sealed class VerificationRole : Construct
{
    private static readonly string[] ReplicationParts = ["endpoint", "rep", "task"];
    private static readonly ZoneName[] Written = [ZoneName.Clean, ZoneName.Curated];

    private readonly VerificationRoleProps _props;
    private readonly Stack _stack;

    /// <summary>Creates the role.</summary>
    public VerificationRole(Construct scope, string id, VerificationRoleProps props)
        : base(scope, id)
    {
        (_props, _stack) = (props, Stack.Of(this));
        var names = new Names(props.Settings.Name);
        Role = new Role(this, "Role", new RoleProps
        {
            RoleName = names.VerificationRole,
            Description = $"Lets the delivery start the replication of {props.Settings.Name} and verify its data",
            // The account is named and not the role, which may come into being later; the condition leaves only the role.
            AssumedBy = new AccountPrincipal(props.DeliveryAccount).WithConditions(new Dictionary<string, object>
            {
                ["ArnEquals"] = new Dictionary<string, object> { ["aws:PrincipalArn"] = $"arn:{_stack.Partition}:iam::{props.DeliveryAccount}:role/{names.DeliveryStepRole}" },
            }),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Verify"] = new(new PolicyDocumentProps { Statements = [.. Find(names), .. Drive(names), .. Ask(names), .. props.TestData ? Send(names) : []] }),
            },
        });
    }

    /// <summary>The role itself.</summary>
    public Role Role { get; }

    private IEnumerable<Zone> Zones => [_props.Storage.Landing, _props.Storage.Clean, _props.Storage.Curated];

    private IEnumerable<PolicyStatement> Find(Names names) =>
    [
        Allow("FindStacks", ["cloudformation:DescribeStacks"], Arn("cloudformation", $"stack/{names.AnyStack}/*")),
        // CloudWatch's reading calls know no narrower resource.
        Allow("ReadAlarmsAndMetrics", ["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricStatistics"], "*"),
        Allow("ReadStreams", ["kinesis:DescribeStreamSummary", "firehose:DescribeDeliveryStream"],
            Arn("kinesis", $"stream/{names.StreamingStack}-*"), Arn("firehose", $"deliverystream/{names.StreamingStack}-*")),
    ];

    private IEnumerable<PolicyStatement> Drive(Names names) =>
    [
        // DMS's describing calls know no narrower resource.
        Allow("FindReplication", ["dms:DescribeConnections", "dms:DescribeReplicationTasks"], "*"),
        Allow("StartReplication", ["dms:DescribeTableStatistics", "dms:StartReplicationTask", "dms:TestConnection"],
            [.. ReplicationParts.Select(kind => $"arn:{_stack.Partition}:dms:{_stack.Region}:{_stack.Account}:{kind}:{names.Replication("*")}")]),
        Allow("AskDatabase", ["lambda:InvokeFunction"], $"arn:{_stack.Partition}:lambda:{_stack.Region}:{_stack.Account}:function:{names.SourceDatabaseStack}-*"),
        Allow("RunWorkflows", ["glue:GetWorkflow", "glue:GetWorkflowRun", "glue:GetWorkflowRuns", "glue:StartWorkflowRun"], Arn("glue", $"workflow/{names.AnyWorkflow}")),
    ];

    private IEnumerable<PolicyStatement> Ask(Names names) =>
    [
        Allow("AskAthena", ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:StartQueryExecution", "athena:StopQueryExecution"], Arn("athena", $"workgroup/{names.WorkGroup}")),
        Allow("ReadCatalog", ["glue:BatchGetPartition", "glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
            [Arn("glue", "catalog"), .. Enum.GetValues<ZoneName>().Select(names.Database).SelectMany(database => new[] { Arn("glue", $"database/{database}"), Arn("glue", $"table/{database}/*") })]),
        Allow("ListZones", ["s3:GetBucketLocation", "s3:ListBucket"], [.. Zones.Select(zone => zone.Bucket.BucketArn)]),
        Allow("ReadZones", ["s3:GetObject"], [.. Zones.Select(zone => zone.Bucket.ArnForObjects("*"))]),
        Allow("ListResults", ["s3:GetBucketLocation", "s3:ListBucket"], _props.Storage.Results.Bucket.BucketArn),
        Allow("WriteResults", ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"], _props.Storage.Results.Bucket.ArnForObjects("*")),
        Allow("UseDataKey", ["kms:Decrypt", "kms:GenerateDataKey"], _props.Storage.Key.Key.KeyArn),
    ];

    private IEnumerable<PolicyStatement> Send(Names names) =>
    [
        Allow("SendEvents", ["kinesis:PutRecords"], Arn("kinesis", $"stream/{names.StreamingStack}-*")),
        Allow("SendFiles", ["s3:PutObject"], _props.Storage.Landing.Bucket.ArnForObjects("*")),
        Allow("DeleteWhatWasSent", ["s3:DeleteObject"], [.. Zones.Select(zone => zone.Bucket.ArnForObjects("*"))]),
        Allow("DeletePartitionsOfWhatWasSent", ["glue:DeletePartition"],
            [Arn("glue", "catalog"), .. Written.Select(names.Database).SelectMany(database => new[] { Arn("glue", $"database/{database}"), Arn("glue", $"table/{database}/*") })]),
    ];

    private string Arn(string service, string resource) => $"arn:{_stack.Partition}:{service}:{_stack.Region}:{_stack.Account}:{resource}";

    private static PolicyStatement Allow(string sid, string[] actions, params string[] resources) =>
        new(new PolicyStatementProps { Sid = sid, Actions = actions, Resources = resources });
}
