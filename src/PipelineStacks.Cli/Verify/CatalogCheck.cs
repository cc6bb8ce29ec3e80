using System.Globalization;
using PipelineStacks.Aws.Glue;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify;

/// <summary>Compares the catalog with the definitions of datasets and curated tables.</summary>
internal sealed class CatalogCheck(VerifyScope scope)
{
    /// <summary>Columns and types of a pipeline's tables, all zones' together.</summary>
    public async Task<StepResult> TypesAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancel)
    {
        var columns = tables.Sum(table => table.Columns.Count + table.Partitions.Count);
        List<string> differences = [];
        var wrong = 0;
        foreach (var table in tables)
        {
            var found = await scope.Aws.Glue.FindTableAsync(scope.Names.Database(table.Zone), table.Name, cancel);
            var here = found is null ? [$"{Name(table)} is not in the catalog"] : Differences(table, found);
            wrong += found is null ? table.Columns.Count + table.Partitions.Count : here.Count;
            differences.AddRange(here);
        }

        return differences.Count == 0
            ? StepResult.Passed(Columns(columns), Columns(columns))
            : StepResult.Failed(Columns(columns), Columns(columns - Math.Min(wrong, columns)), string.Join("; ", differences));
    }

    /// <summary>The tables of a pipeline as the app defines them; what a crawler makes is nobody's definition.</summary>
    public IEnumerable<TableDefinition> Tables(IEnumerable<Dataset> datasets) => datasets.SelectMany(dataset => dataset.Source switch
    {
        DatabaseSource => new[] { Model.Datasets.Tables.Replicated(dataset, scope.Settings.Replication.Format), Model.Datasets.Tables.Clean(dataset) },
        FileSource => [Model.Datasets.Tables.Clean(dataset)],
        _ => [Model.Datasets.Tables.Landing(dataset, scope.Settings.DataSince), Model.Datasets.Tables.Clean(dataset)],
    });

    private List<string> Differences(TableDefinition table, CatalogTable found)
    {
        List<string> differences = [];
        Compare(table, "column", table.Columns, found.StorageDescriptor?.Columns ?? [], differences);
        Compare(table, "partition column", [.. table.Partitions.Select(partition => partition.Column)], found.PartitionKeys ?? [], differences);
        return differences;
    }

    private void Compare(TableDefinition table, string kind, IReadOnlyList<TableColumn> expected, IReadOnlyList<CatalogColumn> found, List<string> differences)
    {
        var types = found.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        foreach (var column in expected)
        {
            if (!types.Remove(column.Name, out var type))
                differences.Add($"{Name(table)} lacks the {kind} {column.Name}");
            else if (!string.Equals(type, column.Type, StringComparison.OrdinalIgnoreCase))
                differences.Add($"{Name(table)}: the {kind} {column.Name} is {type} and should be {column.Type}");
        }

        differences.AddRange(types.Keys.Select(name => $"{Name(table)} has a {kind} {name}, which no definition knows"));
    }

    private string Name(TableDefinition table) => scope.Table(table.Zone, table.Name);

    private static string Columns(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} columns");
}
