using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Quarantines;

namespace PipelineStacks.Cli.Replays;

/// <summary>What became of the records that were to be replayed.</summary>
/// <param name="ids">The records that were asked for by name; null for any.</param>
internal sealed class ReplayReport(string dataset, string where, bool dryRun, IReadOnlyCollection<string>? ids)
{
    // Of each file a person sees the first ones; a program that needs all of them reads quarantine show.
    private const int RefusalsKept = 1000;
    private const int RefusalsShown = 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly HashSet<string>? _missing = ids?.ToHashSet(StringComparer.Ordinal);
    private readonly List<(string Id, string Reason)> _refusals = [];

    public bool DryRun => dryRun;

    public long Replayed { get; private set; }

    public long ReplayedBefore { get; private set; }

    public long Refused { get; private set; }

    /// <summary>Records that were asked for and are not in quarantine.</summary>
    public IReadOnlyCollection<string> Missing => _missing ?? [];

    public bool IsAskedFor(string id)
    {
        _missing?.Remove(id);
        return ids?.Contains(id) != false;
    }

    public void Replay(int records) => Replayed += records;

    public void WasReplayed() => ReplayedBefore++;

    public void Refuse(RejectedRecord record, string reason)
    {
        Refused++;
        if (_refusals.Count < RefusalsKept)
            _refusals.Add((record.Id, reason));
    }

    public void Write(Terminal terminal, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(
                new { dataset, dryRun, Replayed, ReplayedBefore, Refused, To = where, Refusals = _refusals.Select(refusal => new { refusal.Id, refusal.Reason }), Missing }, Json));
        }

        foreach (var (id, reason) in _refusals.Take(RefusalsShown))
            terminal.Say($"{id} stays in quarantine: {reason}.");
        if (Refused > RefusalsShown)
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"... and {Refused - RefusalsShown:N0} more."));
        foreach (var id in Missing.Take(RefusalsShown))
            terminal.Say($"{id} is no record of {dataset} in quarantine that these options select.");
        if (ReplayedBefore > 0)
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{ReplayedBefore:N0} were replayed before, and stay as they are."));
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture, $"{(dryRun ? "Would replay" : "Replayed")} {Replayed:N0} records of {dataset} to {where}; {Refused:N0} are still invalid and stay."));
        if (Replayed > 0 && !dryRun)
            terminal.Say("They are in the clean zone once they were delivered and the workflow ran: pipelines workflow run");
    }
}
