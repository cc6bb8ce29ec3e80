using System.Globalization;
using System.Text.Json;
using PipelineStacks.Cli.Output;
using Spectre.Console;

namespace PipelineStacks.Cli.Generation;

/// <summary>What became of the records of a run.</summary>
internal sealed record GenerateReport(Tally Tally, TimeSpan Duration, ulong Seed)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public double PerSecond => Tally.AcceptedCount / Math.Max(Duration.TotalSeconds, 0.001);

    public void Write(Terminal terminal, OutputFormat format)
    {
        if (format == OutputFormat.Json)
            terminal.Out.WriteLine(ToJson());
        else
            terminal.Results.Write(ToTable());
    }

    private Table ToTable()
    {
        var table = FactTable.New();
        table.AddRow("sent", N(Tally.SentCount));
        table.AddRow("accepted", N(Tally.AcceptedCount));
        table.AddRow("retried", N(Tally.RetriedCount));
        table.AddRow("broken on purpose", N(Tally.Broken.Values.Sum()));
        foreach (var (kind, count) in Tally.Broken.Where(pair => pair.Value > 0))
            table.AddRow("  " + Name(kind), N(count));
        table.AddRow("seconds", Duration.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture));
        table.AddRow("records per second", PerSecond.ToString("N0", CultureInfo.InvariantCulture));
        table.AddRow("MB", (Tally.GeneratedBytes / 1e6).ToString("N1", CultureInfo.InvariantCulture));
        return table;
    }

    private string ToJson() => JsonSerializer.Serialize(
        new
        {
            sent = Tally.SentCount,
            accepted = Tally.AcceptedCount,
            retried = Tally.RetriedCount,
            broken = Tally.Broken.ToDictionary(pair => JsonNamingPolicy.CamelCase.ConvertName(pair.Key.ToString()), pair => pair.Value),
            seconds = Math.Round(Duration.TotalSeconds, 3),
            recordsPerSecond = Math.Round(PerSecond),
            bytes = Tally.GeneratedBytes,
            seed = Seed,
        },
        Json);

    private static string N(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Name(Breakage kind) => kind switch
    {
        Breakage.NotJson => "not JSON",
        Breakage.WrongType => "wrong type",
        _ => "missing braces",
    };
}
