using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Firehose.Contracts;

internal sealed record DataFormatConversionConfiguration
{
    public bool? Enabled { get; init; }

    public SchemaConfiguration? SchemaConfiguration { get; init; }

    public InputFormatConfiguration? InputFormatConfiguration { get; init; }

    public OutputFormatConfiguration? OutputFormatConfiguration { get; init; }

    /// <summary>What is configured and not said to be disabled is enabled.</summary>
    [JsonIgnore]
    public bool IsEnabled => Enabled != false;
}

internal sealed record SchemaConfiguration
{
    public string? RoleARN { get; init; }

    public string? CatalogId { get; init; }

    public string? DatabaseName { get; init; }

    public string? TableName { get; init; }

    public string? Region { get; init; }

    public string? VersionId { get; init; }
}

internal sealed record InputFormatConfiguration(Deserializer? Deserializer = null);

internal sealed record Deserializer(OpenXJsonSerDe? OpenXJsonSerDe = null, HiveJsonSerDe? HiveJsonSerDe = null);

internal sealed record OpenXJsonSerDe
{
    public bool? CaseInsensitive { get; init; }

    public IReadOnlyDictionary<string, string>? ColumnToJsonKeyMappings { get; init; }

    public bool? ConvertDotsInJsonKeysToUnderscores { get; init; }
}

internal sealed record HiveJsonSerDe(IReadOnlyList<string>? TimestampFormats = null);

internal sealed record OutputFormatConfiguration(Serializer? Serializer = null);

internal sealed record Serializer
{
    public ParquetSerDe? ParquetSerDe { get; init; }
}

internal sealed record ParquetSerDe
{
    public string? Compression { get; init; }

    [NoLocalEffect("DuckDB sizes row groups by rows; the setting is stored and described.")]
    public int? BlockSizeBytes { get; init; }

    [NoLocalEffect("DuckDB sizes pages itself; the setting is stored and described.")]
    public int? PageSizeBytes { get; init; }

    [NoLocalEffect("DuckDB uses dictionaries where they pay; the setting is stored and described.")]
    public bool? EnableDictionaryCompression { get; init; }

    [NoLocalEffect("There are no HDFS blocks to pad to; the setting is stored and described.")]
    public int? MaxPaddingBytes { get; init; }

    [NoLocalEffect("DuckDB writes Parquet's version 1; the setting is stored and described.")]
    public string? WriterVersion { get; init; }
}
