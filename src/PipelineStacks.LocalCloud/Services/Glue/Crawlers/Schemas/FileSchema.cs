namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

/// <summary>What a classifier found in a file.</summary>
/// <param name="Records">How many there are, estimated where only the file's beginning was read.</param>
internal sealed record FileSchema(FileFormat Format, IReadOnlyList<InferredColumn> Columns, long Records)
{
    // Shares of columns that go by the same name in both, of all: AWS names the threshold and not the measure.
    private const double Similar = 0.7;

    /// <summary>Whether they are similar enough to be one table's.</summary>
    /// <param name="combine">Whether the format alone decides.</param>
    public bool IsSimilarTo(FileSchema other, bool combine)
    {
        if (Format.Key != other.Format.Key)
            return false;
        if (combine || Columns.Count + other.Columns.Count == 0)
            return true;
        var shared = Columns.Select(column => column.Name).Intersect(other.Columns.Select(column => column.Name)).Count();
        return 2.0 * shared / (Columns.Count + other.Columns.Count) >= Similar;
    }

    public FileSchema Merge(FileSchema other) => new(
        Format with { IsQuoted = Format.IsQuoted || other.Format.IsQuoted, HasHeader = Format.HasHeader || other.Format.HasHeader },
        InferredColumn.Merge(Columns, other.Columns), Records + other.Records);
}

/// <param name="Classification">csv, json or parquet.</param>
/// <param name="Compression">As Glue's <c>compressionType</c>: none or gzip.</param>
internal sealed record FileFormat(string Classification, string Compression = "none")
{
    public char? Delimiter { get; init; }

    public char? Quote { get; init; }

    public bool HasHeader { get; init; }

    /// <summary>Whether values are quoted in the data.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>Whether a custom classifier chose OpenCSVSerde.</summary>
    public bool IsOpenCsv { get; init; }

    /// <summary>What files must have in common to be read by one SerDe.</summary>
    public (string Classification, string Compression, char? Delimiter, bool IsOpenCsv) Key => (Classification, Compression, Delimiter, IsOpenCsv);
}
