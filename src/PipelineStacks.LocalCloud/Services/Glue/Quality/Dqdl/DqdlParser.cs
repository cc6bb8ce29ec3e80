using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;

/// <summary>
/// Reads rulesets: <c>Rules = [ IsComplete "id", (RowCount &gt; 0) and (IsUnique "id") ]</c>,
/// <see href="https://docs.aws.amazon.com/glue/latest/dg/dqdl.html"/>. Everything that is wrong is reported at once.
/// </summary>
internal sealed class DqdlParser
{
    private static readonly string[] Comparisons = ["=", "!=", ">=", "<=", ">", "<"];

    private readonly string _text;
    private readonly List<DqdlToken> _tokens;
    private int _at;

    private DqdlParser(string text, List<DqdlToken> tokens) => (_text, _tokens) = (text, tokens);

    private DqdlToken Current => _tokens[_at];

    /// <exception cref="Calls.ServiceException">The ruleset is wrong, with the place of each error; or it uses what is not supported, by name.</exception>
    public static IReadOnlyList<Rule> Parse(string text)
    {
        var errors = new List<DqdlException>();
        IReadOnlyList<Rule> rules = [];
        try
        {
            rules = new DqdlParser(text, DqdlLexer.Split(text)).Ruleset(errors);
        }
        catch (DqdlException error)
        {
            errors.Add(error);
        }

        if (errors.Count == 0)
            return rules;
        var message = string.Join("; ", errors.Select(error => $"{DqdlLexer.Place(text, error.At)}: {error.Message}"));
        throw errors.TrueForAll(error => error.IsUnsupported)
            ? new("NotImplementedByLocalCloud", $"The ruleset uses what the local cloud does not support. {message}.", 501)
            : GlueErrors.Invalid($"The ruleset is not valid. {message}.");
    }

    private List<Rule> Ruleset(List<DqdlException> errors)
    {
        if (Current.IsWord("Analyzers"))
            throw Unsupported("Analyzers");
        if (!Current.IsWord("Rules"))
            throw Expected("'Rules = [ … ]'");
        _at++;
        Demand("=");
        Demand("[");
        var rules = new List<Rule>();
        while (true)
        {
            try
            {
                rules.Add(Expression());
                if (Current.Kind is not ("," or "]"))
                    throw Expected("',' or ']'");
            }
            catch (DqdlException error)
            {
                errors.Add(error);
                Recover();
            }

            if (Current.Kind != ",")
                break;
            _at++;
        }

        Demand("]");
        if (Current.IsWord("Analyzers"))
            throw Unsupported("Analyzers");
        if (Current.Kind.Length > 0)
            throw Expected("the end of the ruleset");
        return rules;
    }

    // On to the end of the rule, so that the next one's errors are found too.
    private void Recover()
    {
        var depth = 0;
        for (; Current.Kind.Length > 0; _at++)
        {
            if (depth == 0 && (Current.Kind == "]" || (Current.Kind == "," && _tokens[_at + 1] is { Kind: "(" or "w" })))
                return;
            depth = Math.Max(0, depth + Current.Kind switch { "[" or "(" => 1, "]" or ")" => -1, _ => 0 });
        }
    }

    private Rule Expression()
    {
        var start = Current.Start;
        var first = Term();
        if (!Current.IsWord("and") && !Current.IsWord("or"))
            return first;
        var name = Current.Text.ToUpperInvariant();
        var rules = new List<Rule> { first };
        while (Current.IsWord("and") || Current.IsWord("or"))
        {
            if (!Current.IsWord(name))
                throw new DqdlException(Current.Start, $"'{Current.Text}' beside '{name.ToLowerInvariant()}' needs parentheses to say which comes first");
            _at++;
            rules.Add(Term());
        }

        return new CompositeRule(name, rules, Written(start));
    }

    private Rule Term()
    {
        if (Current.Kind != "(")
            return Simple();
        _at++;
        var inner = Expression();
        Demand(")");
        return inner;
    }

    private SimpleRule Simple()
    {
        var name = Current;
        if (name.Kind != "w")
            throw Expected("a rule");
        if (RuleKind.Unsupported.Contains(name.Text))
            throw Unsupported($"The rule type {name.Text}");
        if (!RuleKind.Supported.TryGetValue(name.Text, out var kind))
            throw new DqdlException(name.Start, $"there is no rule type '{name.Text}'; the local cloud knows {string.Join(", ", RuleKind.Supported.Keys)}");
        _at++;
        var arguments = new List<string>();
        while (Current.Kind == "s")
            arguments.Add(Take().Text);
        if (arguments.Count < kind.Arguments.Least || arguments.Count > kind.Arguments.Most)
            throw new DqdlException(name.Start, $"{name.Text} takes {Count(kind.Arguments)} and has {arguments.Count}");
        var condition = kind.Condition == ConditionOf.Nothing ? null : Read(kind.Condition, name);
        string? where = null;
        Condition? threshold = null;
        while (Current.IsWord("with") || Current.IsWord("where"))
        {
            var clause = Take();
            if (clause.IsWord("where") && kind.HasWhere && Current.Kind == "s")
                where = Take().Text;
            else if (clause.IsWord("with") && kind.HasThreshold && Current.IsWord("threshold"))
                threshold = Threshold();
            else
                throw new DqdlException(clause.Start, $"{name.Text} has no '{clause.Text}' here");
        }

        return new(RuleKind.Supported.Keys.First(key => key.Equals(name.Text, StringComparison.OrdinalIgnoreCase)), arguments, condition, threshold, where, Written(name.Start));
    }

    private Condition Threshold()
    {
        _at++;
        return Read(ConditionOf.Number, _tokens[_at - 1]);
    }

    private Condition Read(ConditionOf about, DqdlToken name)
    {
        var negated = Current.IsWord("not");
        if (negated)
            _at++;
        var start = Current;
        if (!negated && Comparisons.Contains(start.Kind))
        {
            _at++;
            return Checked(new(start.Kind, false, [Operand()]), about, start);
        }

        if (start.IsWord("between"))
        {
            _at++;
            var low = Operand();
            if (!Current.IsWord("and"))
                throw Expected("'and' between the ends of between");
            _at++;
            return Checked(new("between", negated, [low, Operand()]), about, start);
        }

        if (start.IsWord("in") && about != ConditionOf.Age)
        {
            _at++;
            return Checked(new("in", negated, List()), about, start);
        }

        if (start.IsWord("matches") && about == ConditionOf.Values)
        {
            _at++;
            return Checked(new("matches", negated, [Operand()]), about, start);
        }

        throw new DqdlException(start.Start, $"{name.Text} needs a condition, such as '{name.Text} … {(about == ConditionOf.Type ? "= \"INTEGER\"" : about == ConditionOf.Age ? "<= 24 hours" : "> 0")}', and not '{start.Text}'");
    }

    private static Condition Checked(Condition condition, ConditionOf about, DqdlToken at)
    {
        var fits = condition.Operands.All(operand => about switch
        {
            ConditionOf.Number => operand.Kind == OperandKind.Number,
            ConditionOf.Type => operand.Kind == OperandKind.Text && condition.Operator is "=",
            ConditionOf.Age => operand.Kind == OperandKind.Duration,
            _ => operand.Kind != OperandKind.Duration
                && (operand.Kind is OperandKind.Number or OperandKind.Text or OperandKind.Now || condition.Operator is "=" or "!=" or "in")
                && (condition.Operator != "matches" || operand.Kind == OperandKind.Text),
        });
        return fits ? condition : throw new DqdlException(at.Start, $"'{condition.Operator}' can't compare with {string.Join(", ", condition.Operands.Select(operand => operand.Text))} here");
    }

    private List<Operand> List()
    {
        Demand("[");
        var operands = new List<Operand> { Operand() };
        while (Current.Kind == ",")
        {
            _at++;
            operands.Add(Operand());
        }

        Demand("]");
        return operands;
    }

    private Operand Operand()
    {
        var start = _at;
        var token = Take();
        switch (token)
        {
            case { Kind: "s" }:
                return new(OperandKind.Text, token.Text);
            case { Kind: "(" } when Current.IsWord("now"):
                var time = Now();
                Demand(")");
                return time;
            case { Kind: "w" } when token.IsWord("now"):
                _at--;
                return Now();
            case { Kind: "w" } when token.IsWord("NULL"):
                return new(OperandKind.Null, token.Text);
            case { Kind: "w" } when token.IsWord("EMPTY"):
                return new(OperandKind.Empty, token.Text);
            case { Kind: "w" } when token.IsWord("WHITESPACES_ONLY"):
                return new(OperandKind.WhitespacesOnly, token.Text);
            case { Kind: "-" or "n" }:
                var digits = token.Kind == "-" ? Current : token;
                if (!double.TryParse(digits.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                    break;
                if (token.Kind == "-")
                    _at++;
                var text = token.Kind == "-" ? $"-{digits.Text}" : digits.Text;
                return Unit() is { } unit
                    ? new(OperandKind.Duration, $"{text} {Take().Text}", Span: unit * number)
                    : new(OperandKind.Number, text, token.Kind == "-" ? -number : number);
        }

        _at = start;
        throw Expected("a value");
    }

    private Operand Now()
    {
        var start = Take().Start;
        Demand("(");
        Demand(")");
        if (Current.Kind is not ("-" or "+"))
            return new(OperandKind.Now, "now()", Span: TimeSpan.Zero);
        var sign = Take().Kind == "-" ? -1 : 1;
        return Operand() is { Span: { } span } ? new(OperandKind.Now, Written(start), Span: sign * span) : throw Expected("a duration such as 3 days");
    }

    private TimeSpan? Unit() => Current.Kind != "w" ? null : Current.Text.ToLowerInvariant().TrimEnd('s') switch
    {
        "minute" => TimeSpan.FromMinutes(1),
        "hour" => TimeSpan.FromHours(1),
        "day" => TimeSpan.FromDays(1),
        _ => null,
    };

    private DqdlToken Take() => Current.Kind.Length > 0 ? _tokens[_at++] : throw Expected("more");

    private void Demand(string symbol)
    {
        if (Current.Kind != symbol)
            throw Expected($"'{symbol}'");
        _at++;
    }

    private string Written(int start) => _text[start.._tokens[_at - 1].End];

    private static string Count((int Least, int Most) arguments) => arguments switch
    {
        (0, 0) => "no text",
        (1, 1) => "one text in quotes",
        (2, 2) => "two texts in quotes",
        _ => $"{arguments.Least} to {arguments.Most} texts in quotes",
    };

    private DqdlException Expected(string what) => new(Current.Start, $"expected {what} and not '{Current.Text}'");

    private DqdlException Unsupported(string what) => new(Current.Start, $"{what} is not supported by the local cloud", isUnsupported: true);
}
