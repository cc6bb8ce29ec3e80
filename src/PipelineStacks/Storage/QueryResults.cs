using Amazon.CDK.AWS.S3;
using Constructs;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Storage;

/// <summary>What <see cref="QueryResults"/> is made of.</summary>
public sealed record QueryResultsProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What encrypts it.</summary>
    public required DataKey Key { get; init; }

    /// <summary>Where accesses are logged.</summary>
    public required AccessLogs AccessLogs { get; init; }
}

/// <summary>The bucket that Athena writes results to. It keeps no versions: a result can be had again.</summary>
public sealed class QueryResults : Construct
{
    /// <summary>Creates the bucket.</summary>
    public QueryResults(Construct scope, string id, QueryResultsProps props)
        : base(scope, id) => Bucket = new Bucket(this, "Bucket", new BucketProps
        {
            Encryption = BucketEncryption.KMS,
            EncryptionKey = props.Key.Key,
            BucketKeyEnabled = true,
            EnforceSSL = true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            ServerAccessLogsBucket = props.AccessLogs.Bucket,
            ServerAccessLogsPrefix = "results/",
            RemovalPolicy = props.Settings.DataRemovalPolicy(),
            LifecycleRules =
            [
                Lifecycle.Expiry("Expire", props.Settings.Lifecycle.QueryResultDays),
                Lifecycle.AbortUploads(props.Settings),
            ],
        }).KeepingItsPolicy(props.Settings);

    /// <summary>The bucket itself.</summary>
    public Bucket Bucket { get; }
}
