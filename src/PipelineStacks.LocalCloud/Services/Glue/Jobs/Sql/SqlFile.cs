using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>A table as SQL files name it: <c>${clean}.film_events</c>.</summary>
internal readonly record struct ZoneTable(string Zone, string Name)
{
    public override string ToString() => $"${{{Zone}}}.{Name}";
}

/// <summary>A SQL file: what its header says, and its statements.</summary>
/// <param name="WritesPartitions">The result replaces just the partitions that occur in it, instead of the table.</param>
/// <param name="SkipsAbsent">The file does nothing as long as the catalog lacks the increment's table, which a crawler makes of the first files.</param>
/// <param name="Views">The statements before the last.</param>
/// <param name="Select">The rows to write.</param>
/// <param name="Tables">Every table that the statements name.</param>
internal sealed partial record SqlFile(
    string Name, ZoneTable Target, bool WritesPartitions, ZoneTable? Increment, bool SkipsAbsent, string? Rejects, IReadOnlyList<string> Views, string Select,
    IReadOnlyList<ZoneTable> Tables)
{
    /// <summary>How messages name it: deployed files have a hash for a name, so the target says which one it is.</summary>
    public string Label => $"{Target} ({Name})";

    private const string Known = "target, write, increment, absent, rejects";

    /// <summary>The file; null where it has faults.</summary>
    /// <param name="faults">Takes every fault, in the file's name.</param>
    public static SqlFile? Parse(string name, string text, List<string> faults)
    {
        var own = new List<string>();
        var header = Header(text, own);
        var target = Table(header, "target", own);
        if (!header.ContainsKey("target"))
            own.Add("the header `-- target: ${zone}.table` is missing");
        var write = header.GetValueOrDefault("write") ?? "table";
        if (write is not ("table" or "partitions"))
            own.Add($"the header write must be table or partitions, and is {write}");
        var increment = Table(header, "increment", own);
        var absent = header.GetValueOrDefault("absent") ?? "fail";
        if (absent is not ("fail" or "skip"))
            own.Add($"the header absent must be fail or skip, and is {absent}");
        else if (absent is "skip" && !header.ContainsKey("increment"))
            own.Add("the header absent needs the header `-- increment: ${zone}.table`");
        var rejects = header.GetValueOrDefault("rejects");
        if (rejects is not null && !DatasetName().IsMatch(rejects))
            own.Add($"the header rejects must be a dataset's name, and is {rejects}");
        var statements = SqlText.Split(text);
        var code = statements.Select(SqlText.CodeOf).ToList();
        Check(code, rejects, own);
        var tables = Mentioned(code, own);
        faults.AddRange(own.Select(fault => $"{name}: {fault}"));
        return own.Count > 0
            ? null
            : new(name, target!.Value, write == "partitions", increment, absent == "skip", rejects, [.. statements.SkipLast(1)], statements[^1], tables);
    }

    /// <summary>Whether the statements read one of the views that the runner supplies.</summary>
    public bool Reads(string view) =>
        Views.Append(Select).Any(statement => Regex.IsMatch(SqlText.CodeOf(statement), $@"(?<![\w.]){view}\b(?!\s*\.\s*\w+\s*\()", RegexOptions.IgnoreCase));

    /// <summary>A statement with the databases in the zones' places.</summary>
    public static string Bind(string statement, IReadOnlyDictionary<string, string> databases) =>
        Mention().Replace(statement, match => databases.TryGetValue(match.Groups["zone"].Value, out var database)
            ? database + match.Value[(match.Value.IndexOf('}', StringComparison.Ordinal) + 1)..] : match.Value);

    private static Dictionary<string, string> Header(string text, List<string> faults)
    {
        var header = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(line => line.Trim()).TakeWhile(line => line.Length == 0 || line.StartsWith("--", StringComparison.Ordinal)))
        {
            if (HeaderLine().Match(line) is not { Success: true } match)
                continue;
            var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value.Trim());
            if (name is not ("target" or "write" or "increment" or "absent" or "rejects"))
                faults.Add($"there is no header {name} (there are {Known})");
            else if (value.Length == 0)
                faults.Add($"the header {name} is empty");
            else if (!header.TryAdd(name, value))
                faults.Add($"the header {name} occurs twice");
        }

        return header;
    }

    private static ZoneTable? Table(Dictionary<string, string> header, string name, List<string> faults)
    {
        if (!header.TryGetValue(name, out var value))
            return null;
        if (TableName().Match(value) is { Success: true } match && RunArguments.Zones.Contains(match.Groups["zone"].Value))
            return new(match.Groups["zone"].Value, match.Groups["table"].Value.ToLowerInvariant());
        faults.Add($"the header {name} must be a table such as ${{clean}}.film_events, and is {value}");
        return null;
    }

    private static void Check(List<string> code, string? rejects, List<string> faults)
    {
        if (code.Count == 0)
        {
            faults.Add("there is no statement");
            return;
        }

        var views = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < code.Count - 1; i++)
        {
            if (View().Match(code[i]) is not { Success: true } view)
                faults.Add($"statement {i + 1} must be CREATE TEMPORARY VIEW name AS SELECT …: only the last one is a plain SELECT");
            else if (view.Groups["name"].Value.ToLowerInvariant() is "increment" or "existing")
                faults.Add($"statement {i + 1} makes a view {view.Groups["name"].Value}, which the runner supplies");
            else if (!views.Add(view.Groups["name"].Value))
                faults.Add($"statement {i + 1} makes the view {view.Groups["name"].Value} a second time");
        }

        if (!PlainSelect().IsMatch(code[^1]))
            faults.Add("the last statement must be a plain SELECT: the rows to write");
        if (rejects is not null && !views.Contains("rejects"))
            faults.Add("the header rejects needs a view rejects with the columns reason, record and source_file");
        if (rejects is null && views.Contains("rejects"))
            faults.Add("the view rejects needs the header `-- rejects: dataset`, in whose quarantine its rows go");
    }

    private static IReadOnlyList<ZoneTable> Mentioned(List<string> code, List<string> faults)
    {
        var tables = new List<ZoneTable>();
        foreach (var match in code.SelectMany(statement => Mention().Matches(statement)))
        {
            var (zone, table) = (match.Groups["zone"].Value, match.Groups["table"].Value);
            if (!RunArguments.Zones.Contains(zone))
                faults.Add($"there is no zone ${{{zone}}} (there are ${{landing}}, ${{clean}} and ${{curated}})");
            else if (table.Length == 0)
                faults.Add($"${{{zone}}} must be followed by a table: ${{{zone}}}.table");
            else
                tables.Add(new(zone, table.ToLowerInvariant()));
        }

        return [.. tables.Distinct()];
    }

    [GeneratedRegex(@"^--\s*(?<name>[a-z]+):(?<value>\s.*)?$")]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"^\$\{(?<zone>\w+)\}\.(?<table>\w+)$")]
    private static partial Regex TableName();

    [GeneratedRegex(@"\$\{(?<zone>\w*)\}(?:\.(?<table>\w+))?")]
    private static partial Regex Mention();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex DatasetName();

    [GeneratedRegex(@"^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMPORARY|TEMP)\s+VIEW\s+(?<name>\w+)\s+AS\b", RegexOptions.IgnoreCase)]
    private static partial Regex View();

    [GeneratedRegex(@"^\s*(?:SELECT|WITH)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PlainSelect();
}
