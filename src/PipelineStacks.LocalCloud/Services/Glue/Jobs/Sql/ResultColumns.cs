using PipelineStacks.LocalCloud.Services.Athena.Trino;
using DuckSql = PipelineStacks.LocalCloud.DuckDb.Sql;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>A result's columns beside those of the table that it is written to.</summary>
internal static class ResultColumns
{
    /// <summary>The one partition key of tables without a natural one, and its one value.</summary>
    public const string Snapshot = "snapshot";

    public const string Current = "current";

    /// <summary>Whether the runner adds the partition itself.</summary>
    public static bool AddsSnapshot(CatalogTable table, IReadOnlyList<string> result) =>
        table.PartitionKeys is [{ Name: Snapshot }] && !result.Contains(Snapshot, StringComparer.OrdinalIgnoreCase);

    /// <summary>What to select from the result: the table's columns and partition keys in their order and types.</summary>
    /// <exception cref="UnitException">A column is missing or has no place in the table.</exception>
    public static IReadOnlyList<string> Select(CatalogTable table, IReadOnlyList<string> result)
    {
        var keys = AddsSnapshot(table, result) ? [] : table.PartitionKeys;
        var wanted = table.Columns.Concat(keys).ToList();
        var missing = wanted.Select(column => column.Name).Except(result, StringComparer.OrdinalIgnoreCase).ToList();
        var extra = result.Except(wanted.Select(column => column.Name), StringComparer.OrdinalIgnoreCase).ToList();
        var twice = result.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        List<string?> faults =
        [
            missing.Count > 0 ? $"the result lacks the column{Plural(missing)} {string.Join(", ", missing)} of {table.Database}.{table.Name}" : null,
            extra.Count > 0 ? $"the result has the column{Plural(extra)} {string.Join(", ", extra)}, which {table.Database}.{table.Name} lacks" : null,
            twice.Count > 0 ? $"the result has the column{Plural(twice)} {string.Join(", ", twice)} twice" : null,
        ];
        return faults.OfType<string>().ToList() is { Count: > 0 } all
            ? throw new UnitException(string.Join("; ", all))
            : [.. wanted.Select(column =>
                $"CAST({DuckSql.Identifier(column.Name)} AS {SqlTypes.FromHive(column.Type)}) AS {DuckSql.Identifier(column.Name)}")];
    }

    private static string Plural(List<string> names) => names.Count > 1 ? "s" : "";
}
