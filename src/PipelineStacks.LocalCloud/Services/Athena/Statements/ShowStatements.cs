using System.Globalization;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary>SHOW and DESCRIBE: the catalog as lines of text.</summary>
internal sealed class ShowStatements(ICatalog catalog)
{
    public (string Column, IReadOnlyList<string> Lines) Run(Call call, ShowStatement statement) => statement.What switch
    {
        "DATABASES" => ("database_name", [.. catalog.ListDatabases(call).Where(name => Matches(name, statement.Pattern))]),
        "TABLES" => ("tab_name", Names(call, statement, _ => true)),
        "VIEWS" => ("views", Names(call, statement, table => table.ViewText is not null)),
        "COLUMNS" => ("field", [.. Columns(Find(call, statement.Table!.Value)).Select(column => column.Name.PadRight(20))]),
        "PARTITIONS" => ("partition", Partitions(call, statement.Table!.Value)),
        "TBLPROPERTIES" => ("prpt_name\tprpt_value", [.. Find(call, statement.Table!.Value).Parameters.Select(item => $"{item.Key}\t{item.Value}")]),
        "CREATE_TABLE" => ("createtab_stmt", TableDefinition.Write(Find(call, statement.Table!.Value))),
        "CREATE_VIEW" => ("Create View", ViewDefinition(Find(call, statement.Table!.Value))),
        _ => throw SqlException.NotSupported($"SHOW {statement.What}"),
    };

    public (string Column, IReadOnlyList<string> Lines) Describe(Call call, TableName name)
    {
        var table = Find(call, name);
        var lines = Columns(table).Select(Line).ToList();
        if (table.PartitionKeys.Count > 0)
            lines.AddRange(["\t \t ", "# Partition Information\t \t ", Line(new("# col_name", "data_type", "comment")), "\t \t ", .. table.PartitionKeys.Select(Line)]);
        return ("col_name\tdata_type\tcomment", lines);

        static string Line(CatalogColumn column) => $"{column.Name,-20}\t{column.Type,-20}\t{column.Comment ?? "",-20}";
    }

    private static IEnumerable<CatalogColumn> Columns(CatalogTable table) => table.Columns.Concat(table.PartitionKeys);

    private IReadOnlyList<string> Names(Call call, ShowStatement statement, Func<CatalogTable, bool> isWanted)
    {
        var database = statement.Table!.Value.Database;
        if (!catalog.HasDatabase(call, database))
            throw new SqlException($"FAILED: SemanticException [Error 10072]: Database does not exist: {database}");
        return [.. catalog.ListTables(call, database).Where(isWanted).Select(table => table.Name).Where(name => Matches(name, statement.Pattern))];
    }

    private IReadOnlyList<string> Partitions(Call call, TableName name)
    {
        var table = Find(call, name);
        if (table.PartitionKeys.Count == 0)
            throw new SqlException($"FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. Table {name.Name} is not a partitioned table");
        return
        [
            .. catalog.ListPartitions(call, name.Database, name.Name)
                .Select(partition => string.Join('/', table.PartitionKeys.Zip(partition.Values, (key, value) => $"{key.Name}={value}")))
                .Order(StringComparer.Ordinal),
        ];
    }

    private CatalogTable Find(Call call, TableName name)
    {
        try
        {
            return catalog.GetTable(call, name.Database, name.Name);
        }
        catch (ServiceException error) when (error.Code == "EntityNotFoundException")
        {
            throw new SqlException($"FAILED: SemanticException [Error 10001]: Table not found {name.Database}.{name.Name}");
        }
    }

    private static IReadOnlyList<string> ViewDefinition(CatalogTable table) =>
        table.ViewText is { } text && PrestoView.Read(text) is { } view
            ? [$"CREATE VIEW {table.Database}.{table.Name} AS", .. view.OriginalSql.Split('\n')]
            : throw new SqlException(string.Create(CultureInfo.InvariantCulture, $"INVALID_VIEW: '{table.Database}.{table.Name}' is not a view"));

    // Hive's patterns: * for any text, | for a choice, letters without regard to case.
    private static bool Matches(string name, string? pattern) =>
        pattern is null || Regex.IsMatch(name, $"^(?:{pattern.Replace("%", ".*", StringComparison.Ordinal).Replace(".*", "*", StringComparison.Ordinal).Replace("*", ".*", StringComparison.Ordinal)})$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
