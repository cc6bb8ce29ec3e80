using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>
/// Where names are looked up: the payload, or in a nested query one element of its source. A nested query doesn't see the payload around it;
/// transform() is AWS's way to bring the two together.
/// </summary>
internal sealed class Scope(QueryEvaluation evaluation, SqlValue row, string? alias)
{
    public SqlValue Evaluate(Expression expression) => expression switch
    {
        Literal literal => literal.Value,
        Field field => alias == field.Name ? row : MemberOf(row, field.Name),
        Member member => MemberOf(Evaluate(member.Of), member.Name),
        Binary binary => Operators.Apply(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        Call call => Apply(call),
        Variable variable => evaluation.VariableOf(variable.Name),
        Star => row,
        Not not => Operators.Not(Evaluate(not.Operand)),
        Negative negative => Conversions.ToNumber(Evaluate(negative.Operand))?.Negate() ?? SqlValue.Undefined,
        Cast cast => Casts.Apply(Evaluate(cast.Value), cast.Type),
        Case choice => Choose(choice),
        ArrayLiteral array => new ArrayValue([.. array.Items.Select(Evaluate)]),
        ObjectLiteral members => Object(members),
        NestedQuery nested => Nested(nested),
        Exists exists => SqlValue.Of(Nested(exists.Query) is var found && (found is ArrayValue rows ? rows.Items.Count > 0 : !found.IsUndefined)),
        _ => throw new InvalidOperationException($"No evaluation for {expression.GetType().Name}."),
    };

    public SqlValue Select(SelectClause select)
    {
        if (select.IsValue || select.Items is [{ Expression: Star }])
            return Evaluate(select.Items[0].Expression);
        var members = new OrderedDictionary<string, SqlValue>(StringComparer.Ordinal);
        foreach (var item in select.Items)
        {
            if (item.Expression is Star)
                Put(members, row as ObjectValue);
            else if (Evaluate(item.Expression) is { IsUndefined: false } value)
                Put(members, item.Name, value);
        }
        return new ObjectValue(members);
    }

    private static SqlValue MemberOf(SqlValue of, string name) => of is ObjectValue members ? members[name] : SqlValue.Undefined;

    private static void Put(OrderedDictionary<string, SqlValue> members, ObjectValue? all)
    {
        foreach (var (name, value) in all?.Members ?? new Dictionary<string, SqlValue>())
            members[name] = value;
    }

    private static void Put(OrderedDictionary<string, SqlValue> members, IReadOnlyList<string> name, SqlValue value, int level = 0)
    {
        if (level == name.Count - 1)
        {
            members[name[level]] = value;
            return;
        }
        var inner = members.TryGetValue(name[level], out var present) && present is ObjectValue existing
            ? new OrderedDictionary<string, SqlValue>(existing.Members, StringComparer.Ordinal)
            : new OrderedDictionary<string, SqlValue>(StringComparer.Ordinal);
        Put(inner, name, value, level + 1);
        members[name[level]] = new ObjectValue(inner);
    }

    private SqlValue Apply(Call call)
    {
        var function = call.Definition!;
        if (!function.Takes(call.Arguments.Count))
            return SqlValue.Undefined;
        var arguments = new SqlValue[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            // encode(*) takes the payload as it came, JSON or not.
            arguments[i] = call is { Function: "encode", Arguments: [Star, ..] } && i == 0 && row == evaluation.Message.Content
                ? new BytesValue(evaluation.Message.Payload)
                : Evaluate(call.Arguments[i]);
        }
        return function.Apply(evaluation.Message, arguments);
    }

    private SqlValue Choose(Case choice)
    {
        var value = Evaluate(choice.Value);
        if (value.IsUndefined)
            return SqlValue.Undefined;
        foreach (var branch in choice.Branches)
            if (Evaluate(branch.Match) is { IsUndefined: false } match && Operators.AreEqual(value, match))
                return Evaluate(branch.Result);
        return choice.Else is { } otherwise ? Evaluate(otherwise) : SqlValue.Undefined;
    }

    private ObjectValue Object(ObjectLiteral literal)
    {
        var members = new OrderedDictionary<string, SqlValue>(StringComparer.Ordinal);
        foreach (var (name, expression) in literal.Members)
            if (Evaluate(expression) is { IsUndefined: false } value)
                members[name] = value;
        return new ObjectValue(members);
    }

    private SqlValue Nested(NestedQuery query)
    {
        switch (Evaluate(query.Source))
        {
            case ArrayValue array:
                var rows = new List<SqlValue>();
                foreach (var item in array.Items)
                    if (Row(query, item) is { IsUndefined: false } value)
                        rows.Add(value);
                return new ArrayValue(rows);
            case ObjectValue members:
                return Row(query, members);
            default:
                return SqlValue.Undefined;
        }
    }

    private SqlValue Row(NestedQuery query, SqlValue item)
    {
        var scope = new Scope(evaluation, item, query.Alias);
        return query.Where is { } where && Conversions.ToBoolean(scope.Evaluate(where)) is not true ? SqlValue.Undefined : scope.Select(query.Select);
    }
}
