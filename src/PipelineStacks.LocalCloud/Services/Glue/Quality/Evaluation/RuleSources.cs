using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Evaluation;

/// <summary>The tables that rules read, as views: <c>primary</c>, those of the run's aliases, and any table that a rule names in full.</summary>
internal sealed class RuleSources(DuckConnection duck, TableViews views)
{
    private readonly HashSet<string> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private int _views;

    /// <summary>The columns of the table that the rules are about, by their names in lower case.</summary>
    public IReadOnlyDictionary<string, DuckType> Columns { get; private set; } = new Dictionary<string, DuckType>();

    public void Add(string alias, GlueTable table)
    {
        if (!_aliases.Add(alias))
            return;
        var reference = new TableReference(table.DatabaseName.ToLowerInvariant(), table.TableName.ToLowerInvariant(), new(1, 1), ++_views);
        var translation = new Translation();
        translation.Tables.Add(reference);
        views.Make(translation);
        duck.Execute($"CREATE VIEW {DuckDb.Sql.Identifier(alias)} AS SELECT * FROM {DuckDb.Sql.Identifier(reference.Database)}.{DuckDb.Sql.Identifier(reference.View)}");
        if (alias == "primary")
        {
            using var header = duck.Query("SELECT * FROM \"primary\" LIMIT 0");
            Columns = header.Columns.ToDictionary(column => column.Name.ToLowerInvariant(), column => column.Type);
        }
    }

    /// <summary>The view of a table that a rule refers to, by an alias of the run or as <c>database.table</c>.</summary>
    /// <returns>Null for what is neither.</returns>
    public string? Find(string name)
    {
        if (_aliases.Contains(name))
            return DuckDb.Sql.Identifier(name);
        if (name.Split('.') is not [var database, var table])
            return null;
        Add(name, new(database, table));
        return DuckDb.Sql.Identifier(name);
    }
}
