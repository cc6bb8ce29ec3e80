using System.Globalization;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>
/// The filter of <c>GetPartitions</c>: comparisons, <c>AND</c>, <c>OR</c>, <c>NOT</c>, <c>IN</c>, <c>BETWEEN</c>, <c>LIKE</c>,
/// <c>IS NULL</c> over the partition keys, compared by the keys' types.
/// </summary>
internal sealed class PartitionExpression
{
    // What Hive writes for a partition value that is null.
    private const string HiveNull = "__HIVE_DEFAULT_PARTITION__";

    private readonly string _text;
    private readonly IReadOnlyList<Column> _keys;
    private readonly List<ExpressionToken> _tokens;
    private int _at;

    private PartitionExpression(string text, IReadOnlyList<Column> keys)
    {
        (_text, _keys) = (text, keys);
        _tokens = ExpressionToken.Split(text) ?? throw Unsupported();
    }

    /// <exception cref="ServiceException"><c>InvalidInputException</c>: the expression can't be read.</exception>
    public static Func<IReadOnlyList<string>, bool> Parse(string text, IReadOnlyList<Column> keys)
    {
        var expression = new PartitionExpression(text, keys);
        var matches = expression.Or();
        return expression._at == expression._tokens.Count ? matches : throw expression.Unsupported();
    }

    private Func<IReadOnlyList<string>, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            var (first, second) = (left, And());
            left = values => first(values) || second(values);
        }

        return left;
    }

    private Func<IReadOnlyList<string>, bool> And()
    {
        var left = Not();
        while (Take("and"))
        {
            var (first, second) = (left, Not());
            left = values => first(values) && second(values);
        }

        return left;
    }

    private Func<IReadOnlyList<string>, bool> Not()
    {
        if (Take("not"))
        {
            var inner = Not();
            return values => !inner(values);
        }

        if (!Take("("))
            return Predicate();
        var grouped = Or();
        Demand(")");
        return grouped;
    }

    private Func<IReadOnlyList<string>, bool> Predicate()
    {
        var index = Key();
        var negated = Take("not");
        Func<string, bool> test;
        if (Take("in"))
        {
            test = In(index);
        }
        else if (Take("between"))
        {
            var low = Literal();
            Demand("and");
            var high = Literal();
            test = value => Compare(index, value, low) >= 0 && Compare(index, value, high) <= 0;
        }
        else if (Take("like"))
        {
            var pattern = Literal();
            test = value => LikePattern.Matches(value, pattern);
        }
        else if (!negated && Take("is"))
        {
            var not = Take("not");
            Demand("null");
            return values => values[index] == HiveNull != not;
        }
        else
        {
            test = negated ? throw Unsupported() : Comparison(index);
        }

        // A null compares with nothing, not even unequal.
        return values => values[index] != HiveNull && test(values[index]) != negated;
    }

    private Func<string, bool> In(int index)
    {
        Demand("(");
        var options = new List<string>();
        do
            options.Add(Literal());
        while (Take(","));
        Demand(")");
        return value => options.Exists(option => Compare(index, value, option) == 0);
    }

    private Func<string, bool> Comparison(int index)
    {
        var operation = Next().Text;
        var literal = Literal();
        return operation switch
        {
            "=" => value => Compare(index, value, literal) == 0,
            "<>" or "!=" => value => Compare(index, value, literal) != 0,
            "<" => value => Compare(index, value, literal) < 0,
            "<=" => value => Compare(index, value, literal) <= 0,
            ">" => value => Compare(index, value, literal) > 0,
            ">=" => value => Compare(index, value, literal) >= 0,
            _ => throw Unsupported(),
        };
    }

    private int Compare(int index, string value, string literal)
    {
        var type = _keys[index].Type ?? "string";
        if (type is "tinyint" or "smallint" or "int" or "integer" or "bigint" or "long" or "float" or "double" || type.StartsWith("decimal", StringComparison.Ordinal))
            return Number(value).CompareTo(Number(literal));
        // Dates and timestamps in ISO form are in the order of their text.
        return string.CompareOrdinal(value, literal);
    }

    private decimal Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw GlueErrors.Invalid($"Unsupported expression '{_text}': {text} is not a number.");

    private int Key()
    {
        var name = Next();
        for (var i = 0; i < _keys.Count; i++)
            if (name.Kind is ExpressionTokenKind.Word && string.Equals(_keys[i].Name, name.Text, StringComparison.OrdinalIgnoreCase))
                return i;
        throw GlueErrors.Invalid($"Unsupported expression '{_text}': {name.Text} is not a partition key.");
    }

    private string Literal()
    {
        var token = Next();
        // date '2026-11-20' and timestamp '…' say what the key's type says already.
        if (token.Kind is ExpressionTokenKind.Word && token.Text.ToLowerInvariant() is "date" or "timestamp")
            token = Next();
        return token.Kind is ExpressionTokenKind.Text or ExpressionTokenKind.Number ? token.Text : throw Unsupported();
    }

    private ExpressionToken Next() => _at < _tokens.Count ? _tokens[_at++] : throw Unsupported();

    private bool Take(string text)
    {
        if (_at >= _tokens.Count || !_tokens[_at].Is(text))
            return false;
        _at++;
        return true;
    }

    private void Demand(string text)
    {
        if (!Take(text))
            throw Unsupported();
    }

    private ServiceException Unsupported() => GlueErrors.Invalid($"Unsupported expression '{_text}'");
}
