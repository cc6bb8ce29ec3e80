using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal sealed record StorageDescriptor
{
    public IReadOnlyList<Column>? Columns { get; init; }

    public string? Location { get; init; }

    public IReadOnlyList<string>? AdditionalLocations { get; init; }

    public string? InputFormat { get; init; }

    public string? OutputFormat { get; init; }

    public bool Compressed { get; init; }

    public int NumberOfBuckets { get; init; }

    public SerDeInfo? SerdeInfo { get; init; }

    public IReadOnlyList<string>? BucketColumns { get; init; }

    public IReadOnlyList<Order>? SortColumns { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public SkewedInfo? SkewedInfo { get; init; }

    public bool StoredAsSubDirectories { get; init; }

    public SchemaReference? SchemaReference { get; init; }
}

internal sealed record Column
{
    public required string Name { get; init; }

    public string? Type { get; init; }

    public string? Comment { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }
}

internal sealed record SerDeInfo
{
    public string? Name { get; init; }

    public string? SerializationLibrary { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }
}

internal sealed record Order(string Column, int SortOrder);

internal sealed record SkewedInfo
{
    public IReadOnlyList<string>? SkewedColumnNames { get; init; }

    public IReadOnlyList<string>? SkewedColumnValues { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? SkewedColumnValueLocationMaps { get; init; }
}

internal sealed record SchemaReference(SchemaId? SchemaId, string? SchemaVersionId, long? SchemaVersionNumber);

internal sealed record SchemaId(string? SchemaArn, string? SchemaName, string? RegistryName);
