using System.Globalization;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>The conditions of GET, HEAD and, with a prefix of their own, of a copy's source.</summary>
internal static class ReadConditions
{
    /// <param name="prefix">Before the headers' names: empty, or <c>x-amz-copy-source-</c>.</param>
    /// <param name="notModified">Whether an unchanged object is an answer of its own, as for reads, or a failed condition.</param>
    public static void Check(S3Request request, string prefix, ObjectVersion version, bool notModified)
    {
        var match = request.Header(prefix + "If-Match");
        var noneMatch = request.Header(prefix + "If-None-Match");
        if (match is not null && !Names(match, version.ETag))
            throw S3Errors.PreconditionFailed(prefix + "If-Match");
        // An ETag says more than a date, so the date counts only where no ETag is given.
        if (match is null && Date(request, prefix + "If-Unmodified-Since") is { } unmodified && Seconds(version) > unmodified)
            throw S3Errors.PreconditionFailed(prefix + "If-Unmodified-Since");
        if (noneMatch is not null && Names(noneMatch, version.ETag))
            throw Unchanged(prefix + "If-None-Match", version, notModified);
        if (noneMatch is null && Date(request, prefix + "If-Modified-Since") is { } modified && Seconds(version) <= modified)
            throw Unchanged(prefix + "If-Modified-Since", version, notModified);
    }

    private static S3Exception Unchanged(string condition, ObjectVersion version, bool notModified) => !notModified
        ? S3Errors.PreconditionFailed(condition)
        : new("NotModified", "Not Modified", 304)
        {
            Headers = [("ETag", HeaderText.Quoted(version.ETag)), ("Last-Modified", HeaderText.Date(version.LastModified))],
        };

    private static bool Names(string header, string etag) =>
        header.Trim() == "*" || header.Split(',').Any(one => one.Trim().Trim('"') == etag);

    private static DateTimeOffset? Date(S3Request request, string header) =>
        DateTimeOffset.TryParse(request.Header(header), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;

    // Headers have no fractions of seconds.
    private static DateTimeOffset Seconds(ObjectVersion version) =>
        DateTimeOffset.FromUnixTimeSeconds(version.LastModified.ToUnixTimeSeconds());
}
