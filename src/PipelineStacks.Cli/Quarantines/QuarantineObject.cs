using PipelineStacks.Aws.S3;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Quarantines;

/// <summary>A file of rejected records: <c>quarantine/&lt;dataset&gt;/&lt;step&gt;/arrival_date=&lt;day&gt;/&lt;name&gt;</c>.</summary>
/// <param name="Step">What rejected them, such as <c>format-conversion-failed</c> or <c>clean-rejected</c>.</param>
internal sealed record QuarantineObject(string Dataset, string Step, string Day, string Name, long Bytes)
{
    /// <summary>Where a step's name would stand: the folder of the notes on what was replayed. Rejected records themselves never move, so that a job that writes a file of them again changes nothing.</summary>
    public const string Replayed = "replayed";

    private const string DayIs = $"{DatasetRules.ArrivalDate}=";

    public string Key => $"{Names.QuarantinePrefix}{Dataset}/{Step}/{DayIs}{Day}/{Name}";

    /// <summary>The note on which of its records were replayed.</summary>
    public string LedgerKey => $"{Names.QuarantinePrefix}{Dataset}/{Replayed}/{Step}/{DayIs}{Day}/{Name}";

    /// <summary>Whether the key is that of a note and not of rejected records.</summary>
    public static bool IsLedger(string key) => key.Split('/') is [_, _, Replayed, ..];

    /// <summary>Null where the key is not of the layout, as of an empty folder that a console made.</summary>
    public static QuarantineObject? Find(ObjectSummary item) =>
        item.Key[Names.QuarantinePrefix.Length..].Split('/', 4) is [var dataset, var step, var day, { Length: > 0 } name] && step != Replayed && day.StartsWith(DayIs, StringComparison.Ordinal)
            ? new(dataset, step, day[DayIs.Length..], name, item.Bytes)
            : null;
}

/// <summary>Which rejected records are asked for; null where it does not matter.</summary>
internal sealed record QuarantineFilter(string? Dataset = null, string? Step = null, string? Code = null, DateOnly? Since = null, DateOnly? Until = null)
{
    public string Prefix => Dataset is null ? Names.QuarantinePrefix : Step is null ? $"{Names.QuarantinePrefix}{Dataset}/" : $"{Names.QuarantinePrefix}{Dataset}/{Step}/";

    public bool Takes(QuarantineObject item) =>
        (Dataset is null || item.Dataset == Dataset) && (Step is null || item.Step == Step)
        && (Since is not { } since || string.CompareOrdinal(item.Day, Text(since)) >= 0) && (Until is not { } until || string.CompareOrdinal(item.Day, Text(until)) <= 0);

    public bool Takes(RejectedRecord record) => Code is null || record.Code.Equals(Code, StringComparison.OrdinalIgnoreCase);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
