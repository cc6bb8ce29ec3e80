using Amazon.CDK.AWS.Glue;
using Constructs;
using PipelineStacks.Model.Datasets;
using static Amazon.CDK.AWS.Glue.CfnTable;

namespace PipelineStacks.Catalog;

/// <summary>What <see cref="ProjectedTable"/> describes.</summary>
public sealed record ProjectedTableProps
{
    /// <summary>The database, with the zone that holds the objects.</summary>
    public required ZoneDatabase Database { get; init; }

    /// <summary>The table.</summary>
    public required TableDefinition Definition { get; init; }
}

/// <summary>A Glue table whose partitions, where it has any, Athena computes: nobody crawls it and no partition is ever registered.</summary>
public sealed class ProjectedTable : Construct
{
    private readonly CfnTable _table;

    /// <summary>Creates the table.</summary>
    public ProjectedTable(Construct scope, string id, ProjectedTableProps props)
        : base(scope, id)
    {
        Database = props.Database;
        var definition = props.Definition;
        var bucket = props.Database.Zone.Bucket;
        _table = new CfnTable(this, "Table", new CfnTableProps
        {
            CatalogId = Amazon.CDK.Aws.ACCOUNT_ID,
            DatabaseName = props.Database.Name,
            TableInput = new TableInputProperty
            {
                Name = definition.Name,
                Description = definition.Description,
                TableType = "EXTERNAL_TABLE",
                Parameters = Parameters(definition, bucket.S3UrlForObject(definition.PartitionPrefix)),
                PartitionKeys = definition.Partitions.Select(partition => Column(partition.Column)).ToArray(),
                StorageDescriptor = Storage(definition, bucket.S3UrlForObject(definition.Prefix)),
            },
        });
    }

    /// <summary>The database.</summary>
    public ZoneDatabase Database { get; }

    /// <summary>The name as CloudFormation knows it: who uses it comes after the table.</summary>
    public string Name => _table.Ref;

    // The SerDe's own escape is a backslash, which would eat those in the data; DMS doubles quotes instead.
    private static Dictionary<string, string> Quoting { get; } = new() { ["separatorChar"] = ",", ["quoteChar"] = "\"", ["escapeChar"] = "\"" };

    private static SortedDictionary<string, string> Parameters(TableDefinition definition, string partitionLocation)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["EXTERNAL"] = "TRUE",
            ["classification"] = definition.Format.ToString().ToLowerInvariant(),
        };
        if (definition.Format == TableFormat.Csv)
            parameters["skip.header.line.count"] = "1";
        if (definition.Partitions.Count > 0)
        {
            parameters["projection.enabled"] = "true";
            parameters["storage.location.template"] = partitionLocation;
        }
        foreach (var partition in definition.Partitions)
        {
            foreach (var (key, value) in partition.Projection.Parameters)
                parameters[$"projection.{partition.Column.Name}.{key}"] = value;
        }
        return parameters;
    }

    private static StorageDescriptorProperty Storage(TableDefinition definition, string location)
    {
        var (input, output, library) = Format(definition.Format);
        return new StorageDescriptorProperty
        {
            Columns = definition.Columns.Select(Column).ToArray(),
            Location = location,
            InputFormat = input,
            OutputFormat = output,
            SerdeInfo = new SerdeInfoProperty
            {
                SerializationLibrary = library,
                Parameters = definition.Format == TableFormat.Csv ? Quoting : new() { ["serialization.format"] = "1" },
            },
        };
    }

    private static (string Input, string Output, string Library) Format(TableFormat format) => format switch
    {
        TableFormat.Parquet => (
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"),
        TableFormat.Csv => (
            "org.apache.hadoop.mapred.TextInputFormat",
            "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            "org.apache.hadoop.hive.serde2.OpenCSVSerde"),
        _ => (
            "org.apache.hadoop.mapred.TextInputFormat",
            "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            "org.openx.data.jsonserde.JsonSerDe"),
    };

    private static object Column(TableColumn column) => new ColumnProperty { Name = column.Name, Type = column.Type, Comment = column.Description };
}
