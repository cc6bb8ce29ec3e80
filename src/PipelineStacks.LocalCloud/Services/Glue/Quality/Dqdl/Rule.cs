namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;

/// <summary>A rule of a ruleset, which may be composed of others.</summary>
/// <param name="Text">As it is written.</param>
internal abstract record Rule(string Text);

/// <param name="Operator">AND or OR.</param>
internal sealed record CompositeRule(string Operator, IReadOnlyList<Rule> Rules, string Text) : Rule(Text);

/// <summary>A rule by itself: <c>ColumnValues "id" &gt; 0 with threshold &gt; 0.9 where "x = 1"</c>.</summary>
/// <param name="Kind">As DQDL names it: <c>IsComplete</c>.</param>
/// <param name="Arguments">The texts behind the kind: columns, a statement.</param>
/// <param name="Threshold">The share of rows that must fulfil the condition; null for all.</param>
/// <param name="Where">SQL that a row must fulfil to be looked at.</param>
internal sealed record SimpleRule(
    string Kind, IReadOnlyList<string> Arguments, Condition? Condition, Condition? Threshold, string? Where, string Text) : Rule(Text);

/// <param name="Operator">=, !=, &gt;, &lt;, &gt;=, &lt;=, between, in, matches; the negated ones say so.</param>
/// <param name="Operands">One, but two for between and any number for in.</param>
internal sealed record Condition(string Operator, bool Negated, IReadOnlyList<Operand> Operands)
{
    /// <summary>Whether a number fulfils it.</summary>
    public bool Holds(double value)
    {
        var holds = Operator switch
        {
            "=" => value.Equals(Number(0)),
            "!=" => !value.Equals(Number(0)),
            ">" => value > Number(0),
            "<" => value < Number(0),
            ">=" => value >= Number(0),
            "<=" => value <= Number(0),
            // Glue's between leaves its ends out.
            "between" => value > Number(0) && value < Number(1),
            "in" => Operands.Any(operand => value.Equals(operand.Number)),
            _ => throw new InvalidOperationException($"A number has no operator {Operator}."),
        };
        return holds != Negated;
    }

    private double Number(int index) => Operands[index].Number!.Value;
}

/// <summary>A literal.</summary>
/// <param name="Kind">What it is.</param>
internal sealed record Operand(OperandKind Kind, string Text, double? Number = null, TimeSpan? Span = null);

internal enum OperandKind
{
    Number,
    Text,
    Duration,

    /// <summary><c>now()</c>, or that far from it.</summary>
    Now,
    Null,
    Empty,
    WhitespacesOnly,
}
