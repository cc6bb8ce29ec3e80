using PipelineStacks.LocalCloud.Services.S3.Http;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>What a bucket's lifecycle rules mean for an object.</summary>
internal static class Lifecycle
{
    /// <summary>The header <c>x-amz-expiration</c>; null where no rule will expire the object.</summary>
    public static string? ExpirationHeader(Bucket bucket, ObjectVersion version)
    {
        var next = bucket.Settings.LifecycleRules.Where(rule => rule.Expiration is not null && rule.Covers(version))
            .Select(rule => (Due: rule.Expiration!.DueFor(version.LastModified), rule.Id)).OrderBy(due => due.Due).FirstOrDefault();
        return next.Id is null ? null : $"expiry-date=\"{HeaderText.Date(next.Due)}\", rule-id=\"{Uri.EscapeDataString(next.Id)}\"";
    }
}
