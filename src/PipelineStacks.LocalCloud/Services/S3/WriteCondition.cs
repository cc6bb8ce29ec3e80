using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>What the key must show for a write to happen, from <c>If-Match</c> and <c>If-None-Match</c>.</summary>
internal sealed record WriteCondition(string? IfMatch, string? IfNoneMatch)
{
    public static readonly WriteCondition None = new(null, null);

    public void Check(string key, ObjectVersion? current)
    {
        if (IfNoneMatch is not null && current is not null)
            throw S3Errors.PreconditionFailed("If-None-Match");
        if (IfMatch is null)
            return;
        if (current is null)
            throw S3Errors.NoSuchKey(key);
        if (IfMatch != "*" && IfMatch.Trim('"') != current.ETag)
            throw S3Errors.PreconditionFailed("If-Match");
    }
}
