using Spectre.Console;

namespace PipelineStacks.Cli.Output;

/// <summary>Names with what they are, a line each.</summary>
internal static class FactTable
{
    public static Table New(string? title = null)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns(new TableColumn(""), new TableColumn("").RightAligned());
        return title is null ? table : table.Title(Markup.Escape(title));
    }
}
