using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.S3.Configuration;
using PipelineStacks.LocalCloud.Services.S3.Multipart;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>Carries out the lifecycle rules of all buckets at every midnight UTC, when days of objects are full.</summary>
internal sealed class LifecycleRunner(Buckets buckets, ObjectWriter writer, Notifications notifications, Callers callers, CloudClock clock)
    : IHostedService
{
    // A cloud that was off at midnight makes up for it, once it has started and has nothing else to do.
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(5);

    private IDisposable? _next;
    private bool _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _next = clock.After(AfterStart, "carrying out lifecycle rules", RunAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopped = true;
        _next?.Dispose();
        return Task.CompletedTask;
    }

    private Task RunAsync()
    {
        var now = clock.GetUtcNow();
        if (!_stopped)
            _next = clock.At(new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero), "carrying out lifecycle rules", RunAsync);
        foreach (var bucket in buckets.All)
            Run(bucket, now);
        return Task.CompletedTask;
    }

    private void Run(Bucket bucket, DateTimeOffset now)
    {
        var rules = bucket.Settings.LifecycleRules.Where(rule => rule.Enabled).ToList();
        if (rules.Count == 0)
            return;
        var call = callers.ForService(bucket.Record.Account, bucket.Record.Region, "s3.amazonaws.com");
        call.Authorize("s3:DeleteObject", bucket.Arn + "/*");
        var contents = bucket.Storage.Contents;
        foreach (var entry in contents.Objects.All)
        {
            RunCurrent(call, bucket, rules, entry, now);
            for (var i = 1; i < entry.Versions.Length; i++)
                RunNoncurrent(call, bucket, rules, entry, i, now);
        }

        foreach (var upload in contents.Uploads.Values)
            if (rules.Any(rule =>
                rule.AbortUploadsAfterDays is { } days && upload.Object.Key.StartsWith(rule.Prefix, StringComparison.Ordinal)
                && LifecycleTime.After(upload.Initiated, days) <= now))
                MultipartUploads.Abort(bucket, upload.Id);
    }

    private void RunCurrent(Call call, Bucket bucket, List<LifecycleRule> rules, KeyEntry entry, DateTimeOffset now)
    {
        var version = entry.Versions[0];
        var covering = rules.Where(rule => rule.Covers(version)).ToList();
        var expired = covering.Any(rule => rule.Expiration?.DueFor(version.LastModified) <= now);
        if (version.DeleteMarker)
        {
            // A delete marker has done its work once nothing is left behind it.
            if (entry.Versions.Length == 1 && (expired || covering.Any(rule => rule.ExpiredObjectDeleteMarker)))
                writer.Expire(call, bucket, version, current: false);
        }
        else if (expired)
        {
            writer.Expire(call, bucket, version, current: true);
        }
        else
        {
            var due = covering.SelectMany(rule => rule.Transitions)
                .Select(transition => (At: transition.When.DueFor(version.LastModified), transition.StorageClass));
            Transition(call, bucket, version, due, now);
        }
    }

    private void RunNoncurrent(Call call, Bucket bucket, List<LifecycleRule> rules, KeyEntry entry, int i, DateTimeOffset now)
    {
        var version = entry.Versions[i];
        var (since, newer) = (entry.Versions[i - 1].LastModified, i - 1);
        var covering = rules.Where(rule => rule.Covers(version)).ToList();
        if (covering.Any(rule => rule.NoncurrentExpiration is var (days, keep) && newer >= keep && LifecycleTime.After(since, days) <= now))
            writer.Expire(call, bucket, version, current: false);
        else if (!version.DeleteMarker)
            Transition(call, bucket, version, covering.SelectMany(rule => rule.NoncurrentTransitions)
                .Where(transition => newer >= transition.Keep)
                .Select(transition => (LifecycleTime.After(since, transition.Days), transition.StorageClass)), now);
    }

    // Content stays where it is; the class is what readers are told, and whether they may read at once.
    private void Transition(Call call, Bucket bucket, ObjectVersion version,
        IEnumerable<(DateTimeOffset At, string StorageClass)> transitions, DateTimeOffset now)
    {
        var latest = transitions.Where(transition => transition.At <= now).OrderBy(transition => transition.At).LastOrDefault();
        if (latest.StorageClass is null || latest.StorageClass == version.StorageClass)
            return;
        if (ObjectWriter.Change(bucket, version, old => old with { StorageClass = latest.StorageClass }) is { } changed)
            notifications.StorageClassChanged(call, bucket, changed);
    }
}
