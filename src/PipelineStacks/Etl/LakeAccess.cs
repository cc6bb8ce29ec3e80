using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3.Assets;
using Constructs;
using PipelineStacks.Catalog;
using PipelineStacks.Storage;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Etl;

/// <summary>Statements about the lake, for roles that work in it. Each names its own tables and prefixes.</summary>
internal sealed class LakeAccess(Construct scope)
{
    private readonly Stack _stack = Stack.Of(scope);

    public static PolicyStatement FindBuckets(params Zone[] zones) =>
        Allow("FindBuckets", ["s3:GetBucketLocation", "s3:ListBucket"], [.. zones.Select(zone => zone.Bucket.BucketArn)]);

    public static PolicyStatement ReadObjects(string sid, Zone zone, IEnumerable<string> prefixes) => Allow(sid, ["s3:GetObject"], Objects(zone, prefixes));

    public static PolicyStatement ExchangeObjects(string sid, Zone zone, IEnumerable<string> prefixes) =>
        Allow(sid, ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"], Objects(zone, prefixes));

    public static PolicyStatement ReadAssets(IEnumerable<Asset> assets) =>
        Allow("ReadScripts", ["s3:GetObject"], [.. assets.Select(asset => asset.Bucket.ArnForObjects(asset.S3ObjectKey)).Distinct()]);

    public static PolicyStatement UseKey(DataKey key) => Allow("UseKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], key.Key.KeyArn);

    // Spark asks for the database default whatever it is told to read.
    public PolicyStatement ReadCatalog(IReadOnlyList<ZoneDatabase> databases, IEnumerable<string> tables) => Allow(
        "ReadCatalog",
        ["glue:BatchGetPartition", "glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
        [Glue("catalog"), Glue("database", "default"), .. databases.Select(database => Glue("database", database.FixedName)), .. tables]);

    public PolicyStatement RegisterPartitions(IReadOnlyList<ZoneDatabase> databases, IEnumerable<string> tables) => Allow(
        "RegisterPartitions",
        ["glue:BatchCreatePartition", "glue:BatchDeletePartition", "glue:BatchUpdatePartition"],
        [Glue("catalog"), .. databases.Select(database => Glue("database", database.FixedName)), .. tables]);

    public PolicyStatement DescribeTables(ZoneDatabase database, IEnumerable<string> tables) => Allow(
        "DescribeTables",
        ["glue:BatchCreatePartition", "glue:BatchUpdatePartition", "glue:CreateTable", "glue:UpdatePartition", "glue:UpdateTable"],
        [Glue("catalog"), Glue("database", database.FixedName), .. tables]);

    public string Table(ZoneDatabase database, string name) => Glue("table", $"{database.FixedName}/{name}");

    public string Ruleset(string name) => Glue("dataQualityRuleset", name);

    public string Job(string name) => Glue("job", name);

    // A role's policy can't name the role that it is part of, so that the beginning of the name, which CloudFormation makes, has to do.
    public PolicyStatement PassRoles(string id) => new(new PolicyStatementProps
    {
        Sid = "PassOwnRole",
        Actions = ["iam:PassRole"],
        Resources = [_stack.FormatArn(new ArnComponents { Service = "iam", Region = "", Resource = "role", ResourceName = $"{_stack.StackName}-{id}*" })],
        Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["iam:PassedToService"] = "glue.amazonaws.com" } },
    });

    /// <summary>Logs of Glue, which creates the groups itself, in the key of the security configuration.</summary>
    public PolicyStatement Log(string kind) => Allow(
        "Log",
        ["logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        _stack.FormatArn(new ArnComponents { Service = "logs", Resource = "log-group", ResourceName = $"/aws-glue/{kind}*", ArnFormat = ArnFormat.COLON_RESOURCE_NAME }));

    // The call takes no resource.
    public static PolicyStatement PutMetrics() => new(new PolicyStatementProps
    {
        Sid = "PutMetrics",
        Actions = ["cloudwatch:PutMetricData"],
        Resources = ["*"],
        Conditions = new Dictionary<string, object> { ["StringLike"] = new Dictionary<string, object> { ["cloudwatch:namespace"] = "Glue*" } },
    });

    private static string[] Objects(Zone zone, IEnumerable<string> prefixes) => [.. prefixes.Select(prefix => zone.Bucket.ArnForObjects($"{prefix}*"))];

    private string Glue(string kind, string? name = null) => _stack.FormatArn(new ArnComponents { Service = "glue", Resource = kind, ResourceName = name });
}
