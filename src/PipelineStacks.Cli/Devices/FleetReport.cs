using System.Globalization;
using System.Text.Json;
using PipelineStacks.Cli.Output;
using Spectre.Console;

namespace PipelineStacks.Cli.Devices;

/// <summary>What a fleet did.</summary>
internal sealed record FleetReport(int Devices, FleetTally Tally, ulong Seed, long First, TimeSpan Duration)
{
    public double PerSecond => Tally.PublishedCount / Math.Max(Duration.TotalSeconds, 0.001);

    public void Write(Terminal terminal, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(new
            {
                devices = Devices,
                published = Tally.PublishedCount,
                readings = Tally.ReadingCount,
                repeated = Tally.RepeatedCount,
                late = Tally.LateCount,
                filtered = Tally.FilteredCount,
                malformed = Tally.MalformedCount,
                dropOuts = Tally.DropOutCount,
                firstNumber = First,
                seed = Seed,
                seconds = Math.Round(Duration.TotalSeconds, 3),
                publishedPerSecond = Math.Round(PerSecond),
            }));
            return;
        }

        var table = FactTable.New();
        table.AddRow("devices", N(Devices));
        table.AddRow("published and acknowledged", N(Tally.PublishedCount));
        table.AddRow("different readings", N(Tally.ReadingCount));
        table.AddRow("messages published twice", N(Tally.RepeatedCount));
        table.AddRow("late and out of order", N(Tally.LateCount));
        table.AddRow("of devices under test", N(Tally.FilteredCount));
        table.AddRow("malformed", N(Tally.MalformedCount));
        table.AddRow("drop-outs", N(Tally.DropOutCount));
        table.AddRow("messages per second", N((long)PerSecond));
        terminal.Results.Write(table);
    }

    private static string N(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
