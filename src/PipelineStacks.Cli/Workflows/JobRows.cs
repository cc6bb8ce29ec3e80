using System.Globalization;
using System.Text.RegularExpressions;
using PipelineStacks.Aws.Logs;

namespace PipelineStacks.Cli.Workflows;

/// <summary>How many rows each job of a run wrote, by the lines of its log in which the runner says so.</summary>
internal sealed partial class JobRows(LogsClient logs)
{
    /// <summary>By the steps' ids; without those that wrote no rows or whose logs are gone.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(WorkflowOutcome outcome, CancellationToken cancel)
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var step in outcome.Steps.Where(step => step is { Succeeded: true, RunId: not null, Log: not null }))
        {
            var counts = Counts(await logs.ReadAsync(step.Log!.Output, step.RunId!, cancel));
            if (counts.Count > 0)
                rows[step.Id] = counts.Sum(count => count.Rows);
        }

        return rows;
    }

    public static IReadOnlyList<(string File, long Rows)> Counts(IEnumerable<string> lines) =>
        [.. lines.Select(line => Written().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["file"].Value, long.Parse(match.Groups["rows"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)))];

    [GeneratedRegex(@"^(?<file>.+): wrote (?<rows>[\d,]+) rows in \d+ partitions")]
    private static partial Regex Written();
}
