using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>
/// The order of changes as one text: the time of the commit, which has whole seconds only, and a count of the changes. It is part of the journals,
/// so that no kill makes it go back, and the time is that of the latest commit so far: a transaction may commit after one that began later.
/// </summary>
/// <param name="Clock">The latest commit, in seconds since 1970.</param>
/// <param name="Changes">How many changes were committed.</param>
internal readonly record struct ChangeSequence(long Clock, long Changes)
{
    public ChangeSequence After(long commit, int changes) => new(Math.Max(Clock, commit), Changes + changes);

    /// <summary>Of a change in the next transaction: a time with hundredths of seconds and 19 digits.</summary>
    public string Of(long commit, int change) => string.Create(
        CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeSeconds(Math.Max(Clock, commit)).UtcDateTime:yyyyMMddHHmmss}00{Changes + change + 1:D19}");
}
