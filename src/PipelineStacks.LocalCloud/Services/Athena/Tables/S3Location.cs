namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>A place in S3: <c>s3://bucket/prefix/</c>.</summary>
internal readonly record struct S3Location(string Bucket, string Prefix)
{
    /// <returns>Null for what is no such place.</returns>
    public static S3Location? Parse(string uri)
    {
        var start = uri.IndexOf("://", StringComparison.Ordinal);
        if (start < 0 || uri[..start] is not ("s3" or "s3a" or "s3n"))
            return null;
        var rest = uri[(start + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return rest.Length == 0 || slash == 0 ? null : slash < 0 ? new(rest, "") : new(rest[..slash], rest[(slash + 1)..]);
    }

    /// <summary>The place as a folder, whose name ends in a slash.</summary>
    public S3Location Folder => Prefix.Length == 0 || Prefix.EndsWith('/') ? this : this with { Prefix = Prefix + "/" };

    public override string ToString() => $"s3://{Bucket}/{Prefix}";
}
