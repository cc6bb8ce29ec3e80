namespace PipelineStacks.Cli.Verify;

/// <summary>Bucket and key of a place such as <c>s3://bucket/folder/file</c>.</summary>
internal static class S3Uri
{
    private const string Scheme = "s3://";

    // Not by Uri: what it would decode, or take for a query, is a part of the key.
    public static (string Bucket, string Key) Split(string place)
    {
        if (!place.StartsWith(Scheme, StringComparison.Ordinal) || place.IndexOf('/', Scheme.Length) is not (> 0 and var slash))
            throw new FormatException($"{place} is not a place such as s3://bucket/key.");
        return (place[Scheme.Length..slash], place[(slash + 1)..]);
    }
}
