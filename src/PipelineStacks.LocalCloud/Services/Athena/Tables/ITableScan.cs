using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>Reads the files of a table in one format.</summary>
internal interface ITableScan
{
    /// <summary>The files in groups that one call of a DuckDB function reads.</summary>
    IEnumerable<ScanGroup> Groups(CatalogTable table, IReadOnlyList<TableFile> files);
}

/// <param name="Source">What stands in FROM; it has DuckDB's <c>file_index</c> in the order of the files.</param>
/// <param name="Columns">An expression for each of the table's columns.</param>
internal sealed record ScanGroup(IReadOnlyList<TableFile> Files, string Source, IReadOnlyList<string> Columns);
