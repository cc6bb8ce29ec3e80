using System.Globalization;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Expressions;

/// <summary>Reads expressions by recursive descent, from the weakest operator to the strongest.</summary>
internal sealed partial class MathParser
{
    private static readonly string[][] Levels = [["OR", "||"], ["AND", "&&"], ["<", "<=", ">", ">=", "==", "!="], ["+", "-"], ["*", "/"], ["^"]];

    private readonly string _text;
    private readonly List<string> _tokens;
    private int _next;

    public MathParser(string text)
    {
        _text = text;
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        if (Rest().Replace(text, "").Length > 0)
            throw Mistake($"'{Rest().Replace(text, "")}' is not understood");
    }

    public MathExpression Parse()
    {
        var expression = Level(0);
        return _next == _tokens.Count ? expression : throw Mistake($"'{_tokens[_next]}' is not expected");
    }

    private MathExpression Level(int level)
    {
        if (level == Levels.Length)
            return Unary();
        var left = Level(level + 1);
        while (_next < _tokens.Count && Levels[level].Contains(_tokens[_next]))
        {
            var symbol = _tokens[_next++] switch
            {
                "||" => "OR",
                "&&" => "AND",
                var other => other,
            };
            left = new MathExpression.Binary(symbol, left, Level(level + 1));
        }

        return left;
    }

    private MathExpression Unary() => Take("-") ? new MathExpression.Negation(Unary()) : Primary();

    private MathExpression Primary()
    {
        if (_next == _tokens.Count)
            throw Mistake("it ends too early");
        var token = _tokens[_next++];
        switch (token)
        {
            case "(":
                var inner = Level(0);
                Expect(")");
                return inner;
            case "[":
                return new MathExpression.Group(List("]"));
            case var number when char.IsAsciiDigit(number[0]) || number[0] == '.':
                return new MathExpression.Number(double.Parse(number, CultureInfo.InvariantCulture));
            case var name when char.IsAsciiLetter(name[0]) && Take("("):
                var arguments = List(")");
                MathFunctions.Check(name, arguments.Count);
                return new MathExpression.Call(name, arguments);
            case var name when char.IsAsciiLetter(name[0]):
                return new MathExpression.Reference(name);
            default:
                throw Mistake($"'{token}' is not expected");
        }
    }

    private List<MathExpression> List(string end)
    {
        List<MathExpression> items = [];
        if (Take(end))
            return items;
        do
            items.Add(Level(0));
        while (Take(","));
        Expect(end);
        return items;
    }

    private bool Take(string token)
    {
        if (_next >= _tokens.Count || _tokens[_next] != token)
            return false;
        _next++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
            throw Mistake(_next == _tokens.Count ? $"'{token}' is missing at the end" : $"'{token}' is expected before '{_tokens[_next]}'");
    }

    private ServiceException Mistake(string why) => new("ValidationError", $"Error in expression '{_text}': {why}.");

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9_]*|\d+(\.\d+)?([eE][+-]?\d+)?|\.\d+|<=|>=|==|!=|\|\||&&|[-+*/^<>(),\[\]]")]
    private static partial Regex Token();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9_]*|\d+(\.\d+)?([eE][+-]?\d+)?|\.\d+|<=|>=|==|!=|\|\||&&|[-+*/^<>(),\[\]]|\s+")]
    private static partial Regex Rest();
}
