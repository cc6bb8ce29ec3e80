using Amazon.CDK.AWS.Glue;
using Constructs;
using PipelineStacks.Model.Datasets;
using static Amazon.CDK.AWS.Glue.CfnTable;

namespace PipelineStacks.Catalog;

/// <summary>What <see cref="ZoneTable"/> describes.</summary>
public sealed record ZoneTableProps
{
    /// <summary>The database, with the zone that holds the objects.</summary>
    public required ZoneDatabase Database { get; init; }

    /// <summary>The table.</summary>
    public required TableDefinition Definition { get; init; }
}

/// <summary>
/// A Glue table of a layout that is known, so that nobody crawls it. Partitions of the landing zone are computed by Athena; those of the other zones
/// are registered by the jobs, which is how a job exchanges files at once.
/// </summary>
public sealed class ZoneTable : Construct
{
    private readonly CfnTable _table;

    /// <summary>Creates the table.</summary>
    public ZoneTable(Construct scope, string id, ZoneTableProps props)
        : base(scope, id)
    {
        Database = props.Database;
        FixedName = props.Definition.Name;
        Prefix = props.Definition.Prefix;
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

    /// <summary>The name as it can be written into SQL.</summary>
    public string FixedName { get; }

    /// <summary>Where in the zone its objects are, with a slash at the end.</summary>
    public string Prefix { get; }

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
        var projections = definition.Partitions.Where(partition => partition.Projection is not null).ToList();
        if (projections.Count > 0)
        {
            parameters["projection.enabled"] = "true";
            parameters["storage.location.template"] = partitionLocation;
        }
        foreach (var partition in projections)
        {
            foreach (var (key, value) in partition.Projection!.Parameters)
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
