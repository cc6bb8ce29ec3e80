using System.Text;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

/// <summary>Delimited text, cut into rows and values.</summary>
internal sealed record CsvRows(IReadOnlyList<string[]> Rows, bool IsQuoted)
{
    /// <param name="isWhole">False where the last row may be cut off, which is then left out.</param>
    public static CsvRows Split(string text, char delimiter, char? quote, bool isWhole, bool trim)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var value = new StringBuilder();
        var (inQuotes, wasQuoted, anyQuoted) = (false, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i];
            if (inQuotes)
            {
                if (next == quote && i + 1 < text.Length && text[i + 1] == quote)
                    value.Append(text[i++]);
                else if (next == quote)
                    inQuotes = false;
                else
                    value.Append(next);
            }
            else if (next == quote && value.ToString().Trim().Length == 0)
            {
                value.Clear();
                (inQuotes, wasQuoted, anyQuoted) = (true, true, true);
            }
            else if (next == delimiter)
            {
                EndValue();
            }
            else if (next is '\n' or '\r')
            {
                EndRow();
            }
            else
            {
                value.Append(next);
            }
        }

        // Quotes that never close were none: a file whose values hold single quotes.
        if (inQuotes && isWhole)
            return Split(text, delimiter, null, isWhole, trim);
        if (isWhole)
            EndRow();
        return new(rows, anyQuoted);

        void EndValue()
        {
            row.Add(trim && !wasQuoted ? value.ToString().Trim() : value.ToString());
            value.Clear();
            wasQuoted = false;
        }

        void EndRow()
        {
            if (row.Count == 0 && value.Length == 0 && !wasQuoted)
                return;
            EndValue();
            rows.Add([.. row]);
            row.Clear();
        }
    }
}
