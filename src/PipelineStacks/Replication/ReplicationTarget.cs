using Amazon.CDK;
using Amazon.CDK.AWS.DMS;
using Amazon.CDK.AWS.IAM;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Replication;

/// <summary>What <see cref="ReplicationTarget"/> writes.</summary>
public sealed record ReplicationTargetProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The pipeline, whose folder the files go to.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The landing zone.</summary>
    public required Zone Zone { get; init; }

    /// <summary>What encrypts the files.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>
/// DMS's endpoint at the landing zone. The full load is written as if it were inserts, so that load and changes have the same columns; the changes
/// go to folders by the day of their commit. Deletions are written as well, which <c>CdcInsertsAndUpdates</c> would drop.
/// </summary>
public sealed class ReplicationTarget : Construct
{
    private readonly CfnEndpoint _endpoint;

    /// <summary>Creates the endpoint with the role that writes.</summary>
    public ReplicationTarget(Construct scope, string id, ReplicationTargetProps props)
        : base(scope, id)
    {
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("dms.amazonaws.com"),
            Description = $"DMS replicates {props.Pipeline} into the landing zone",
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Deliver"] = new(new PolicyDocumentProps { Statements = Statements(props, Stack.Of(this)) }),
            },
        });
        _endpoint = new CfnEndpoint(this, "Endpoint", new CfnEndpointProps
        {
            EndpointIdentifier = new Names(props.Settings.Name).Replication("target"),
            EndpointType = "target",
            EngineName = "s3",
            // The only mode that DMS knows for S3, whose requests are encrypted anyway.
            SslMode = "none",
            S3Settings = Settings(props, role.RoleArn),
        });
    }

    /// <summary>The ARN of the endpoint.</summary>
    public string Arn => _endpoint.Ref;

    private static CfnEndpoint.S3SettingsProperty Settings(ReplicationTargetProps props, string role)
    {
        var replication = props.Settings.Replication;
        var isCsv = replication.Format == FileFormat.Csv;
        return new CfnEndpoint.S3SettingsProperty
        {
            BucketName = props.Zone.Bucket.BucketName,
            BucketFolder = ReplicationFormat.Folder(props.Pipeline),
            ServiceAccessRoleArn = role,
            ExpectedBucketOwner = Amazon.CDK.Aws.ACCOUNT_ID,
            // From the first day: DMS can change from this to S3's own key later, and not back.
            EncryptionMode = "SSE_KMS",
            ServerSideEncryptionKmsKeyId = props.Key.Key.KeyArn,
            DataFormat = isCsv ? "csv" : "parquet",
            CompressionType = isCsv ? "NONE" : "GZIP",
            AddColumnName = isCsv ? true : null,
            CsvDelimiter = isCsv ? "," : null,
            CsvRowDelimiter = isCsv ? "\n" : null,
            CsvNullValue = isCsv ? ReplicationFormat.CsvNull : null,
            Rfc4180 = isCsv ? true : null,
            // Spark and Athena read milliseconds; the default of microseconds was wrong in one or the other for years.
            ParquetTimestampInMillisecond = isCsv ? null : true,
            ParquetVersion = isCsv ? null : "parquet-1-0",
            IncludeOpForFullLoad = true,
            TimestampColumnName = ReplicationFormat.TimestampColumn,
            // Else a row that is loaded after it was changed would look newer than its change.
            UseTaskStartTimeForFullLoadTimestamp = true,
            DatePartitionEnabled = true,
            DatePartitionSequence = "YYYYMMDD",
            DatePartitionDelimiter = "SLASH",
            CdcMaxBatchInterval = replication.BatchSeconds,
            CdcMinFileSize = replication.BatchKilobytes,
        };
    }

    private static PolicyStatement[] Statements(ReplicationTargetProps props, Stack stack)
    {
        var bucket = props.Zone.Bucket;
        PolicyStatement[] statements =
        [
            Allow("FindBucket", ["s3:GetBucketLocation", "s3:ListBucket"], bucket.BucketArn),
            Allow(
                "WriteObjects",
                ["s3:DeleteObject", "s3:GetObject", "s3:PutObject", "s3:PutObjectTagging"],
                bucket.ArnForObjects($"{ReplicationFormat.Folder(props.Pipeline)}/*")),
            UseKeyVia(stack, "UseKey", "s3", props.Key.Key.KeyArn, "kms:Decrypt", "kms:GenerateDataKey"),
        ];
        return props.Settings.Replication.Validation ? [.. statements, .. Validation(stack)] : statements;
    }

    // DMS makes a workgroup, a database and tables of its own, compares by them and deletes them.
    private static PolicyStatement[] Validation(Stack stack) =>
    [
        Allow(
            "ValidateByQueries",
            ["athena:CreateWorkGroup", "athena:GetQueryExecution", "athena:StartQueryExecution"],
            ArnOf(stack, "athena", "workgroup", "dms_validation_workgroup_for_task_*")),
        Allow(
            "ValidateInTables",
            ["glue:CreateDatabase", "glue:CreateTable", "glue:DeleteDatabase", "glue:DeleteTable", "glue:GetDatabase", "glue:GetTable", "glue:GetTables"],
            ArnOf(stack, "glue", "catalog", null),
            ArnOf(stack, "glue", "database", "aws_dms_s3_validation_*"),
            ArnOf(stack, "glue", "table", "aws_dms_s3_validation_*/*"),
            ArnOf(stack, "glue", "userDefinedFunction", "aws_dms_s3_validation_*/*")),
    ];

    private static string ArnOf(Stack stack, string service, string kind, string? name) =>
        stack.FormatArn(new ArnComponents { Service = service, Resource = kind, ResourceName = name });
}
