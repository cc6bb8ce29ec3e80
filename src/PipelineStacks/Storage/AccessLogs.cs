using Amazon.CDK.AWS.S3;
using Constructs;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Storage;

/// <summary>What <see cref="AccessLogs"/> is made for.</summary>
public sealed record AccessLogsProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }
}

/// <summary>
/// The bucket that S3 writes access logs to. It has S3's own encryption because log delivery can't use a customer's key, and no versions
/// because nobody overwrites logs.
/// </summary>
public sealed class AccessLogs : Construct
{
    /// <summary>Creates the bucket.</summary>
    public AccessLogs(Construct scope, string id, AccessLogsProps props)
        : base(scope, id) => Bucket = new Bucket(this, "Bucket", new BucketProps
        {
            Encryption = BucketEncryption.S3_MANAGED,
            EnforceSSL = true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            RemovalPolicy = props.Settings.DataRemovalPolicy(),
            LifecycleRules =
            [
                Lifecycle.Expiry("Expire", props.Settings.Lifecycle.AccessLogDays),
                Lifecycle.AbortUploads(props.Settings),
            ],
        }).KeepingItsPolicy(props.Settings);

    /// <summary>The bucket itself.</summary>
    public Bucket Bucket { get; }
}
