using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary>How the rows of a table lie in its objects, as CREATE TABLE says it.</summary>
internal sealed class StorageFormat
{
    public const string Lazy = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";

    public string Serde { get; set; } = Lazy;

    public string InputFormat { get; set; } = "org.apache.hadoop.mapred.TextInputFormat";

    public string OutputFormat { get; set; } = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

    public SortedDictionary<string, string> Properties { get; } = new(StringComparer.Ordinal);

    /// <returns>False for a format that can't be read here.</returns>
    public bool StoredAs(string format)
    {
        switch (format.ToUpperInvariant())
        {
            case "TEXTFILE":
                return true;
            case "PARQUET":
                Serde = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
                InputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
                OutputFormat = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
                return true;
            default:
                return false;
        }
    }

    public StorageDescriptor Describe(IReadOnlyList<Glue.Column> columns, string location) => new()
    {
        Columns = columns,
        Location = location,
        InputFormat = InputFormat,
        OutputFormat = OutputFormat,
        SerdeInfo = new() { SerializationLibrary = Serde, Parameters = Properties },
    };
}
