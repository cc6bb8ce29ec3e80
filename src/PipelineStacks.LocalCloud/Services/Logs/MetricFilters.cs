using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Filters that turn lines into metrics of a constant value.</summary>
internal sealed class MetricFilters(LogsState state, LogGroups groups, TimeProvider time)
{
    public Empty Put(Call call, PutMetricFilterRequest request)
    {
        var group = groups.Find(call, "logs:PutMetricFilter", request.LogGroupName);
        FilterPattern.Parse(request.FilterPattern);
        foreach (var transformation in request.MetricTransformations)
            ValueOf(transformation);
        state.Filters.Put(LogsState.Child(LogGroups.KeyOf(call, group.Name), request.FilterName),
            new(group.Name, request.FilterName, request.FilterPattern, time.GetUtcNow(), request.MetricTransformations));
        return Empty.Value;
    }

    public Empty Delete(Call call, DeleteMetricFilterRequest request)
    {
        var group = groups.Find(call, "logs:DeleteMetricFilter", request.LogGroupName);
        return state.Filters.Remove(LogsState.Child(LogGroups.KeyOf(call, group.Name), request.FilterName))
            ? Empty.Value
            : throw new ServiceException("ResourceNotFoundException", "The specified metric filter does not exist.");
    }

    public DescribeMetricFiltersResponse Describe(Call call, DescribeMetricFiltersRequest request)
    {
        if (request.LogGroupName is { } name)
            groups.Find(call, "logs:DescribeMetricFilters", name);
        else
            call.Authorize("logs:DescribeMetricFilters", call.Arn("logs", "log-group:*"));
        var filters = state.Filters.In(call.Account, call.Region).Where(filter =>
            (request.LogGroupName ?? filter.Group) == filter.Group
            && filter.Name.StartsWith(request.FilterNamePrefix ?? "", StringComparison.Ordinal)
            && filter.Transformations.Any(one => (request.MetricName ?? one.MetricName) == one.MetricName && (request.MetricNamespace ?? one.MetricNamespace) == one.MetricNamespace));
        var page = Page<MetricFilterState>.Of(filters, request.NextToken, request.Limit ?? 50, "InvalidParameterException");
        return new([.. page.Items.Select(filter => new MetricFilter(
            filter.Name, filter.FilterPattern, filter.Transformations, filter.Created.ToUnixTimeMilliseconds(), filter.Group))], page.Next);
    }

    /// <exception cref="ServiceException">The value is not a number, but a field of the line.</exception>
    public static double ValueOf(MetricTransformation transformation) =>
        double.TryParse(transformation.MetricValue, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw ServiceException.Unsupported($"The metric value {transformation.MetricValue}, which is not a number,");
}
