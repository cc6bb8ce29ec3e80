using System.Globalization;

namespace PipelineStacks.Cli.Replications;

/// <summary>One table's rows along their way: in the database, by DMS's own count, and in the landing zone, by number and by value.</summary>
/// <param name="Source">Null where the database has no such table.</param>
/// <param name="Replicated">Full load and inserts less deletes; null where the task knows no such table.</param>
/// <param name="Landed">What the files add up to.</param>
/// <param name="Doubled">Lines that the files hold more than once.</param>
/// <param name="SourceChecksum">The sum of the hashes of the database's rows.</param>
/// <param name="LandedChecksum">The same of the rows that the files add up to.</param>
internal sealed record TableReconciliation(
    string Table, long? Source, long? Replicated, string? State, long Landed, long Doubled, string? SourceChecksum, string? LandedChecksum)
{
    /// <summary>Where the counts part, if they do.</summary>
    public string? Difference
    {
        get
        {
            if (Source is not { } source)
                return "the source has no such table";
            if (Replicated is not { } replicated)
                return "the task does not replicate it";
            if (State is "Table error")
                return "DMS reports an error of the table";
            if (Doubled > 0)
                return $"{N(Doubled)} lines are in the landing zone twice";
            if (replicated != source)
                return $"between source and DMS {Off(replicated - source)}";
            if (Landed != replicated)
                return $"between DMS and landing zone {Off(Landed - replicated)}";
            return SourceChecksum == LandedChecksum ? null : $"values in the source and in the landing zone differ: their checksums are {SourceChecksum} and {LandedChecksum}";
        }
    }

    private static string Off(long difference) => $"{N(Math.Abs(difference))} are {(difference < 0 ? "missing" : "too many")}";

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
