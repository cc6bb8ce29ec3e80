using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using PipelineStacks.Model;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Storage;

/// <summary>The lifecycle rules of the buckets.</summary>
internal static class Lifecycle
{
    public static ILifecycleRule Expiry(string id, int days, string? prefix = null) =>
        new LifecycleRule { Id = id, Prefix = prefix, Expiration = Duration.Days(days) };

    public static ILifecycleRule AbortUploads(EnvironmentSettings settings) => new LifecycleRule
    {
        Id = "AbortIncompleteUploads",
        AbortIncompleteMultipartUploadAfter = Duration.Days(settings.Lifecycle.IncompleteUploadDays),
    };

    public static ILifecycleRule[] OfZone(ZoneName zone, ZoneLifecycle lifecycle, EnvironmentSettings settings)
    {
        List<ILifecycleRule> rules = [Noncurrent(lifecycle.NoncurrentDays), AbortUploads(settings)];
        if (Transitions(lifecycle) is { Length: > 0 } transitions)
            rules.Add(new LifecycleRule { Id = "Transition", Transitions = transitions });
        if (lifecycle.ExpireDays > 0)
            rules.Add(Expiry("Expire", lifecycle.ExpireDays));
        if (zone == ZoneName.Landing)
        {
            rules.Add(Expiry("ExpireQuarantine", settings.Lifecycle.QuarantineDays, Names.QuarantinePrefix));
            rules.Add(Expiry("ExpireSourceBackup", settings.Lifecycle.SourceBackupDays, Names.SourceBackupPrefix));
        }
        return [.. rules];
    }

    // The delete markers that expiry leaves in a versioned bucket slow listings down until they go as well.
    private static LifecycleRule Noncurrent(int days) =>
        new() { Id = "ExpireNoncurrentVersions", NoncurrentVersionExpiration = Duration.Days(days), ExpiredObjectDeleteMarker = true };

    private static ITransition[] Transitions(ZoneLifecycle lifecycle) =>
    [
        .. Transition(StorageClass.INFREQUENT_ACCESS, lifecycle.InfrequentAccessDays),
        // Instant Retrieval is the one class of Glacier that Athena reads without a restore.
        .. Transition(StorageClass.GLACIER_INSTANT_RETRIEVAL, lifecycle.GlacierDays),
    ];

    private static IEnumerable<ITransition> Transition(StorageClass storageClass, int days) =>
        days > 0 ? [new Transition { StorageClass = storageClass, TransitionAfter = Duration.Days(days) }] : [];
}
