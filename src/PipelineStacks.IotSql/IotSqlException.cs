namespace PipelineStacks.IotSql;

/// <summary>The SQL, or a substitution template, isn't AWS IoT SQL. The message ends with the place, as <c>line:column</c>.</summary>
public sealed class IotSqlException : Exception
{
    internal IotSqlException(string problem, SqlPosition position) : base($"{problem} at {position}") => (Problem, Position) = (problem, position);

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>Where in the text it is wrong.</summary>
    public SqlPosition Position { get; }
}

/// <summary>A place in a SQL text; lines and columns count from 1.</summary>
public readonly record struct SqlPosition(int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}
