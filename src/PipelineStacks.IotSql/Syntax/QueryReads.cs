using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Syntax;

/// <summary>A field that a statement reads: its names from the payload inwards; a nested query's fields follow those of its source.</summary>
public sealed record FieldRead(IReadOnlyList<string> Path, SqlPosition Position)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join('.', Path);
}

/// <summary>A call with a number of arguments for which the function is Undefined.</summary>
public sealed record ArgumentMismatch(string Function, int Arguments, SqlPosition Position);

/// <summary>What a statement reads, calls and makes, for those who check it without running it.</summary>
public sealed class QueryReads
{
    private readonly List<FieldRead> _fields = [];
    private readonly SortedSet<string> _functions = new(StringComparer.Ordinal);
    private readonly List<ArgumentMismatch> _mismatches = [];

    private QueryReads()
    {
    }

    /// <summary>Every place that reads a field, in the statement's order.</summary>
    public IReadOnlyList<FieldRead> Fields => _fields;

    /// <summary>The functions that are called, in lower case.</summary>
    public IReadOnlyCollection<string> Functions => _functions;

    /// <summary>Calls that always give Undefined, because of their number of arguments.</summary>
    public IReadOnlyList<ArgumentMismatch> Mismatches => _mismatches;

    /// <summary>Whether <c>*</c> takes the whole payload, in SELECT, WHERE or a function.</summary>
    public bool WholePayload { get; private set; }

    /// <summary>The members of the object that SELECT makes, besides those of <c>*</c>; empty for SELECT VALUE.</summary>
    public IReadOnlyList<string> OutputNames { get; private init; } = [];

    /// <summary>Whether SELECT makes an object with all the payload's members.</summary>
    public bool OutputHasPayload { get; private init; }

    internal static QueryReads Of(Query query)
    {
        var items = query.Select.Items;
        var reads = new QueryReads
        {
            OutputNames = query.Select.IsValue ? [] : [.. items.Where(item => item.Name.Count > 0).Select(item => item.Name[0]).Distinct()],
            OutputHasPayload = items.Any(item => item.Expression is Star),
        };
        foreach (var variable in query.Variables)
            reads.Visit(variable.Value, [], null);
        foreach (var item in items)
            reads.Visit(item.Expression, [], null);
        if (query.Where is { } where)
            reads.Visit(where, [], null);
        return reads;
    }

    /// <summary>What a substitution template's expression reads.</summary>
    internal static QueryReads Of(IEnumerable<Expression> expressions)
    {
        var reads = new QueryReads();
        foreach (var expression in expressions)
            reads.Visit(expression, [], null);
        return reads;
    }

    private void Visit(Expression expression, IReadOnlyList<string> scope, string? alias)
    {
        if (Path(expression, scope, alias) is { Count: > 0 } path)
        {
            _fields.Add(new FieldRead(path, Root(expression)));
            return;
        }
        switch (expression)
        {
            case Star when scope.Count == 0:
                WholePayload = true;
                break;
            case Call call:
                _functions.Add(call.Function);
                if (!call.Definition!.Takes(call.Arguments.Count))
                    _mismatches.Add(new ArgumentMismatch(call.Function, call.Arguments.Count, call.Position));
                break;
            case NestedQuery nested:
                VisitNested(nested, scope, alias);
                return;
        }
        foreach (var child in Children(expression))
            Visit(child, scope, alias);
    }

    private void VisitNested(NestedQuery nested, IReadOnlyList<string> scope, string? alias)
    {
        Visit(nested.Source, scope, alias);
        // Of a source that isn't a path, such as a decoded value or a variable, the columns aren't the payload's.
        if (Path(nested.Source, scope, alias) is not { Count: > 0 } inner)
            return;
        foreach (var item in nested.Select.Items)
            Visit(item.Expression, inner, nested.Alias);
        if (nested.Where is { } where)
            Visit(where, inner, nested.Alias);
    }

    private static SqlPosition Root(Expression expression) => expression switch
    {
        Member member => Root(member.Of),
        Call call => Root(call.Arguments[0]),
        _ => expression.Position,
    };

    // get(path, 'name') reads as far as path.name does.
    private static List<string>? Path(Expression expression, IReadOnlyList<string> scope, string? alias) => expression switch
    {
        Field field when field.Name == alias => [.. scope],
        Field field => [.. scope, field.Name],
        Member member when Path(member.Of, scope, alias) is { } path => [.. path, member.Name],
        Call { Function: "get", Arguments: [Star, Literal { Value: StringValue name }] } => [.. scope, name.Value],
        Call { Function: "get", Arguments: [var of, Literal { Value: StringValue name }] } when Path(of, scope, alias) is { } path => [.. path, name.Value],
        _ => null,
    };

    private static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Member member => [member.Of],
        Call call => call.Arguments,
        Cast cast => [cast.Value],
        Binary binary => [binary.Left, binary.Right],
        Not not => [not.Operand],
        Negative negative => [negative.Operand],
        Exists exists => [exists.Query],
        Case choice => [choice.Value, .. choice.Branches.SelectMany(branch => new[] { branch.Match, branch.Result }), .. choice.Else is { } otherwise ? new[] { otherwise } : []],
        ArrayLiteral array => array.Items,
        ObjectLiteral members => members.Members.Select(member => member.Value),
        _ => [],
    };
}
