using System.Globalization;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>Tables and partitions as crawlers write them into the catalog.</summary>
internal static class TableShape
{
    public const string UpdatedBy = "UPDATED_BY_CRAWLER";
    public const string DeprecatedBy = "DEPRECATED_BY_CRAWLER";

    public static TableInput Table(Crawler crawler, string name, FoundTable found, IReadOnlyList<Column> columns)
    {
        var parameters = Parameters(found.Schema, found.Parts.Sum(part => part.Bytes), found.Parts.Sum(part => part.Objects));
        parameters[UpdatedBy] = crawler.Name;
        if (found.Depth > 0)
            parameters["partition_filtering.enabled"] = "true";
        return new()
        {
            Name = name,
            Owner = "owner",
            Retention = 0,
            TableType = "EXTERNAL_TABLE",
            StorageDescriptor = Storage(found.Location, found.Schema, columns, parameters),
            PartitionKeys = [.. found.Keys().Select(key => new Column { Name = key, Type = "string" })],
            Parameters = parameters,
        };
    }

    public static PartitionInput Partition(FoundTable table, FoundPart part, IReadOnlyList<Column> columns, FileSchema schema)
    {
        var parameters = Parameters(schema with { Records = part.Schema.Records }, part.Bytes, part.Objects);
        return new()
        {
            Values = table.ValuesOf(part),
            Parameters = parameters,
            StorageDescriptor = Storage(part.Location, schema, columns, parameters),
        };
    }

    public static IReadOnlyList<Column> Columns(FileSchema schema) =>
        [.. schema.Columns.Select(column => new Column { Name = column.Name, Type = column.Type.Hive })];

    private static StorageDescriptor Storage(string location, FileSchema schema, IReadOnlyList<Column> columns, SortedDictionary<string, string> parameters)
    {
        var isParquet = schema.Format.Classification == "parquet";
        return new()
        {
            Columns = columns,
            Location = location,
            InputFormat = isParquet ? "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat" : "org.apache.hadoop.mapred.TextInputFormat",
            OutputFormat = isParquet ? "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat" : "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            Compressed = schema.Format.Compression != "none",
            NumberOfBuckets = -1,
            SerdeInfo = SerDe(schema),
            BucketColumns = [],
            SortColumns = [],
            Parameters = parameters,
        };
    }

    private static SerDeInfo SerDe(FileSchema schema) => schema.Format switch
    {
        { Classification: "parquet" } => new()
        {
            SerializationLibrary = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            Parameters = Map(("serialization.format", "1")),
        },
        { Classification: "json" } => new()
        {
            SerializationLibrary = "org.openx.data.jsonserde.JsonSerDe",
            Parameters = Map(("paths", string.Join(",", schema.Columns.Select(column => column.Name)))),
        },
        { IsOpenCsv: true } format => new()
        {
            SerializationLibrary = "org.apache.hadoop.hive.serde2.OpenCSVSerde",
            Parameters = Map(("separatorChar", format.Delimiter.ToString()!), ("quoteChar", format.Quote.ToString()!), ("escapeChar", "\\")),
        },
        var format => new()
        {
            SerializationLibrary = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            Parameters = Map(("field.delim", format.Delimiter.ToString()!)),
        },
    };

    private static SortedDictionary<string, string> Parameters(FileSchema schema, long bytes, long objects)
    {
        var parameters = Map(
            ("CrawlerSchemaDeserializerVersion", "1.0"), ("CrawlerSchemaSerializerVersion", "1.0"), ("classification", schema.Format.Classification),
            ("compressionType", schema.Format.Compression), ("typeOfData", "file"), ("recordCount", Text(schema.Records)), ("objectCount", Text(objects)),
            ("sizeKey", Text(bytes)), ("averageRecordSize", Text(schema.Records > 0 ? bytes / schema.Records : 0)));
        if (schema.Format.Classification != "csv")
            return parameters;
        parameters["delimiter"] = schema.Format.Delimiter.ToString()!;
        parameters["areColumnsQuoted"] = schema.Format.IsQuoted ? "true" : "false";
        parameters["columnsOrdered"] = "true";
        if (schema.Format.HasHeader)
            parameters["skip.header.line.count"] = "1";
        return parameters;
    }

    private static SortedDictionary<string, string> Map(params ReadOnlySpan<(string Name, string Value)> entries)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
            map.Add(name, value);
        return map;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
