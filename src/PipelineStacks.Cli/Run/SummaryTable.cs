using System.Globalization;
using PipelineStacks.Cli.Output;
using Spectre.Console;

namespace PipelineStacks.Cli.Run;

/// <summary>A run's summary for people.</summary>
internal static class SummaryTable
{
    public static void Write(RunSummary summary, Terminal terminal)
    {
        foreach (var (name, pipeline) in summary.Pipelines)
        {
            var (table, holds) = pipeline switch
            {
                StreamSummary stream => (Fill(FactTable.New(name), stream), "sent = accepted = delivered + quarantined"),
                ReplicationSummary replication => (Fill(FactTable.New(name), replication), "source = replicated = landed in every table, and its values are the same"),
                TelemetrySummary telemetry => (Fill(FactTable.New(name), telemetry), "published = accepted + filtered + failed, accepted = delivered, each reading once"),
                _ => throw new InvalidOperationException($"{name} has a summary that nobody shows."),
            };
            terminal.Results.Write(table);
            terminal.Out.WriteLine(pipeline.Difference is { } difference ? $"{name} does NOT reconcile: {difference}." : $"{name} reconciles: {holds}.");
        }

        if (summary.Lake is { } lake)
            Write(lake, terminal);
        terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{summary.Seconds:0.0} s in all, of them {summary.DeploySeconds:0.0} s for the deployment."));
    }

    private static void Write(LakeSummary lake, Terminal terminal)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(lake.Workflow))
            .AddColumns(new TableColumn("table"), new TableColumn("rows").RightAligned(), new TableColumn("should be").RightAligned());
        foreach (var counted in lake.Clean.Concat(lake.Curated))
            table.AddRow(Markup.Escape(counted.Table), N(counted.Rows), counted.Expected is { } expected ? N(expected) : "");
        table.AddRow("quarantine, open", N(lake.Quarantine.Sum(count => count.Open)), "");
        terminal.Results.Write(table);
        terminal.Out.WriteLine(lake.Difference is { } difference
            ? $"{lake.Workflow} does NOT reconcile: {difference}."
            : $"{lake.Workflow} reconciles: clean = landed once = source, curated = clean; {lake.WorkflowSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s.");
    }

    private static Table Fill(Table table, ReplicationSummary pipeline)
    {
        table.AddRow("tables", N(pipeline.Tables));
        table.AddRow("rows in the database", N(pipeline.SourceRows));
        table.AddRow("rows in the landing zone", N(pipeline.LandedRows));
        table.AddRow("tables with equal values", N(pipeline.Checksums.Values.Count(checksum => checksum is not null)));
        table.AddRow("inserted, updated, deleted meanwhile", $"{N(pipeline.Inserts)}, {N(pipeline.Updates)}, {N(pipeline.Deletes)}");
        table.AddRow("seconds for the full load", pipeline.LoadSeconds.ToString("N1", CultureInfo.InvariantCulture));
        table.AddRow("seconds from the first to the last", pipeline.EndToEndSeconds.ToString("N1", CultureInfo.InvariantCulture));
        return table;
    }

    private static Table Fill(Table table, TelemetrySummary pipeline)
    {
        table.AddRow("devices", N(pipeline.Devices));
        table.AddRow("published", N(pipeline.Published));
        table.AddRow("accepted by the rule", N(pipeline.Accepted));
        table.AddRow("filtered", N(pipeline.Filtered));
        table.AddRow("sent to the error action", N(pipeline.Errors));
        table.AddRow("delivered to the landing zone", N(pipeline.Delivered));
        table.AddRow("different readings", N(pipeline.Readings));
        table.AddRow("repeated, late, drop-outs", $"{N(pipeline.Repeated)}, {N(pipeline.Late)}, {N(pipeline.DropOuts)}");
        table.AddRow("published per second", N((long)pipeline.PublishedPerSecond));
        table.AddRow("seconds from the first published to the last delivered", pipeline.EndToEndSeconds.ToString("N1", CultureInfo.InvariantCulture));
        return table;
    }

    private static Table Fill(Table table, StreamSummary pipeline)
    {
        table.AddRow("sent", N(pipeline.Sent));
        table.AddRow("accepted by the stream", N(pipeline.Accepted));
        table.AddRow("delivered to the landing zone", N(pipeline.Delivered));
        table.AddRow("quarantined", N(pipeline.Quarantined));
        foreach (var (reason, count) in pipeline.QuarantineReasons)
            table.AddRow(Markup.Escape("  " + reason), N(count));
        table.AddRow("broken on purpose", N(pipeline.Broken.Values.Sum()));
        table.AddRow("retried", N(pipeline.Retried));
        table.AddRow("sent per second", N((long)pipeline.SentPerSecond));
        table.AddRow("seconds from the first sent to the last delivered", pipeline.EndToEndSeconds.ToString("N1", CultureInfo.InvariantCulture));
        return table;
    }

    private static string N(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
