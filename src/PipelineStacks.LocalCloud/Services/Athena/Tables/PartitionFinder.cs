using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>
/// Finds the partitions that a mention of a table reads. Conditions on partition keys alone are evaluated by DuckDB over the
/// partitions' values, so they mean the same there as in the query.
/// </summary>
internal sealed class PartitionFinder(ICatalog catalog, Call call, DuckConnection duck, DateTimeOffset now)
{
    private const string HiveNull = "__HIVE_DEFAULT_PARTITION__";

    public IReadOnlyList<Partition> Find(CatalogTable table, TableReference reference)
    {
        if (table.PartitionKeys.Count == 0)
            return [new([], table.Location)];
        var conjuncts = Conditions(table, reference);
        return PartitionProjection.IsEnabled(table) ? Projected(table, reference, conjuncts) : Registered(table, reference, conjuncts);
    }

    private IReadOnlyList<Partition> Registered(CatalogTable table, TableReference reference, IReadOnlyList<Conjunct> conjuncts)
    {
        var partitions = catalog.ListPartitions(call, table.Database, table.Name)
            .Select(partition => new Partition([.. partition.Values.Select((value, i) => Literal(table.PartitionKeys[i], value))], partition.Location))
            .ToList();
        return Filter(partitions, partition => partition.Values, reference, table.PartitionKeys, conjuncts);
    }

    private IReadOnlyList<Partition> Projected(CatalogTable table, TableReference reference, IReadOnlyList<Conjunct> conjuncts)
    {
        var projection = new PartitionProjection(table, now);
        IReadOnlyList<IReadOnlyList<ProjectedValue>> rows = [[]];
        foreach (var key in table.PartitionKeys)
        {
            // Each column is cut down by itself first, so that the product of the columns stays small.
            var own = conjuncts.Where(conjunct => conjunct.Columns!.All(column => IsNamed(column.Path[^1], key.Name))).ToList();
            var values = Filter(projection.Values(key, Asked(own, key)), value => [value.Sql], reference, [key], own);
            rows = [.. rows.SelectMany(row => values.Select(value => (IReadOnlyList<ProjectedValue>)[.. row, value]))];
        }

        rows = Filter(rows, row => [.. row.Select(value => value.Sql)], reference, table.PartitionKeys, conjuncts);
        return [.. rows.Select(row => new Partition([.. row.Select(value => value.Sql)], projection.Location([.. row.Select(value => value.Text)])))];
    }

    private static IReadOnlyList<string>? Asked(List<Conjunct> conjuncts, CatalogColumn key) =>
        conjuncts.Select(conjunct => conjunct.Equality).FirstOrDefault(equality => equality is not null && IsNamed(equality.Column[^1], key.Name))?.Values;

    private static List<Conjunct> Conditions(CatalogTable table, TableReference reference) =>
    [
        .. reference.Conjuncts.Where(conjunct => conjunct.Columns is { Count: > 0 } columns
            && columns.All(column => column.Path.Count <= 2
                && (column.Path.Count == 1 || IsNamed(column.Path[0], reference.Alias))
                && table.PartitionKeys.Any(key => IsNamed(key.Name, column.Path[^1])))),
    ];

    private static bool IsNamed(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<T> Filter<T>(
        IReadOnlyList<T> rows, Func<T, IReadOnlyList<string>> values, TableReference reference, IReadOnlyList<CatalogColumn> keys,
        IReadOnlyList<Conjunct> conjuncts)
    {
        if (conjuncts.Count == 0 || rows.Count == 0)
            return rows;
        var lines = rows.Select((row, index) => $"({index.ToString(CultureInfo.InvariantCulture)}, {string.Join(", ", values(row))})");
        var names = string.Join(", ", keys.Select(key => DuckDb.Sql.Identifier(key.Name)));
        using var kept = duck.Query($"""
            SELECT "#" FROM (VALUES {string.Join(", ", lines)}) AS {DuckDb.Sql.Identifier(reference.Alias)}("#", {names})
            WHERE {string.Join(" AND ", conjuncts.Select(conjunct => conjunct.Sql))} ORDER BY 1
            """);
        var found = new List<T>();
        while (kept.Read())
            found.Add(rows[kept.Get<int>(0)]);
        return found;
    }

    private static string Literal(CatalogColumn key, string value) =>
        value == HiveNull ? $"CAST(NULL AS {SqlTypes.FromHive(key.Type)})" : $"CAST({DuckDb.Sql.Literal(value)} AS {SqlTypes.FromHive(key.Type)})";
}
