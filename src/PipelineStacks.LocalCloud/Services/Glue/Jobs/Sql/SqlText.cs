namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>SQL seen only as far as to know what is code, and what is a comment or quoted.</summary>
internal static class SqlText
{
    /// <summary>The statements between semicolons, trimmed, without empty ones.</summary>
    public static IReadOnlyList<string> Split(string sql)
    {
        var (statements, start) = (new List<string>(), 0);
        foreach (var (at, length, isCode) in Pieces(sql))
        {
            if (!isCode || length != 1 || sql[at] != ';')
                continue;
            Add(sql[start..at]);
            start = at + 1;
        }

        Add(sql[start..]);
        return statements;

        void Add(string statement)
        {
            if (CodeOf(statement).Trim().Length > 0)
                statements.Add(statement.Trim());
        }
    }

    /// <summary>The text with a space for each comment and an empty pair of quotes for each quoted piece.</summary>
    public static string CodeOf(string sql)
    {
        var code = new System.Text.StringBuilder();
        foreach (var (at, length, isCode) in Pieces(sql))
            code.Append(isCode ? sql.AsSpan(at, length) : sql[at] is '\'' or '"' or '`' ? "''" : " ");
        return code.ToString();
    }

    // A quote inside of quotes is doubled, which reads as two quoted pieces side by side.
    private static IEnumerable<(int At, int Length, bool IsCode)> Pieces(string sql)
    {
        for (var at = 0; at < sql.Length;)
        {
            var length = sql[at] switch
            {
                '\'' or '"' or '`' => To(sql, at + 1, sql[at].ToString()) - at,
                '-' when At(sql, at + 1) == '-' => To(sql, at, "\n") - at,
                '/' when At(sql, at + 1) == '*' => To(sql, at + 2, "*/") - at,
                _ => 0,
            };
            yield return length > 0 ? (at, length, false) : (at, 1, true);
            at += Math.Max(length, 1);
        }
    }

    private static char At(string sql, int at) => at < sql.Length ? sql[at] : '\0';

    private static int To(string sql, int from, string end) =>
        from <= sql.Length && sql.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : sql.Length;
}
