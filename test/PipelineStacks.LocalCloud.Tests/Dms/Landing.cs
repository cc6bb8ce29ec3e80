using System.Text;

namespace PipelineStacks.LocalCloud.Tests.Dms;

/// <summary>What the files of a table amount to: the load, and the changes after it, by key.</summary>
internal static class Landing
{
    /// <summary>The rows by key (their first column), without Op.</summary>
    public static SortedDictionary<string, string> Reconstruct(DmsCloud dms, string table)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // Loads begin with an L, and come before the changes, whose names are times.
        var objects = dms.Objects($"sakila/{table}/").OrderBy(one => !one.Key.Contains("LOAD", StringComparison.Ordinal)).ThenBy(one => one.Key, StringComparer.Ordinal);
        foreach (var row in objects.SelectMany(one => Rows(dms.Text(one.Key))))
        {
            var values = string.Join('\t', row.Skip(1));
            var applied = row[0] switch
            {
                "I" => rows.TryAdd(row[1], values),
                "U" => rows.ContainsKey(row[1]) && (rows[row[1]] = values) == values,
                "D" => rows.Remove(row[1]),
                _ => false,
            };
            applied.ShouldBeTrue($"{row[0]} of {table} {row[1]} does not fit what came before");
        }

        return rows;
    }

    /// <summary>The source's rows in the same form.</summary>
    public static async Task<SortedDictionary<string, string>> SourceAsync(MariaDb source, string table)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (await source.ExecuteAsync($"SELECT * FROM {table};")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            rows.Add(line[..line.IndexOf('\t', StringComparison.Ordinal)], line);
        return rows;
    }

    /// <summary>RFC 4180.</summary>
    public static IEnumerable<string[]> Rows(string csv)
    {
        var (values, value, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            if (csv[i] == '"' && quoted && i + 1 < csv.Length && csv[i + 1] == '"')
                value.Append(csv[i++]);
            else if (csv[i] == '"')
                quoted = !quoted;
            else if (!quoted && csv[i] is ',' or '\n' && !quoted)
            {
                values.Add(value.ToString());
                value.Clear();
                if (csv[i] == ',')
                    continue;
                yield return [.. values];
                values.Clear();
            }
            else
                value.Append(csv[i]);
        }
    }
}
