using PipelineStacks.LocalCloud.Services.Athena.Trino;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary>A statement as it was understood when the query was submitted.</summary>
/// <param name="Type">Athena's kind: DML, DDL or UTILITY.</param>
/// <param name="Substatement">Athena's word for it: SELECT, SHOW_TABLES …</param>
internal abstract record Statement(string Type, string Substatement)
{
    /// <summary>The end of the result's key.</summary>
    public virtual string Extension => ".txt";
}

/// <summary>A query whose rows are the result.</summary>
internal sealed record SelectStatement(List<SqlToken> Tokens, IReadOnlyList<string> Parameters) : Statement("DML", "SELECT")
{
    public override string Extension => ".csv";
}

/// <summary>SHOW DATABASES, TABLES, VIEWS, COLUMNS, PARTITIONS, CREATE TABLE, CREATE VIEW, TBLPROPERTIES.</summary>
internal sealed record ShowStatement(string What, TableName? Table, string? Pattern) : Statement("UTILITY", $"SHOW_{What}");

internal sealed record DescribeStatement(TableName Table) : Statement("UTILITY", "DESCRIBE_TABLE");

internal sealed record CreateDatabaseStatement(
    string Name, bool IfNotExists, string? Comment, string? Location, IReadOnlyDictionary<string, string>? Properties) : Statement("DDL", "CREATE_DATABASE");

internal sealed record DropDatabaseStatement(string Name, bool IfExists, bool Cascade) : Statement("DDL", "DROP_DATABASE");

internal sealed record CreateTableStatement(TableName Table, bool IfNotExists, Glue.TableInput Input) : Statement("DDL", "CREATE_TABLE");

internal sealed record DropTableStatement(TableName Table, bool IfExists, bool IsView) : Statement("DDL", IsView ? "DROP_VIEW" : "DROP_TABLE");

internal sealed record CreateViewStatement(TableName Table, bool OrReplace, string Sql) : Statement("DDL", "CREATE_VIEW");

internal sealed record AddPartitionsStatement(TableName Table, bool IfNotExists, IReadOnlyList<PartitionSpec> Partitions) : Statement("DDL", "ALTER_TABLE_ADD_PARTITION");

internal sealed record DropPartitionsStatement(TableName Table, bool IfExists, IReadOnlyList<PartitionSpec> Partitions) : Statement("DDL", "ALTER_TABLE_DROP_PARTITION");

internal sealed record RepairStatement(TableName Table) : Statement("DDL", "MSCK_REPAIR_TABLE");

internal sealed record PartitionSpec(IReadOnlyDictionary<string, string> Values, string? Location);

/// <param name="Database">The query's own where none is named.</param>
internal readonly record struct TableName(string Database, string Name);
