namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>Safe pieces of SQL text, for the places where parameters can't stand.</summary>
internal static class Sql
{
    /// <summary>A text literal: <c>'it''s'</c>.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A quoted name: <c>"order"</c>.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A list of text literals: <c>['a', 'b']</c>.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";
}
