using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>What a deletion did.</summary>
/// <param name="Marker">The version made or removed is a delete marker.</param>
/// <param name="VersionId">Its version id; null in a bucket that was never versioned.</param>
internal sealed record Deletion(bool Marker, string? VersionId);

/// <summary>
/// The one way by which contents change: conditions, versioning and events are the same whoever writes. Who calls has
/// authorised the call.
/// </summary>
internal sealed class ObjectWriter(CloudClock clock, Notifications notifications)
{
    private const string VersionIdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Makes content on disk the newest version of its key.</summary>
    /// <param name="described">Everything but the version id, the time and, where the bucket decides, the encryption.</param>
    /// <param name="reason">As the event names it: PutObject, CopyObject, CompleteMultipartUpload.</param>
    /// <param name="endsUpload">The multipart upload that this completes.</param>
    public ObjectVersion Put(Call call, Bucket bucket, ObjectVersion described, WriteCondition condition, string reason,
        string? endsUpload = null)
    {
        ObjectVersion? put = null;
        Commit(bucket, contents =>
        {
            condition.Check(described.Key, contents.Objects.Find(described.Key)?.Current);
            if (endsUpload is not null && !contents.Uploads.ContainsKey(endsUpload))
                throw S3Errors.NoSuchUpload(endsUpload);
            put = described with
            {
                VersionId = NewVersionId(bucket),
                LastModified = clock.GetUtcNow(),
                Encryption = described.Encryption ?? bucket.Settings.Encryption,
            };
            return new JournalEntry { Put = put, End = endsUpload };
        });
        notifications.Created(call, bucket, put!, reason);
        return put!;
    }

    public Deletion Delete(Call call, Bucket bucket, string key, string? versionId, WriteCondition condition)
    {
        if (versionId is not null)
            return DeleteVersion(call, bucket, key, versionId, condition);
        if (bucket.Settings.Versioning == Versioning.Never)
        {
            DeleteVersion(call, bucket, key, ObjectVersion.NullVersion, condition);
            return new(false, null);
        }

        ObjectVersion? marker = null;
        Commit(bucket, contents =>
        {
            condition.Check(key, contents.Objects.Find(key)?.Current);
            marker = NewMarker(bucket, key);
            return new JournalEntry { Put = marker };
        });
        notifications.Deleted(call, bucket, marker!, "DeleteObject", markerCreated: true);
        return new(true, marker!.VersionId);
    }

    /// <summary>Ends a version's life by a lifecycle rule, unless it was replaced meanwhile.</summary>
    /// <param name="current">The version is what the key shows: where versions are kept, a delete marker hides it.</param>
    public void Expire(Call call, Bucket bucket, ObjectVersion version, bool current)
    {
        var hide = current && bucket.Settings.Versioning != Versioning.Never;
        ObjectVersion? announced = null;
        Commit(bucket, contents =>
        {
            var entry = contents.Objects.Find(version.Key);
            if (entry?.Version(version.VersionId) != version || (current && entry.Versions[0] != version))
                return null;
            announced = hide ? NewMarker(bucket, version.Key) : version;
            return hide ? new() { Put = announced } : new() { Remove = new(version.Key, version.VersionId) };
        });
        if (announced is not null)
            notifications.Deleted(call, bucket, announced, "Lifecycle Expiration", markerCreated: hide);
    }

    /// <summary>Changes what may change of a version: tags, storage class.</summary>
    /// <returns>Null when the version is gone.</returns>
    public static ObjectVersion? Change(Bucket bucket, ObjectVersion version, Func<ObjectVersion, ObjectVersion> change)
    {
        ObjectVersion? changed = null;
        Commit(bucket, contents =>
        {
            if (contents.Objects.Find(version.Key)?.Version(version.VersionId) is not { } now)
                return null;
            changed = change(now);
            return new JournalEntry { Change = changed };
        });
        return changed;
    }

    public static void Commit(Bucket bucket, Func<BucketContents, JournalEntry?> decide)
    {
        if (!bucket.Storage.TryCommit(decide))
            throw S3Errors.NoSuchBucket(bucket.Name);
    }

    private Deletion DeleteVersion(Call call, Bucket bucket, string key, string versionId, WriteCondition condition)
    {
        ObjectVersion? removed = null;
        Commit(bucket, contents =>
        {
            var entry = contents.Objects.Find(key);
            condition.Check(key, entry?.Current);
            removed = entry?.Version(versionId);
            return removed is null ? null : new JournalEntry { Remove = new(key, versionId) };
        });
        if (removed is not null)
            notifications.Deleted(call, bucket, removed, "DeleteObject", markerCreated: false);
        return new(removed?.DeleteMarker ?? false, versionId);
    }

    private ObjectVersion NewMarker(Bucket bucket, string key) =>
        new() { Key = key, VersionId = NewVersionId(bucket), LastModified = clock.GetUtcNow(), DeleteMarker = true };

    private static string NewVersionId(Bucket bucket) =>
        bucket.Settings.Versioning == Versioning.Enabled
            ? RandomNumberGenerator.GetString(VersionIdCharacters, 32)
            : ObjectVersion.NullVersion;
}
