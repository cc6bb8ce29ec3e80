namespace PipelineStacks.Model.Datasets;

/// <summary>A table of a MySQL database, which DMS replicates: first in full, then change by change.</summary>
/// <param name="Schema">The database that the table is in.</param>
/// <param name="Table">The table's name there.</param>
public sealed record DatabaseSource(string Schema, string Table) : DatasetSource
{
    /// <summary>The table with its schema, as MySQL names it.</summary>
    public string FullName => $"{Schema}.{Table}";
}
