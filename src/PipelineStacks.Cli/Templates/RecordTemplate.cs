using System.Text;

namespace PipelineStacks.Cli.Templates;

/// <summary>
/// A record template in the grammar of the Kinesis Data Generator, parsed once into literals and calls. The result of a call
/// can itself open an expression; only where a call's data hold a brace is that looked for.
/// </summary>
internal sealed class RecordTemplate
{
    private const int DeepestExpansion = 100;
    private const int MostExpansionsKept = 1000;

    private readonly string _text;
    private readonly IReadOnlyList<Segment> _segments;
    private readonly Dictionary<string, RecordTemplate> _expansions = new(StringComparer.Ordinal);

    private RecordTemplate(string text, IReadOnlyList<Segment> segments)
    {
        _text = text;
        _segments = segments;
    }

    /// <summary>One piece of a template: bytes as they are, or a call.</summary>
    /// <param name="End">Where the piece ends in the template's text: what follows is expanded with a result that opens an expression.</param>
    internal readonly record struct Segment(byte[] Literal, CompiledMethod? Call, int End);

    /// <exception cref="TemplateException">The template is malformed: name, position and fix.</exception>
    public static RecordTemplate Parse(string template)
    {
        var (text, segments) = new TemplateParser(template).Parse();
        return new RecordTemplate(text, segments);
    }

    /// <summary>Writes one record.</summary>
    /// <exception cref="TemplateException">A result opened an expression that is malformed.</exception>
    public void Render(RecordBuffer output, Draws draws) => Render(output, draws, output.Length, 0);

    private void Render(RecordBuffer output, Draws draws, int recordStart, int depth)
    {
        foreach (var segment in _segments)
        {
            if (segment.Call is not { } call)
            {
                output.Append(segment.Literal);
                continue;
            }

            var start = output.Length;
            call.Write(output, draws);
            if (call.MayOpen && Opened(output, recordStart, start, segment.End) is { } rest)
            {
                Expand(rest, depth).Render(output, draws, recordStart, depth + 1);
                return;
            }
        }
    }

    // A result is put in the expression's place and the text is read again, so that a brace can meet its neighbour.
    private string? Opened(RecordBuffer output, int recordStart, int start, int end)
    {
        var from = start > recordStart && output.Written[start - 1] == '{' ? start - 1 : start;
        var result = Encoding.UTF8.GetString(output.Written[from..]);
        var text = result + _text[end..];
        var open = text.IndexOf("{{", StringComparison.Ordinal);
        if (open < 0 || open >= result.Length)
            return null;
        output.Length = from;
        return text;
    }

    private RecordTemplate Expand(string text, int depth)
    {
        if (depth >= DeepestExpansion)
            throw new TemplateException($"Results open expressions more than {DeepestExpansion} times over: remove the one that yields itself.");
        if (_expansions.TryGetValue(text, out var known))
            return known;
        try
        {
            var template = Parse(text);
            if (_expansions.Count < MostExpansionsKept)
                _expansions[text] = template;
            return template;
        }
        catch (TemplateException error)
        {
            throw new TemplateException($"A result was expanded to '{text}': {error.Message}");
        }
    }
}
