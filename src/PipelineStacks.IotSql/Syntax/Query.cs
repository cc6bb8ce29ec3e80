namespace PipelineStacks.IotSql.Syntax;

/// <summary>What a SELECT makes: an object of the items, or with VALUE the one item itself.</summary>
public sealed record SelectClause(bool IsValue, IReadOnlyList<SelectItem> Items);

/// <summary>One item of a SELECT. <c>AS a.b</c> makes an object <c>a</c> with a member <c>b</c>; <c>*</c> and the item of SELECT VALUE have no name.</summary>
public sealed record SelectItem(Expression Expression, IReadOnlyList<string> Name);

/// <summary>A variable of the SET clause.</summary>
public sealed record Assignment(string Name, Expression Value);

/// <summary>A rule's statement.</summary>
public sealed record Query(string Sql, IReadOnlyList<Assignment> Variables, SelectClause Select, TopicFilter? From, Expression? Where)
{
    /// <summary>What the statement reads, calls and makes.</summary>
    public QueryReads Reads => field ??= QueryReads.Of(this);

    /// <summary>Reads a statement of SQL version 2016-03-23.</summary>
    /// <exception cref="IotSqlException">The text isn't such a statement, or calls a function that is unknown or can't be called here.</exception>
    public static Query Parse(string sql) => new Parser(sql).Query();

    /// <summary>Runs the statement for one message.</summary>
    public QueryEvaluation Evaluate(MqttMessage message) => new(this, message);
}
