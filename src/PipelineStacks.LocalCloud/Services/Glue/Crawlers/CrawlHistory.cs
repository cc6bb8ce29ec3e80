using System.Globalization;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>What crawlers have done so far.</summary>
internal sealed class CrawlHistory(CrawlerState state)
{
    public ListCrawlsResponse List(Call call, ListCrawlsRequest request)
    {
        call.Authorize("glue:ListCrawls", CrawlerState.Arn(call, request.CrawlerName));
        state.Find(call, request.CrawlerName);
        var filters = (request.Filters ?? []).Select(Filter).ToList();
        var runs = state.RunsOf(call.Account, call.Region, request.CrawlerName).Where(run => filters.TrueForAll(filter => filter(run)));
        var page = GluePages.Of(runs.Select(Describe), request.NextToken, request.MaxResults, 100);
        return new(page.Items, page.Next);
    }

    public GetCrawlerMetricsResponse Metrics(Call call, GetCrawlerMetricsRequest request)
    {
        call.Authorize("glue:GetCrawlerMetrics", "*");
        var crawlers = state.Crawlers.In(call.Account, call.Region).Where(crawler => request.CrawlerNameList is not { Count: > 0 } names || names.Contains(crawler.Name));
        var page = GluePages.Of(crawlers.Select(crawler => Measure(crawler, state.RunsOf(call.Account, call.Region, crawler.Name))), request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    private static CrawlerMetrics Measure(Crawler crawler, IReadOnlyList<CrawlRun> runs)
    {
        var seconds = runs.Where(run => run.IsOver).Select(run => run.Seconds).ToList();
        var last = runs.FirstOrDefault(run => run.IsOver);
        return new(crawler.Name, 0, StillEstimating: false, last?.Seconds ?? 0, seconds.Order().ElementAtOrDefault(seconds.Count / 2),
            last?.Counts.TablesCreated ?? 0, last?.Counts.TablesUpdated ?? 0, last?.Counts.TablesDeleted ?? 0);
    }

    private static CrawlerHistory Describe(CrawlRun run) => new(
        run.CrawlId, StateOf(run), run.StartedOn, run.CompletedOn, run.State == CrawlRun.Succeeded ? Summary(run.Counts) : null, run.ErrorMessage, run.LogGroup,
        run.LogStream, run.CrawlId, 0);

    private static string StateOf(CrawlRun run) => run.State switch
    {
        CrawlRun.Succeeded => "COMPLETED",
        CrawlRun.Failed => "FAILED",
        CrawlRun.Cancelled => "STOPPED",
        _ => "RUNNING",
    };

    private static string Summary(CrawlCounts counts) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["TABLE"] = new { ADD = counts.TablesCreated, UPDATE = counts.TablesUpdated, DELETE = counts.TablesDeleted },
        ["PARTITION"] = new { ADD = counts.PartitionsCreated, UPDATE = counts.PartitionsUpdated, DELETE = counts.PartitionsDeleted },
    });

    private static Func<CrawlRun, bool> Filter(CrawlsFilter filter)
    {
        var value = filter.FieldValue ?? throw GlueErrors.Invalid("A filter of ListCrawls needs a FieldValue.");
        return filter.FieldName switch
        {
            "CRAWL_ID" => run => Holds(filter, string.CompareOrdinal(run.CrawlId, value)),
            "STATE" => run => Holds(filter, string.CompareOrdinal(StateOf(run), value)),
            "START_TIME" => Time(filter, value, run => run.StartedOn),
            "END_TIME" => Time(filter, value, run => run.CompletedOn),
            _ => throw GlueErrors.Invalid($"The field {filter.FieldName} can't be filtered by: the local cloud knows CRAWL_ID, STATE, START_TIME and END_TIME."),
        };
    }

    private static Func<CrawlRun, bool> Time(CrawlsFilter filter, string value, Func<CrawlRun, DateTimeOffset?> field)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            throw GlueErrors.Invalid($"The value {value} of the filter {filter.FieldName} is no time in milliseconds since 1970.");
        return run => field(run) is { } time && Holds(filter, time.ToUnixTimeMilliseconds().CompareTo(at));
    }

    private static bool Holds(CrawlsFilter filter, int order) => filter.FilterOperator switch
    {
        "EQ" => order == 0,
        "NE" => order != 0,
        "GT" => order > 0,
        "GE" => order >= 0,
        "LT" => order < 0,
        "LE" => order <= 0,
        _ => throw GlueErrors.Invalid($"The operator {filter.FilterOperator} of a filter can be EQ, NE, GT, GE, LT or LE."),
    };
}
