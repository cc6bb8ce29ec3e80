using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>Takes metrics of clients in, and lists those that there are.</summary>
internal sealed class MetricData(MetricStore store, TimeProvider time)
{
    private const int MaxData = 1000;
    private const int MaxDimensions = 30;
    private const int PageSize = 500;
    private static readonly TimeSpan TooOld = TimeSpan.FromDays(14);
    private static readonly TimeSpan TooNew = TimeSpan.FromHours(2);

    public Empty Put(Call call, PutMetricDataRequest request)
    {
        call.Authorize("cloudwatch:PutMetricData", "*");
        if (request.Namespace.StartsWith("AWS/", StringComparison.Ordinal))
            throw new ServiceException("InvalidParameterValue", "The value AWS/ for parameter Namespace is invalid.");
        if (request.MetricData.Count is 0 or > MaxData)
            throw new ServiceException("InvalidParameterValue", $"The collection MetricData must have between 1 and {MaxData} members.");
        var now = time.GetUtcNow();
        // All are read before any is kept: a request is taken as a whole or not at all.
        var puts = request.MetricData.SelectMany((datum, index) => Read(call, request.Namespace, datum, index + 1, now)).ToList();
        foreach (var (metric, values, at) in puts)
            store.Put(metric, values, at);
        return Empty.Value;
    }

    public ListMetricsResponse List(Call call, ListMetricsRequest request)
    {
        call.Authorize("cloudwatch:ListMetrics", "*");
        var since = request.RecentlyActive switch
        {
            null => (long?)null,
            "PT3H" => MetricStore.MinuteOf(time.GetUtcNow() - TimeSpan.FromHours(3)),
            _ => throw new ServiceException("InvalidParameterValue", "The parameter RecentlyActive must be PT3H."),
        };
        var metrics = store.Find(call.Account, call.Region, request.Namespace, request.MetricName)
            .Where(pair => (request.Dimensions ?? []).All(filter => pair.Key.Dimensions.Pairs.Any(
                one => one.Name == filter.Name && (filter.Value ?? one.Value) == one.Value)))
            .Where(pair => since is null || pair.Value.Between(since.Value, long.MaxValue).Count > 0)
            .Select(pair => (pair.Key.Namespace, pair.Key.Name, pair.Key.Dimensions)).Distinct()
            .OrderBy(one => one.Namespace, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal)
            .ThenBy(one => string.Join(',', one.Dimensions.Pairs), StringComparer.Ordinal)
            .Select(one => new Metric
            {
                Namespace = one.Namespace,
                MetricName = one.Name,
                Dimensions = [.. one.Dimensions.Pairs.Select(pair => new Dimension { Name = pair.Name, Value = pair.Value })],
            });
        var page = Page<Metric>.Of(metrics, request.NextToken, PageSize, "InvalidParameterValue");
        return new(page.Items, page.Next);
    }

    public static Dimensions ToDimensions(IReadOnlyList<Dimension>? dimensions) =>
        new([.. (dimensions ?? []).Select(dimension => (dimension.Name, dimension.Value))]);

    private static IEnumerable<(MetricId Metric, Statistics Values, DateTimeOffset At)> Read(
        Call call, string ns, MetricDatum datum, int index, DateTimeOffset now)
    {
        var member = $"MetricData.member.{index}";
        if (datum.StorageResolution is not (null or 60))
            throw ServiceException.Unsupported($"{member}.StorageResolution {datum.StorageResolution} (metrics are kept by the minute): it");
        if (datum.Dimensions?.Count > MaxDimensions)
            throw new ServiceException("InvalidParameterValue", $"The collection {member}.Dimensions must not have more than {MaxDimensions} members.");
        var at = datum.Timestamp ?? now;
        if (at < now - TooOld || at > now + TooNew)
            throw new ServiceException("InvalidParameterValue",
                $"The parameter {member}.Timestamp must specify a time no more than two weeks in the past and no more than two hours in the future.");
        var metric = new MetricId(call.Account, call.Region, ns, datum.MetricName, datum.Unit ?? "None", ToDimensions(datum.Dimensions));
        return Values(datum, member).Select(values => (metric, values, at));
    }

    private static Statistics[] Values(MetricDatum datum, string member)
    {
        if (datum.Counts is not null && datum.Counts.Count != datum.Values?.Count)
            throw new ServiceException("InvalidParameterValue", $"The parameters {member}.Values and {member}.Counts must be of the same size.");
        Statistics[] all = datum switch
        {
            { Value: { } value, StatisticValues: null, Values: null } => [Statistics.Of(value)],
            { Value: null, StatisticValues: { } set, Values: null } => [new(set.Sum, set.SampleCount, set.Minimum, set.Maximum)],
            { Value: null, StatisticValues: null, Values: { Count: > 0 } values } => [.. values.Select((value, i) => Statistics.Of(value, datum.Counts?[i] ?? 1))],
            _ => throw new ServiceException("InvalidParameterCombination",
                $"The parameters {member}.Value, {member}.Values and {member}.StatisticValues are mutually exclusive and you must specify one."),
        };
        return all.All(values => double.IsFinite(values.Sum) && values.Count > 0)
            ? all
            : throw new ServiceException("InvalidParameterValue", $"The values of {member} must be finite numbers, and their counts more than 0.");
    }
}
