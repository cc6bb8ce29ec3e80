using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.Services.CloudWatch.Expressions;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>Queries over periods that end at one moment, whichever it is: an alarm on five minutes looks at the last five, every minute anew.</summary>
/// <param name="end">The end of the newest period.</param>
/// <param name="count">How many periods; they are numbered from 0, the oldest.</param>
/// <param name="seconds">The length of a period, in whole minutes.</param>
internal sealed class SlidingWindows(MetricReader reader, string account, string region, DateTimeOffset end, int count, int seconds)
{
    /// <summary>The results by the queries' ids.</summary>
    public IReadOnlyDictionary<string, TimeSeries> Of(IReadOnlyList<MetricDataQuery> queries)
    {
        var results = queries.Where(query => query.MetricStat is not null).ToDictionary(query => query.Id, query => Read(query.MetricStat!), StringComparer.Ordinal);
        ExpressionResults.Add(results, queries, 0, count, seconds);
        return results;
    }

    private TimeSeries Read(MetricStat stat)
    {
        var (until, minutes) = (MetricStore.MinuteOf(end), seconds / 60);
        var from = until - ((long)count * minutes);
        return new(reader.Find(account, region, stat.Metric, stat.Unit)
            .SelectMany(series => series.Between(from, until))
            .GroupBy(minute => (minute.Key - from) / minutes, minute => minute.Value)
            .Select(window => KeyValuePair.Create(window.Key, MetricReader.ValueOf(window.Aggregate(default(Statistics), (sum, values) => sum + values), stat.Stat))));
    }
}
