using Amazon.CDK.AWS.S3;
using Constructs;
using PipelineStacks.Model;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Storage;

/// <summary>What <see cref="Zone"/> is made of.</summary>
public sealed record ZoneProps
{
    /// <summary>Which zone it is.</summary>
    public required ZoneName Name { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>How long its objects stay, and where.</summary>
    public required ZoneLifecycle Lifecycle { get; init; }

    /// <summary>What encrypts it.</summary>
    public required DataKey Key { get; init; }

    /// <summary>Where accesses are logged.</summary>
    public required AccessLogs AccessLogs { get; init; }
}

/// <summary>The bucket of a zone. S3 names it, so that one which was retained never stands in the way of the next.</summary>
public sealed class Zone : Construct
{
    /// <summary>Creates the bucket.</summary>
    public Zone(Construct scope, string id, ZoneProps props)
        : base(scope, id)
    {
        Name = props.Name;
        Bucket = new Bucket(this, "Bucket", new BucketProps
        {
            Encryption = BucketEncryption.KMS,
            EncryptionKey = props.Key.Key,
            BucketKeyEnabled = true,
            EnforceSSL = true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            Versioned = true,
            ServerAccessLogsBucket = props.AccessLogs.Bucket,
            ServerAccessLogsPrefix = $"{props.Name.ToString().ToLowerInvariant()}/",
            RemovalPolicy = props.Settings.DataRemovalPolicy(),
            LifecycleRules = PipelineStacks.Storage.Lifecycle.OfZone(props.Name, props.Lifecycle, props.Settings),
        }).KeepingItsPolicy(props.Settings);

        // The construct's own switch for this would add a Lambda, on a runtime that is near its end.
        ((CfnBucket)Bucket.Node.DefaultChild!).AddPropertyOverride("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
    }

    /// <summary>Which zone it is.</summary>
    public ZoneName Name { get; }

    /// <summary>The bucket itself.</summary>
    public Bucket Bucket { get; }
}
