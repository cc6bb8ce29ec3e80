using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>The Glue catalog for the services inside the cloud: Firehose takes its schema from it, Athena its tables.</summary>
internal interface ICatalog
{
    /// <exception cref="ServiceException"><c>EntityNotFoundException</c>.</exception>
    CatalogTable GetTable(Call call, string database, string table);

    IReadOnlyList<string> ListDatabases(Call call);

    bool HasDatabase(Call call, string database);

    IReadOnlyList<CatalogTable> ListTables(Call call, string database);

    /// <summary>The partitions that were registered; none for tables with partition projection.</summary>
    IReadOnlyList<CatalogPartition> ListPartitions(Call call, string database, string table);
}

/// <summary>A table as readers need it.</summary>
/// <param name="Columns">The columns in the data, without the partition keys.</param>
/// <param name="Location">Such as <c>s3://bucket/prefix/</c>.</param>
/// <param name="InputFormat">Hive's class name, which tells Parquet from text.</param>
/// <param name="SerializationLibrary">Hive's class name, which tells JSON from CSV.</param>
/// <param name="Parameters">The table's, with <c>projection.*</c> and <c>storage.location.template</c>.</param>
internal sealed record CatalogTable(
    string Database, string Name, string VersionId, IReadOnlyList<CatalogColumn> Columns, IReadOnlyList<CatalogColumn> PartitionKeys, string Location,
    string? InputFormat, string? SerializationLibrary, IReadOnlyDictionary<string, string> SerdeParameters, IReadOnlyDictionary<string, string> Parameters,
    string? ViewText);

/// <param name="Type">In Hive's words: <c>bigint</c>, <c>timestamp</c>, <c>array&lt;string&gt;</c>.</param>
internal sealed record CatalogColumn(string Name, string Type, string? Comment);

/// <param name="Values">In the order of the table's partition keys.</param>
internal sealed record CatalogPartition(IReadOnlyList<string> Values, string Location);
