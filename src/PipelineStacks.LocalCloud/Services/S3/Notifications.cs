using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>
/// Announces changes on the owner's event bus, where the bucket is configured to:
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html"/>.
/// </summary>
internal sealed class Notifications(CloudClock clock, IServiceProvider services)
{
    // Asked for when there is something to say: the bus's targets may in turn write objects.
    private readonly Lazy<IEventBus?> _bus = new(services.GetService<IEventBus>);
    private long _sequencer;

    public void Created(Call call, Bucket bucket, ObjectVersion version, string reason)
    {
        if (bucket.Settings.EventBridge)
            Publish(call, bucket, version, "Object Created", Client(new JsonObject { ["reason"] = reason }));
    }

    /// <param name="reason">DeleteObject or Lifecycle Expiration.</param>
    public void Deleted(Call call, Bucket bucket, ObjectVersion version, string reason, bool markerCreated)
    {
        if (!bucket.Settings.EventBridge)
            return;
        var more = new JsonObject
        {
            ["reason"] = reason,
            ["deletion-type"] = markerCreated ? "Delete Marker Created" : "Permanently Deleted",
        };
        Publish(call, bucket, version, "Object Deleted", reason == "DeleteObject" ? Client(more) : more);
    }

    public void TagsChanged(Call call, Bucket bucket, ObjectVersion version)
    {
        if (bucket.Settings.EventBridge)
            Publish(call, bucket, version, version.Tags is null ? "Object Tags Deleted" : "Object Tags Added", Client([]));
    }

    public void StorageClassChanged(Call call, Bucket bucket, ObjectVersion version)
    {
        if (bucket.Settings.EventBridge)
            Publish(call, bucket, version, "Object Storage Class Changed",
                new JsonObject { ["destination-storage-class"] = version.StorageClass });
    }

    // The cloud listens on the loopback address only.
    private static JsonObject Client(JsonObject more)
    {
        more["source-ip-address"] = "127.0.0.1";
        return more;
    }

    private void Publish(Call call, Bucket bucket, ObjectVersion version, string detailType, JsonObject more)
    {
        var about = new JsonObject { ["key"] = version.Key };
        if (!version.DeleteMarker)
        {
            about["size"] = version.Size;
            about["etag"] = version.ETag;
        }

        if (bucket.Settings.Versioning != Versioning.Never)
            about["version-id"] = version.VersionId;
        about["sequencer"] = NextSequencer().ToString("X16", CultureInfo.InvariantCulture);
        var service = call.Principal.Arn.EndsWith(".amazonaws.com", StringComparison.Ordinal);
        var detail = new JsonObject
        {
            ["version"] = "0",
            ["bucket"] = new JsonObject { ["name"] = bucket.Name },
            ["object"] = about,
            ["request-id"] = call.RequestId,
            ["requester"] = service ? call.Principal.Arn : call.Account,
        };
        foreach (var (name, value) in more.ToArray())
            detail[name] = value?.DeepClone();
        _bus.Value?.Publish(bucket.Record.Account, bucket.Record.Region, "aws.s3", detailType, [bucket.Arn], detail);
    }

    // Grows with every event, also where the clock stands still.
    private long NextSequencer()
    {
        while (true)
        {
            var last = Volatile.Read(ref _sequencer);
            var next = Math.Max(last + 1, clock.GetUtcNow().Ticks);
            if (Interlocked.CompareExchange(ref _sequencer, next, last) == last)
                return next;
        }
    }
}
