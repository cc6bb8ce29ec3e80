using System.Text;

namespace PipelineStacks.Cli.Templates;

/// <summary>Reads the Kinesis Data Generator's grammar: trimmed, newlines stripped, an expression from <c>{{</c> to the next <c>}}</c>.</summary>
internal sealed class TemplateParser
{
    private readonly string _source;
    private readonly string _text;
    // Where each character of the stripped text stands in the source, so that errors point at what the user wrote.
    private readonly List<int> _origin = [];

    public TemplateParser(string source)
    {
        _source = source;
        var text = new StringBuilder(source.Length);
        var last = source.AsSpan().TrimEnd().Length;
        for (var i = source.Length - source.AsSpan().TrimStart().Length; i < last; i++)
        {
            if (source[i] is '\n' or '\r')
                continue;
            text.Append(source[i]);
            _origin.Add(i);
        }

        _text = text.ToString();
    }

    public (string Text, IReadOnlyList<RecordTemplate.Segment> Segments) Parse()
    {
        if (_text.Length == 0)
            throw new TemplateException("The template is empty: write one record, with expressions such as {{random.number(100)}}.");
        List<RecordTemplate.Segment> segments = [];
        for (var at = 0; at < _text.Length;)
        {
            var open = _text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open != at)
            {
                var end = open < 0 ? _text.Length : open;
                segments.Add(new(Encoding.UTF8.GetBytes(_text[at..end]), null, end));
                at = end;
                continue;
            }

            var close = _text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
                throw Error(open, "'{{' is not closed: add '}}' after the expression.");
            segments.Add(new([], Compile(open + 2, _text[(open + 2)..close]), close + 2));
            at = close + 2;
        }

        return (_text, segments);
    }

    private CompiledMethod Compile(int at, string expression)
    {
        var open = expression.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? expression : expression[..open]).Trim();
        at += expression.Length - expression.AsSpan().TrimStart().Length;
        string? argument = null;
        if (open >= 0)
        {
            var trimmed = expression.TrimEnd();
            if (trimmed[^1] != ')')
                throw Error(at, $"'{name}(' is not closed: end the expression with ')}}}}'. An argument can't hold '}}}}' itself: write '}} }}'.");
            argument = trimmed[(open + 1)..^1];
        }

        var method = Methods.Find(name) ?? throw Error(at, Methods.Unknown(name));
        try
        {
            return method.Compile(new Argument(argument));
        }
        catch (ArgumentFault fault)
        {
            throw Error(at, $"{name} {fault.Message}.");
        }
    }

    private TemplateException Error(int at, string message)
    {
        var before = _source.AsSpan(0, _origin[at]);
        var line = before.Count('\n') + 1;
        var column = before.Length - (before.LastIndexOf('\n') + 1) + 1;
        return new TemplateException($"The template is wrong at line {line}, column {column}: {message}");
    }
}
