using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PipelineStacks.Cli.Output;
using Spectre.Console;

namespace PipelineStacks.Cli.Guard;

/// <summary>What would change, for people, for programs, and for the approval of a promotion.</summary>
internal sealed record GuardReport(IReadOnlyList<Change> Changes, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether nothing stands against the promotion.</summary>
    public bool Passes => !Changes.Any(change => change.Fails);

    // The gravest first, and of those alike by their names.
    private IEnumerable<Change> Sorted => Changes
        .OrderByDescending(change => change.Fails).ThenByDescending(change => change.Stateful && change.Kind > ChangeKind.Changed)
        .ThenByDescending(change => change.Kind).ThenBy(change => change.Resource, StringComparer.Ordinal);

    private string Verdict => Changes.Count(change => change.Fails) switch
    {
        0 when Changes.Count == 0 => "Nothing changes.",
        0 => $"{Counts}. Nothing that holds data would be lost.",
        var failing => $"{Counts}. {failing.ToString(CultureInfo.InvariantCulture)} of these must not be deployed like this; name it in {AllowList.DefaultFile} with a reason and a day to allow it.",
    };

    private string Counts => string.Join(", ", Changes.GroupBy(change => change.Kind).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {Name(group.Key)}"));

    public void Write(Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(JsonSerializer.Serialize(new { Passes, Verdict, Changes = Sorted, Notes }, Json));
                break;
            case OutputFormat.Markdown:
                WriteMarkdown(terminal.Out);
                break;
            default:
                WriteTable(terminal);
                break;
        }
    }

    private void WriteTable(Terminal terminal)
    {
        if (Changes.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("", "change", "resource", "type", "what");
            foreach (var change in Sorted)
                table.AddRow([.. new[] { Mark(change), Name(change.Kind), change.Resource, change.Type, string.Join("\n", Details(change)) }.Select(Markup.Escape)]);
            terminal.Results.Write(table);
        }

        terminal.Out.WriteLine(Verdict);
        foreach (var note in Notes)
            terminal.Say(note);
    }

    // Details fold away, so that a reader sees the whole change on one screen first.
    private void WriteMarkdown(TextWriter output)
    {
        output.WriteLine($"### {(Passes ? "✅" : "⛔")} {Verdict}");
        foreach (var stack in Sorted.GroupBy(change => change.Stack))
        {
            output.WriteLine();
            output.WriteLine($"#### {stack.Key}");
            output.WriteLine();
            output.WriteLine("| | change | resource | type | what |");
            output.WriteLine("|---|---|---|---|---|");
            foreach (var change in stack)
                output.WriteLine($"| {Mark(change)} | {Name(change.Kind)} | `{change.Resource}` | {change.Type} | {string.Join("<br>", Details(change).Select(Cell))} |");
        }

        foreach (var note in Notes)
        {
            output.WriteLine();
            output.WriteLine($"> {note}");
        }
    }

    private static IEnumerable<string> Details(Change change) => change.Allowed is null ? change.Details : change.Details.Append($"allowed: {change.Allowed}");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Mark(Change change) => change.Fails ? "✗" : change.Stateful && change.Kind > ChangeKind.Changed ? "!" : "";

    private static string Name(ChangeKind kind) => kind switch
    {
        ChangeKind.MaybeReplaced => "perhaps replaced",
        ChangeKind.Weakened => "less protected",
        ChangeKind.Widened => "may do more",
        ChangeKind.Refused => "would be refused",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
