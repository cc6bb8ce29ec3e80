using System.Text;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql;

/// <summary>
/// A text of an action with <c>${expression}</c> in it. The expressions see the message's payload and the variables of SET, never the aliases of SELECT.
/// </summary>
public sealed class SubstitutionTemplate
{
    private readonly List<object> _parts;

    private SubstitutionTemplate(string text, List<object> parts) => (Text, _parts) = (text, parts);

    /// <summary>The template as it is written.</summary>
    public string Text { get; }

    /// <summary>Whether it is the same for every message.</summary>
    public bool IsConstant => _parts.All(part => part is string);

    /// <summary>What the expressions read and call.</summary>
    public QueryReads Reads => field ??= QueryReads.Of(_parts.OfType<Expression>());

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="query">The rule's statement, whose variables the template may use.</param>
    /// <exception cref="IotSqlException">An expression isn't AWS IoT SQL; the place counts from the expression's beginning.</exception>
    public static SubstitutionTemplate Parse(string text, Query? query = null)
    {
        var parts = new List<object>();
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is var start and >= 0)
        {
            var end = End(text, start + 2);
            parts.Add(text[at..start]);
            parts.Add(new Parser(text[(start + 2)..end]).Template(query?.Variables.Select(variable => variable.Name) ?? []));
            at = end + 1;
        }
        parts.Add(text[at..]);
        return new SubstitutionTemplate(text, parts);
    }

    /// <summary>The text for one message; an expression that is Undefined leaves nothing.</summary>
    public string Evaluate(QueryEvaluation evaluation)
    {
        if (IsConstant)
            return Text;
        var text = new StringBuilder();
        foreach (var part in _parts)
            text.Append(part is Expression expression ? Shown(evaluation.Evaluate(expression)) : part);
        return text.ToString();
    }

    private static string Shown(SqlValue value) => Conversions.ToText(value) ?? Json.Text(value);

    // The brace that closes, past those of object literals and those inside of strings.
    private static int End(string text, int from)
    {
        var (depth, quote) = (0, '\0');
        for (var i = from; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0')
                quote = character == quote ? '\0' : quote;
            else if (character is '\'' or '"')
                quote = character;
            else if (character == '{')
                depth++;
            else if (character == '}' && depth-- == 0)
                return i;
        }
        throw new IotSqlException($"The substitution template '{text}' has no '}}' for its '${{'", new SqlPosition(1, from - 1));
    }
}
