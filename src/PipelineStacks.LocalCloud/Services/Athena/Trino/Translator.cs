namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>
/// Reads Athena's SQL (engine version 3, which is Trino's) and writes DuckDB's. It reads and writes in one pass: types are
/// left to DuckDB, whose functions are wrapped by macros where the two differ.
/// </summary>
internal sealed partial class Translator : TokenReader
{
    private readonly Translation _result = new();
    private readonly TranslatorContext _context;
    private readonly Stack<Block> _blocks = new();
    private readonly List<(string Name, string Sql)> _ctes = [];
    private int _arguments;

    private Translator(List<SqlToken> tokens, TranslatorContext context) : base(tokens) => _context = context;

    /// <summary>Translates a query: SELECT, WITH, VALUES or TABLE.</summary>
    /// <exception cref="SqlException">The query is not well formed, or uses what the local cloud can't do.</exception>
    public static Translation Query(string sql, TranslatorContext context) => Query(SqlLexer.Split(sql), context);

    public static Translation Query(List<SqlToken> tokens, TranslatorContext context)
    {
        context = context with { UsesPath = tokens.Exists(token => token is { Kind: SqlTokenKind.QuotedWord, Text: "$path" }) };
        var translator = new Translator(tokens, context);
        var sql = translator.QueryExpression();
        translator.DemandEnd();
        if (context.Parameters.Count > translator._arguments)
            throw SqlException.Syntax(new(1, 1), $"Incorrect number of parameters: expected {translator._arguments} but found {context.Parameters.Count}");
        translator._result.Sql = sql;
        translator._result.UsesPath = context.UsesPath;
        return translator._result;
    }

    private Block Current => _blocks.Peek();

    private static string Quote(string name) => DuckDb.Sql.Identifier(name);

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);

    /// <summary>What is known of the SELECT that is being read.</summary>
    private sealed class Block
    {
        public List<TableReference> Tables { get; } = [];

        public HashSet<string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Dictionary<string, string> Windows { get; } = new(StringComparer.OrdinalIgnoreCase);

        public string From { get; set; } = "";
    }
}

/// <summary>What a translation depends on besides the text.</summary>
/// <param name="Parameters">The values of <c>?</c>, each as SQL text.</param>
/// <param name="Now">The cloud's time, for <c>current_timestamp</c> and its kin.</param>
internal sealed record TranslatorContext(string Database, IReadOnlyList<string> Parameters, DateTimeOffset Now, bool UsesPath = false)
{
    /// <summary>The first number for the views of the tables.</summary>
    public int FirstTable { get; init; }
}
