using System.Globalization;

namespace PipelineStacks.Cli.Run;

/// <summary>What became of the events of a run, counted at every step.</summary>
internal sealed record Reconciliation
{
    public required long Sent { get; init; }

    public required long Accepted { get; init; }

    /// <summary>Rows of this run that Athena counts in the landing zone.</summary>
    public required long Delivered { get; init; }

    /// <summary>The same rows by their key: fewer would mean that some were delivered twice.</summary>
    public required long Different { get; init; }

    /// <summary>Records of this run that Athena counts in quarantine.</summary>
    public required long Quarantined { get; init; }

    public required long Broken { get; init; }

    /// <summary>Where the counts differ, or null if nothing is lost, doubled or on the wrong side.</summary>
    public string? Difference =>
        Accepted != Sent ? $"the stream accepted {N(Accepted)} of {N(Sent)} sent"
        : Different != Delivered ? $"{N(Delivered - Different)} rows in the landing zone are there twice"
        : Delivered + Quarantined != Accepted ? $"between stream and zones {Lost(Accepted - Delivered - Quarantined)}: {N(Accepted)} accepted, {N(Delivered)} delivered and {N(Quarantined)} quarantined"
        : Quarantined != Broken ? $"{N(Broken)} were broken on purpose and {N(Quarantined)} are in quarantine"
        : null;

    private static string Lost(long missing) => missing > 0 ? $"{N(missing)} are missing" : $"{N(-missing)} are too many";

    private static string N(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
