using System.Globalization;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.EventBridge;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>What EventBridge hears of crawls. A cancelled one ends without an event, as in Glue.</summary>
internal sealed class CrawlEvents(IEventBus bus)
{
    public void Started(CrawlRun run) => Publish(run, "Started", new() { ["startTime"] = Time(run.StartedOn) });

    public void Ended(CrawlRun run)
    {
        if (run.State == CrawlRun.Failed)
            Publish(run, "Failed", new() { ["errorMessage"] = run.ErrorMessage, ["cloudWatchLogLink"] = LogLink(run) });
        else if (run.State == CrawlRun.Succeeded)
            Publish(run, "Succeeded", new()
            {
                ["completionDate"] = Time(run.CompletedOn!.Value),
                ["runningTime (sec)"] = Text((int)Math.Ceiling(run.Seconds)),
                ["tablesCreated"] = Text(run.Counts.TablesCreated),
                ["tablesUpdated"] = Text(run.Counts.TablesUpdated),
                ["tablesDeleted"] = Text(run.Counts.TablesDeleted),
                ["partitionsCreated"] = Text(run.Counts.PartitionsCreated),
                ["partitionsUpdated"] = Text(run.Counts.PartitionsUpdated),
                ["partitionsDeleted"] = Text(run.Counts.PartitionsDeleted),
                ["warningMessage"] = "N/A",
                ["cloudWatchLogLink"] = LogLink(run),
            });
    }

    private void Publish(CrawlRun run, string state, JsonObject detail)
    {
        detail["accountId"] = run.Account;
        detail["crawlerName"] = run.Crawler;
        detail["state"] = state;
        detail["message"] = $"Crawler {state}";
        bus.Publish(run.Account, run.Region, "aws.glue", "Glue Crawler State Change", [], detail);
    }

    private static string LogLink(CrawlRun run) =>
        $"https://console.aws.amazon.com/cloudwatch/home?region={run.Region}#logEventViewer:group={run.LogGroup};stream={run.LogStream}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
