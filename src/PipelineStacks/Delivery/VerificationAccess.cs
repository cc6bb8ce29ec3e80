using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using PipelineStacks.Model;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Delivery;

/// <summary>
/// The statements of <see cref="VerificationRole"/>: to start the replication, and what <c>pipelines verify</c> calls. Streams, functions and the like
/// are bound by the beginning of the names that CloudFormation gives them, which is that of their stack.
/// </summary>
internal sealed class VerificationAccess(VerificationRoleProps props, Stack stack)
{
    private static readonly string[] ReplicationParts = ["endpoint", "rep", "task"];
    private static readonly ZoneName[] Written = [ZoneName.Clean, ZoneName.Curated];

    private readonly Names _names = new(props.Settings.Name);

    public PolicyStatement[] Statements => [.. Find, .. Replicate, .. Ask, .. props.TestData ? Send : []];

    private IEnumerable<Zone> Zones => [props.Storage.Landing, props.Storage.Clean, props.Storage.Curated];

    private IEnumerable<PolicyStatement> Find =>
    [
        Allow("FindStacks", ["cloudformation:DescribeStacks"], Arn("cloudformation", $"stack/{_names.AnyStack}/*")),
        // CloudWatch's reading calls know no narrower resource.
        Allow("ReadAlarms", ["cloudwatch:DescribeAlarms"], "*"),
        Allow("FollowWorkflows", ["glue:GetWorkflow", "glue:GetWorkflowRun", "glue:GetWorkflowRuns"], Arn("glue", $"workflow/{_names.AnyWorkflow}")),
    ];

    // DMS's describing calls know no narrower resource.
    private IEnumerable<PolicyStatement> Replicate => props.Replication switch
    {
        null => [],
        ReplicationMode.Serverless =>
        [
            Allow("FindReplication", ["dms:DescribeReplicationConfigs", "dms:DescribeReplications"], "*"),
            Allow("StartReplication", ["dms:StartReplication"], Dms("replication-config")),
            .. AskDatabase,
        ],
        _ =>
        [
            Allow("FindReplication", ["dms:DescribeConnections", "dms:DescribeReplicationTasks"], "*"),
            Allow("StartReplication", ["dms:StartReplicationTask", "dms:TestConnection"], [.. ReplicationParts.Select(part => Dms(part))]),
            .. AskDatabase,
        ],
    };

    private IEnumerable<PolicyStatement> AskDatabase => props.Settings.Database.IsDeployed
        ? [Allow("AskDatabase", ["lambda:InvokeFunction"], $"arn:{stack.Partition}:lambda:{stack.Region}:{stack.Account}:function:{_names.SourceDatabaseStack}-*")]
        : [];

    private IEnumerable<PolicyStatement> Ask =>
    [
        Allow("AskAthena", ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:StartQueryExecution", "athena:StopQueryExecution"], Arn("athena", $"workgroup/{_names.WorkGroup}")),
        Allow("ReadCatalog", ["glue:BatchGetPartition", "glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
            [Arn("glue", "catalog"), .. Enum.GetValues<ZoneName>().Select(_names.Database).SelectMany(database => new[] { Arn("glue", $"database/{database}"), Arn("glue", $"table/{database}/*") })]),
        Allow("ListZones", ["s3:GetBucketLocation", "s3:ListBucket"], [.. Zones.Select(zone => zone.Bucket.BucketArn)]),
        Allow("ReadZones", ["s3:GetObject"], [.. Zones.Select(zone => zone.Bucket.ArnForObjects("*"))]),
        Allow("ListResults", ["s3:GetBucketLocation", "s3:ListBucket"], props.Storage.Results.Bucket.BucketArn),
        Allow("WriteResults", ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"], props.Storage.Results.Bucket.ArnForObjects("*")),
        Allow("UseDataKey", ["kms:Decrypt", "kms:GenerateDataKey"], props.Storage.Key.Key.KeyArn),
    ];

    private IEnumerable<PolicyStatement> Send =>
    [
        Allow("SendEvents", ["kinesis:PutRecords"], Arn("kinesis", $"stream/{_names.StreamingStack}-*")),
        Allow("ExplainMissingEvents", ["firehose:DescribeDeliveryStream"], Arn("firehose", $"deliverystream/{_names.StreamingStack}-*")),
        .. props.Topics.Count > 0
            ? [
                Allow("PublishReadings", ["iot:Publish"], [.. props.Topics.Select(topic => Arn("iot", $"topic/{topic.TopicOf(Names.VerificationDevices)}"))]),
                Allow("ExplainMissingReadings", ["firehose:DescribeDeliveryStream"], Arn("firehose", $"deliverystream/{_names.IotStack}-*")),
            ]
            : Array.Empty<PolicyStatement>(),
        .. props.Replication switch
        {
            null => Array.Empty<PolicyStatement>(),
            ReplicationMode.Serverless => [Allow("ExplainMissingRows", ["dms:DescribeReplicationTableStatistics"], Dms("replication-config"))],
            _ => [Allow("ExplainMissingRows", ["dms:DescribeTableStatistics"], Dms("task"))],
        },
        Allow("RunWorkflows", ["glue:StartWorkflowRun"], Arn("glue", $"workflow/{_names.AnyWorkflow}")),
        Allow("SendFiles", ["s3:PutObject"], props.Storage.Landing.Bucket.ArnForObjects("*")),
        Allow("DeleteWhatWasSent", ["s3:DeleteObject"], [.. Zones.Select(zone => zone.Bucket.ArnForObjects("*"))]),
        Allow("DeletePartitionsOfWhatWasSent", ["glue:DeletePartition"],
            [Arn("glue", "catalog"), .. Written.Select(_names.Database).SelectMany(database => new[] { Arn("glue", $"database/{database}"), Arn("glue", $"table/{database}/*") })]),
    ];

    private string Arn(string service, string resource) => $"arn:{stack.Partition}:{service}:{stack.Region}:{stack.Account}:{resource}";

    private string Dms(string part) => $"arn:{stack.Partition}:dms:{stack.Region}:{stack.Account}:{part}:{_names.Replication("*")}";
}
