using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Etl.Tests;

/// <summary>
/// A DuckDB in which one SQL file runs as a job runs it: over tables <c>clean.x</c>, <c>increment</c> and <c>existing</c> that a test fills.
/// Values are compared as text.
/// </summary>
internal sealed partial class SqlUnit : IDisposable
{
    private readonly DuckDatabase _database = new();
    private readonly DuckConnection _duck;

    public SqlUnit()
    {
        _duck = _database.Connect();
        _duck.Execute("SET TimeZone = 'UTC'; CREATE SCHEMA landing; CREATE SCHEMA clean; CREATE SCHEMA curated");
    }

    public static string Bind(string sql) => Variable().Replace(sql, "$1");

    public void Execute(string sql) => _duck.Execute(sql);

    /// <summary>An empty table as the catalog has it.</summary>
    public void Create(string name, TableDefinition table, string? more = null)
    {
        var columns = table.Columns.Concat(table.Partitions.Select(partition => partition.Column)).Select(column => $"\"{column.Name}\" {ColumnType.Parse(column.Type).Sql}");
        _duck.Execute($"CREATE OR REPLACE TABLE {name} ({string.Join(", ", columns.Concat(more is null ? [] : [more]))})");
    }

    public IReadOnlyList<string> Query(string sql)
    {
        using var result = _duck.Query(sql);
        var rows = new List<string>();
        while (result.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, result.Columns.Count).Select(i => result.GetText(i) ?? "NULL")));
        return rows;
    }

    /// <summary>Runs a file and leaves its rows in the table <c>result</c>.</summary>
    public void Run(string sql)
    {
        var statements = Statement().Split(Header().Replace(Bind(sql), "")).Select(statement => statement.Trim()).Where(statement => statement.Length > 0).ToList();
        foreach (var view in statements.SkipLast(1))
            _duck.Execute(view.Replace("CREATE TEMPORARY VIEW", "CREATE OR REPLACE TEMPORARY VIEW", StringComparison.Ordinal));
        _duck.Execute($"CREATE OR REPLACE TABLE result AS {statements[^1]}");
    }

    /// <summary>The columns of the last run's result with their types.</summary>
    public IReadOnlyList<string> Columns() => Query("SELECT column_name FROM (DESCRIBE result)");

    public IReadOnlyList<string> Rejects() => Query("SELECT reason, source_file FROM rejects ORDER BY ALL");

    public IReadOnlyList<string> Records() => Query("SELECT record FROM rejects ORDER BY ALL");

    public void Dispose()
    {
        _duck.Dispose();
        _database.Dispose();
    }

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("^--.*$", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(";\\s*$", RegexOptions.Multiline)]
    private static partial Regex Statement();
}
