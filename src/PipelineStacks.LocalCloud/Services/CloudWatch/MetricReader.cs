using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.Services.CloudWatch.Expressions;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>Statistics of metrics over periods.</summary>
internal sealed class MetricReader(MetricStore store)
{
    private const int MaxDatapoints = 1440;
    private static readonly string[] Names = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

    public GetMetricStatisticsResponse GetStatistics(Call call, GetMetricStatisticsRequest request)
    {
        call.Authorize("cloudwatch:GetMetricStatistics", "*");
        if (request.ExtendedStatistics is { Count: > 0 } extended)
            throw ServiceException.Unsupported($"The statistic {string.Join(", ", extended)}");
        if (request.Statistics is not { Count: > 0 } statistics)
            throw new ServiceException("InvalidParameterCombination", "At least one of the parameters Statistics and ExtendedStatistics must be specified.");
        foreach (var name in statistics)
            CheckStatistic(name);
        CheckTimes(request.StartTime, request.EndTime, request.Period);
        if ((request.EndTime - request.StartTime).TotalSeconds / request.Period is > MaxDatapoints and var points)
            throw new ServiceException("InvalidParameterCombination",
                $"You have requested up to {points:0} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.");

        // Periods are counted from the start that was asked for.
        var start = MetricStore.MinuteOf(request.StartTime);
        var datapoints = Find(call, request.Namespace, request.MetricName, request.Dimensions, request.Unit)
            .SelectMany(pair => Periods(pair.Value, start, MetricStore.MinuteOf(request.EndTime), start, request.Period / 60)
                .Select(point => ToDatapoint(point.Start, point.Values, pair.Key.Unit, statistics)))
            .OrderBy(point => point.Timestamp);
        return new(request.MetricName, [.. datapoints]);
    }

    public GetMetricDataResponse GetData(Call call, GetMetricDataRequest request)
    {
        call.Authorize("cloudwatch:GetMetricData", "*");
        if (request.NextToken is not null)
            throw new ServiceException("InvalidNextToken", $"The token {request.NextToken} is not valid.");
        if (request.ScanBy is not (null or "TimestampDescending" or "TimestampAscending"))
            throw new ServiceException("InvalidParameterValue", $"The parameter ScanBy must be TimestampDescending or TimestampAscending, not {request.ScanBy}.");
        CheckTimes(request.StartTime, request.EndTime, 60);
        var queries = request.MetricDataQueries;
        var seconds = queries.Select(query => query.MetricStat?.Period ?? query.Period).OfType<int>().DefaultIfEmpty(60).Max();
        var results = queries.Where(query => query.Expression is null).ToDictionary(query => query.Id, query => Query(call, request, query), StringComparer.Ordinal);
        // Periods are counted from 1970, so those of different queries meet.
        var first = MetricStore.MinuteOf(request.StartTime) * 60 / seconds;
        ExpressionResults.Add(results, queries, first, (int)((MetricStore.MinuteOf(request.EndTime) * 60 / seconds) - first), seconds);
        return new([.. queries.Where(query => query.ReturnData != false).Select(query => ToResult(request, query, results[query.Id], query.MetricStat?.Period ?? seconds))], null);
    }

    private TimeSeries Query(Call call, GetMetricDataRequest request, MetricDataQuery query)
    {
        if (query.MetricStat is not { } stat)
            throw new ServiceException("ValidationError", $"The query {query.Id} needs a MetricStat or an Expression.");
        CheckStatistic(stat.Stat);
        CheckTimes(request.StartTime, request.EndTime, stat.Period);
        var (start, end, period) = (MetricStore.MinuteOf(request.StartTime), MetricStore.MinuteOf(request.EndTime), stat.Period / 60);
        return new(Find(call.Account, call.Region, stat.Metric, stat.Unit)
            .SelectMany(series => series.Between(start, end))
            .GroupBy(minute => minute.Key / period, minute => minute.Value)
            .Select(window => KeyValuePair.Create(window.Key, ValueOf(window.Aggregate(default(Statistics), (sum, values) => sum + values), stat.Stat))));
    }

    private static MetricDataResult ToResult(GetMetricDataRequest request, MetricDataQuery query, TimeSeries series, int seconds)
    {
        var points = series.ToList();
        if (request.ScanBy != "TimestampAscending")
            points.Reverse();
        if (request.MaxDatapoints is { } max && points.Count > max)
            throw ServiceException.Unsupported($"Paging through more than MaxDatapoints {max} datapoints");
        return new(query.Id, query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id,
            [.. points.Select(point => DateTimeOffset.FromUnixTimeSeconds(point.Key * seconds))], [.. points.Select(point => point.Value)], "Complete");
    }

    /// <summary>The metric, in each unit that it was put in or in the one that is asked for.</summary>
    public IEnumerable<MetricSeries> Find(string account, string region, Metric metric, string? unit)
    {
        var wanted = MetricData.ToDimensions(metric.Dimensions);
        return store.Find(account, region, metric.Namespace, metric.MetricName)
            .Where(pair => pair.Key.Dimensions.Equals(wanted) && (unit ?? pair.Key.Unit) == pair.Key.Unit).Select(pair => pair.Value);
    }

    /// <summary>The metric in each unit that it was put in.</summary>
    private IEnumerable<KeyValuePair<MetricId, MetricSeries>> Find(
        Call call, string ns, string name, IReadOnlyList<Dimension>? dimensions, string? unit)
    {
        var wanted = MetricData.ToDimensions(dimensions);
        return store.Find(call.Account, call.Region, ns, name).Where(pair => pair.Key.Dimensions.Equals(wanted) && (unit ?? pair.Key.Unit) == pair.Key.Unit);
    }

    private static IEnumerable<(DateTimeOffset Start, Statistics Values)> Periods(MetricSeries series, long from, long until, long origin, long period) =>
        series.Between(from, until)
            .GroupBy(minute => origin + ((minute.Key - origin) / period * period))
            .Select(group => (DateTimeOffset.FromUnixTimeSeconds(group.Key * 60), group.Aggregate(default(Statistics), (sum, minute) => sum + minute.Value)));

    private static Datapoint ToDatapoint(DateTimeOffset start, Statistics values, string unit, IReadOnlyList<string> names)
    {
        double? Of(string name) => names.Contains(name) ? ValueOf(values, name) : null;
        return new(start, Of("SampleCount"), Of("Average"), Of("Sum"), Of("Minimum"), Of("Maximum"), unit);
    }

    public static double ValueOf(Statistics values, string statistic) => statistic switch
    {
        "SampleCount" => values.Count,
        "Average" => values.Average,
        "Sum" => values.Sum,
        "Minimum" => values.Minimum,
        _ => values.Maximum,
    };

    public static void CheckStatistic(string name)
    {
        if (!Names.Contains(name))
            throw ServiceException.Unsupported($"The statistic {name}");
    }

    private static void CheckTimes(DateTimeOffset start, DateTimeOffset end, int period)
    {
        if (start >= end)
            throw new ServiceException("InvalidParameterCombination", "The parameter StartTime must be less than the parameter EndTime.");
        if (period <= 0 || period % 60 != 0)
            throw period is 1 or 5 or 10 or 20 or 30
                ? ServiceException.Unsupported($"The period of {period} s (metrics are kept by the minute): it")
                : new ServiceException("InvalidParameterValue", $"The parameter Period must be a multiple of 60, not {period}.");
    }
}
