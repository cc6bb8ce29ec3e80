using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>An object that a table's rows are read from, and the partition that it belongs to.</summary>
internal sealed record TableFile(StoredObject Object, Partition Partition)
{
    public string Uri => $"s3://{Object.Bucket}/{Object.Key}";

    /// <summary>An engine's message with the objects' names in the place of the local files that hold them.</summary>
    public static string Name(string message, IEnumerable<TableFile> files) =>
        files.Where(file => message.Contains(file.Object.File, StringComparison.Ordinal)).Aggregate(message, (named, file) => named.Replace(file.Object.File, file.Uri, StringComparison.Ordinal));

    /// <summary>DuckDB's name of the compression that the key's extension says, as Athena goes by the extension.</summary>
    public string Compression => Path.GetExtension(Object.Key).ToLowerInvariant() switch
    {
        ".gz" or ".gzip" => "gzip",
        ".zst" => "zstd",
        ".bz2" or ".snappy" or ".lz4" or ".lzo" or ".deflate" => throw Trino.SqlException.NotSupported($"The compression of {Uri}"),
        _ => "uncompressed",
    };
}

/// <summary>A partition that a query reads.</summary>
/// <param name="Values">The values as DuckDB's SQL, in the order of the table's keys.</param>
/// <param name="Location">Where its objects are: <c>s3://bucket/prefix/</c>.</param>
internal sealed record Partition(IReadOnlyList<string> Values, string Location);
