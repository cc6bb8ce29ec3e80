using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Delivery;

/// <summary>What <see cref="ArtifactStore"/> is made for.</summary>
public sealed record ArtifactStoreProps
{
    /// <summary>The delivery.</summary>
    public required PromotionSettings Settings { get; init; }
}

/// <summary>
/// The bucket by which the pipeline's actions hand on what they made, where the last assembly that was deployed everywhere stays, and the guard's
/// reports. Other accounts read from it, which only a key of our own allows.
/// </summary>
public sealed class ArtifactStore : Construct
{
    /// <summary>The prefix of the last assembly that got through all stages.</summary>
    public const string Deployed = "deployed/";

    /// <summary>The prefix of the guard's reports.</summary>
    public const string Reports = "guard/";

    /// <summary>Creates bucket and key.</summary>
    public ArtifactStore(Construct scope, string id, ArtifactStoreProps props)
        : base(scope, id)
    {
        // Without it nothing that a run of the pipeline left could be read or rolled back to.
        Key = new Key(this, "Key", new KeyProps { Description = "Encrypts what the delivery hands on", EnableKeyRotation = true, RemovalPolicy = RemovalPolicy.RETAIN });
        var logs = Keep(new Bucket(this, "AccessLogs", new BucketProps
        {
            Encryption = BucketEncryption.S3_MANAGED,
            EnforceSSL = true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            RemovalPolicy = RemovalPolicy.RETAIN,
            LifecycleRules = [Expiry("Expire", 365), AbortUploads],
        }));
        Bucket = Keep(new Bucket(this, "Bucket", new BucketProps
        {
            Encryption = BucketEncryption.KMS,
            EncryptionKey = Key,
            BucketKeyEnabled = true,
            EnforceSSL = true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            Versioned = true,
            ServerAccessLogsBucket = logs,
            RemovalPolicy = RemovalPolicy.RETAIN,
            LifecycleRules =
            [
                // CodePipeline puts its artifacts under the first 20 letters of the pipeline's name; what is deployed stays.
                Expiry("ExpireArtifacts", props.Settings.ArtifactDays, $"{Names.DeliveryStack[..Math.Min(20, Names.DeliveryStack.Length)]}/"),
                Expiry("ExpireReports", props.Settings.ArtifactDays, Reports),
                new LifecycleRule { Id = "ExpireNoncurrentVersions", NoncurrentVersionExpiration = Duration.Days(props.Settings.ArtifactDays), ExpiredObjectDeleteMarker = true },
                AbortUploads,
            ],
        }));
    }

    /// <summary>The bucket itself.</summary>
    public Bucket Bucket { get; }

    /// <summary>What encrypts it.</summary>
    public Key Key { get; }

    private static LifecycleRule AbortUploads => new() { Id = "AbortIncompleteUploads", AbortIncompleteMultipartUploadAfter = Duration.Days(7) };

    private static LifecycleRule Expiry(string id, int days, string? prefix = null) => new() { Id = id, Prefix = prefix, Expiration = Duration.Days(days) };

    // A bucket that outlives its stack would otherwise lose the policy that refuses requests without TLS.
    private static Bucket Keep(Bucket bucket)
    {
        bucket.Policy!.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
        return bucket;
    }
}
