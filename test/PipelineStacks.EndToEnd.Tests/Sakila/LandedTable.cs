using System.Text;

namespace PipelineStacks.EndToEnd.Tests.Sakila;

/// <summary>A table's files as DMS wrote them: the load, and the changes after it.</summary>
internal sealed class LandedTable(string folder)
{
    /// <summary>The rows of the full load, without the line of names.</summary>
    public int LoadedRows => Rows(Path.Combine(folder, "LOAD00000001.csv")).Count() - 1;

    /// <summary>Applies every change to the load, and insists that each fits: an insert of a row that is there, or a change of one that isn't, was lost or doubled.</summary>
    /// <returns>The rows by key, in the columns of the source.</returns>
    public SortedDictionary<string, string> Reconstruct(int keyColumns)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var (last, before) = ("", "");
        foreach (var (file, row) in Files().SelectMany(file => Rows(file).Skip(1).Select(row => (file, row))))
        {
            // Op, dms_timestamp, the table's own columns, change_seq.
            var values = row[2..^1];
            var key = string.Join('\t', values[..keyColumns]);
            // Loaded rows have no number.
            if (row[^1].Length > 0)
                string.CompareOrdinal(last, row[^1]).ShouldBeLessThan(0, $"{string.Join(',', row)} of {file} comes after {before}: changes come once, and in the order of their numbers");
            (last, before) = (row[^1], $"{string.Join(',', row)} of {file}");
            var applied = row[0] switch
            {
                "I" => rows.TryAdd(key, string.Join('\t', values)),
                "U" => rows.ContainsKey(key) && (rows[key] = string.Join('\t', values)) is not null,
                "D" => rows.Remove(key),
                _ => false,
            };
            applied.ShouldBeTrue($"{row[0]} of {folder} {key} at {row[^1]} doesn't fit what came before, {before}");
        }

        return rows;
    }

    // Changes' files are named by their time.
    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
        .OrderBy(file => !Path.GetFileName(file).StartsWith("LOAD", StringComparison.Ordinal)).ThenBy(Path.GetFileName, StringComparer.Ordinal);

    // RFC 4180.
    private static IEnumerable<string[]> Rows(string file)
    {
        var (values, value, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var character in File.ReadAllText(file))
        {
            // A doubled quote ends the quotation and begins it again, with the quote itself between.
            if (character == '"')
            {
                if (!quoted && value.Length > 0)
                    value.Append('"');
                quoted = !quoted;
            }
            else if (quoted || character is not (',' or '\n'))
            {
                value.Append(character);
            }
            else
            {
                values.Add(value.ToString());
                value.Clear();
                if (character == ',')
                    continue;
                yield return [.. values];
                values.Clear();
            }
        }
    }
}
