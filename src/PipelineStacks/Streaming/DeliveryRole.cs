using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Streaming;

/// <summary>
/// What Firehose may do for one delivery stream. The policies are part of the role, since a delivery stream that is created before its role's
/// policy is attached fails, and CloudFormation knows of no order between the two.
/// </summary>
public sealed class DeliveryRole : Construct
{
    /// <summary>Creates the role for what <paramref name="props"/> connect.</summary>
    public DeliveryRole(Construct scope, string id, ParquetDeliveryProps props, DeliveryLog log)
        : base(scope, id) => Role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("firehose.amazonaws.com"),
            Description = $"Firehose delivers {props.Dataset.Name} into the landing zone",
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Deliver"] = new(new PolicyDocumentProps { Statements = Statements(props, log, Stack.Of(this)) }),
            },
        });

    /// <summary>The role itself.</summary>
    public Role Role { get; }

    private static PolicyStatement[] Statements(ParquetDeliveryProps props, DeliveryLog log, Stack stack)
    {
        var bucket = props.Destination.Bucket;
        var dataset = props.Dataset.Name;
        return
        [
            .. props.Source is { } source
                ? [Allow("ReadStream", ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"], source.Stream.StreamArn)]
                : Array.Empty<PolicyStatement>(),
            Allow("FindBucket", ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], bucket.BucketArn),
            Allow(
                "WriteObjects",
                ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"],
                [.. Prefixes(props).Select(prefix => bucket.ArnForObjects($"{prefix}{dataset}/*"))]),
            Allow("ReadSchema", ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"], Schema(props, stack)),
            Encrypt(props, stack),
            Allow("ReportErrors", ["logs:PutLogEvents"], log.StreamArn),
        ];
    }

    private static string[] Prefixes(ParquetDeliveryProps props) =>
        props.Settings.Delivery.SourceBackup ? ["", Names.QuarantinePrefix, Names.SourceBackupPrefix] : ["", Names.QuarantinePrefix];

    private static string[] Services(ParquetDeliveryProps props) => props.Source is null ? ["s3"] : ["kinesis", "s3"];

    private static string[] Schema(ParquetDeliveryProps props, Stack stack) =>
    [
        Glue(stack, "catalog", null),
        Glue(stack, "database", props.Table.Database.Name),
        Glue(stack, "table", $"{props.Table.Database.Name}/{props.Table.Name}"),
    ];

    private static string Glue(Stack stack, string kind, string? name) =>
        stack.FormatArn(new ArnComponents { Service = "glue", Resource = kind, ResourceName = name });

    private static PolicyStatement Encrypt(ParquetDeliveryProps props, Stack stack) =>
        UseKeyVia(stack, "UseKey", Services(props), props.Key.Key.KeyArn, "kms:Decrypt", "kms:GenerateDataKey");
}
