using PipelineStacks.LocalCloud.Services.Athena.Trino;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary>Tells what a query asks for. What Athena can do and the local cloud can't is refused by its name.</summary>
internal sealed partial class StatementParser : TokenReader
{
    private readonly string _sql;
    private readonly List<SqlToken> _tokens;
    private readonly string _database;

    private StatementParser(string sql, List<SqlToken> tokens, string database) : base(tokens) =>
        (_sql, _tokens, _database) = (sql, tokens, database);

    /// <exception cref="SqlException">The statement is not well formed or not supported.</exception>
    public static Statement Parse(string sql, string database, IReadOnlyList<string> parameters)
    {
        var tokens = SqlLexer.Split(sql);
        var parser = new StatementParser(sql, tokens, database);
        if (parser.Is("select") || parser.Is("with") || parser.Is("values") || parser.Is("(") || (parser.Is("table") && parser.PeekAt(1).IsName))
        {
            // Its syntax is an error of the submission; nothing of the catalog is needed to find it.
            Translator.Query(tokens, new(database, parameters, DateTimeOffset.UnixEpoch));
            return new SelectStatement(tokens, parameters);
        }

        var statement = parser.Statement();
        parser.DemandEnd();
        return statement;
    }

    private Statement Statement()
    {
        if (Take("show"))
            return Show();
        if (Take("describe") || Take("desc"))
        {
            if (!Take("extended"))
                Take("formatted");
            return new DescribeStatement(Table());
        }

        if (Take("create"))
            return Create();
        if (Take("drop"))
            return Drop();
        if (Take("alter"))
            return Alter();
        if (Take("msck"))
        {
            Demand("repair", "table");
            return new RepairStatement(Table());
        }

        foreach (var known in (ReadOnlySpan<string>)["insert", "unload", "delete", "update", "merge", "explain", "optimize", "vacuum", "prepare", "deallocate"])
            if (Is(known))
                throw SqlException.NotSupported(known.ToUpperInvariant());
        throw Unexpected("'(', 'ALTER', 'CREATE', 'DESCRIBE', 'DROP', 'MSCK', 'SELECT', 'SHOW', 'TABLE', 'VALUES', 'WITH'");
    }

    private ShowStatement Show()
    {
        if (Take("databases") || Take("schemas"))
            return new("DATABASES", null, Take("like") || Peek.Kind is SqlTokenKind.Text ? Text() : null);
        if (Take("tables"))
            return new("TABLES", new(InDatabase(), ""), Pattern());
        if (Take("views"))
            return new("VIEWS", new(InDatabase(), ""), Pattern());
        if (Take("columns"))
        {
            if (!Take("in"))
                Demand("from");
            var table = Table();
            return new("COLUMNS", Take("in") || Take("from") ? table with { Database = Name().Text.ToLowerInvariant() } : table, null);
        }

        if (Take("partitions"))
            return new("PARTITIONS", Table(), null);
        if (Take("create", "table"))
            return new("CREATE_TABLE", Table(), null);
        if (Take("create", "view"))
            return new("CREATE_VIEW", Table(), null);
        if (Take("tblproperties"))
            return new("TBLPROPERTIES", Table(), null);
        throw Unexpected("'COLUMNS', 'CREATE', 'DATABASES', 'PARTITIONS', 'SCHEMAS', 'TABLES', 'TBLPROPERTIES', 'VIEWS'");
    }

    private string InDatabase() => Take("in") || Take("from") ? Name().Text.ToLowerInvariant() : _database;

    private string? Pattern()
    {
        Take("like");
        return Peek.Kind is SqlTokenKind.Text ? Text() : null;
    }

    private TableName Table()
    {
        var path = new List<string> { Name().Text.ToLowerInvariant() };
        while (Take("."))
            path.Add(Name().Text.ToLowerInvariant());
        return new(path.Count == 1 ? _database : path[^2], path[^1]);
    }

    private bool IfExists() => Take("if", "exists");

    private bool IfNotExists()
    {
        if (!Take("if", "not"))
            return false;
        Demand("exists");
        return true;
    }
}
