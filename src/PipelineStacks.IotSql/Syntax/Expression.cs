using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Syntax;

/// <summary>A part of a statement that has a value.</summary>
public abstract record Expression(SqlPosition Position);

/// <summary>A value that is written out.</summary>
public sealed record Literal(SqlValue Value, SqlPosition Position) : Expression(Position);

/// <summary>A field of the payload, or in a nested query a field of the element, or the element itself by the name that AS gave it.</summary>
public sealed record Field(string Name, SqlPosition Position) : Expression(Position);

/// <summary><c>of.name</c></summary>
public sealed record Member(Expression Of, string Name, SqlPosition Position) : Expression(Position);

/// <summary>A variable of the SET clause, without its <c>@</c>.</summary>
public sealed record Variable(string Name, SqlPosition Position) : Expression(Position);

/// <summary><c>*</c>: the whole payload.</summary>
public sealed record Star(SqlPosition Position) : Expression(Position);

/// <summary>A function's call; the name is in lower case.</summary>
public sealed record Call(string Function, IReadOnlyList<Expression> Arguments, SqlPosition Position) : Expression(Position)
{
    internal Evaluation.Function? Definition { get; init; }
}

/// <summary><c>cast(value as type)</c></summary>
public sealed record Cast(Expression Value, CastType Type, SqlPosition Position) : Expression(Position);

/// <summary>What a value can be cast to; each has several keywords.</summary>
public enum CastType
{
    /// <summary>String, Nvarchar, Text, Ntext, varchar.</summary>
    String,

    /// <summary>Int, Integer.</summary>
    Int,

    /// <summary>Decimal.</summary>
    Decimal,

    /// <summary>Double: a Decimal of double precision.</summary>
    Double,

    /// <summary>Bool, Boolean.</summary>
    Boolean,
}

/// <summary>The operators with two operands.</summary>
public enum BinaryOperator
{
    /// <summary>OR</summary>
    Or,

    /// <summary>AND</summary>
    And,

    /// <summary>=</summary>
    Equal,

    /// <summary>&lt;&gt;</summary>
    NotEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>IN</summary>
    In,

    /// <summary>+</summary>
    Add,

    /// <summary>-</summary>
    Subtract,

    /// <summary>*</summary>
    Multiply,

    /// <summary>/</summary>
    Divide,

    /// <summary>%</summary>
    Remainder,
}

/// <summary><c>left operator right</c></summary>
public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, SqlPosition Position) : Expression(Position);

/// <summary><c>NOT operand</c></summary>
public sealed record Not(Expression Operand, SqlPosition Position) : Expression(Position);

/// <summary><c>-operand</c></summary>
public sealed record Negative(Expression Operand, SqlPosition Position) : Expression(Position);

/// <summary><c>EXISTS (SELECT …)</c></summary>
public sealed record Exists(NestedQuery Query, SqlPosition Position) : Expression(Position);

/// <summary><c>CASE value WHEN … THEN … ELSE … END</c></summary>
public sealed record Case(Expression Value, IReadOnlyList<CaseBranch> Branches, Expression? Else, SqlPosition Position) : Expression(Position);

/// <summary><c>WHEN match THEN result</c></summary>
public sealed record CaseBranch(Expression Match, Expression Result);

/// <summary><c>[a, b]</c></summary>
public sealed record ArrayLiteral(IReadOnlyList<Expression> Items, SqlPosition Position) : Expression(Position);

/// <summary><c>{'name': value}</c></summary>
public sealed record ObjectLiteral(IReadOnlyList<KeyValuePair<string, Expression>> Members, SqlPosition Position) : Expression(Position);

/// <summary><c>(SELECT … FROM source [AS alias] WHERE …)</c> over an array or an object inside the payload.</summary>
public sealed record NestedQuery(SelectClause Select, Expression Source, string? Alias, Expression? Where, SqlPosition Position) : Expression(Position);
