using PipelineStacks.LocalCloud.Services.Athena.Trino;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary><c>EXECUTE name USING 1, 'a'</c>: a prepared statement with its values.</summary>
internal sealed class ExecuteStatement : TokenReader
{
    private readonly string _sql;

    private ExecuteStatement(string sql, List<SqlToken> tokens) : base(tokens) => _sql = sql;

    /// <returns>The statement's name and its values as SQL; null for any other statement.</returns>
    public static (string Name, IReadOnlyList<string> Values)? Read(string sql)
    {
        var reader = new ExecuteStatement(sql, SqlLexer.Split(sql));
        if (!reader.Take("execute"))
            return null;
        var name = reader.Name().Text;
        IReadOnlyList<string> values = reader.Take("using") ? reader.Separated(reader.Value) : [];
        reader.DemandEnd();
        return (name, values);
    }

    private string Value()
    {
        var (start, end, depth) = (Peek.Start, Peek.Start, 0);
        for (; Peek.Kind is not SqlTokenKind.End && !Is(";") && (depth > 0 || !Is(",")); Next())
        {
            depth += Is("(") || Is("[") ? 1 : Is(")") || Is("]") ? -1 : 0;
            end = Peek.End;
        }

        return end > start ? _sql[start..end] : throw Unexpected("<expression>");
    }
}
