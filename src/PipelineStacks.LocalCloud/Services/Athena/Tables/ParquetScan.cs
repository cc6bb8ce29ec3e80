using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>
/// Reads Parquet. Columns are found by name; one that a file lacks is null, one of another type than the catalog says is an
/// error as soon as it is read. Files of the same schema are read together.
/// </summary>
internal sealed class ParquetScan(DuckConnection duck, ParquetSchemas schemas) : ITableScan
{
    public IEnumerable<ScanGroup> Groups(CatalogTable table, IReadOnlyList<TableFile> files)
    {
        var known = schemas.Of(duck, files);
        foreach (var group in files.GroupBy(file => known[file.Object.File]))
        {
            IReadOnlyList<TableFile> members = [.. group];
            using var header = duck.Query($"SELECT * FROM read_parquet({DuckDb.Sql.Literal(members[0].Object.File)}) LIMIT 0");
            var actual = header.Columns.GroupBy(column => column.Name.ToLowerInvariant()).ToDictionary(column => column.Key, column => column.First());
            yield return new(members, $"read_parquet({DuckDb.Sql.List(members.Select(file => file.Object.File))})",
                [.. table.Columns.Select(column => Read(column, actual.GetValueOrDefault(column.Name), members[0]))]);
        }
    }

    private static string Read(CatalogColumn column, DuckColumn? actual, TableFile file)
    {
        var wanted = SqlTypes.FromHive(column.Type);
        if (actual is null)
            return $"CAST(NULL AS {wanted})";
        var name = DuckDb.Sql.Identifier(actual.Name);
        return ParquetTypes.Convert(name, actual.Type, wanted)
            ?? $"CAST(error({DuckDb.Sql.Literal($"HIVE_BAD_DATA: Field {column.Name}'s type {ParquetTypes.Physical(actual.Type)} in parquet file {file.Uri} "
                + $"is incompatible with type {ParquetTypes.Declared(wanted)} defined in table schema")}) AS {wanted})";
    }
}
