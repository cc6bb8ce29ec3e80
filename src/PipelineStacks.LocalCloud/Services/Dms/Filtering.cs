using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>The filters and pages of describing operations.</summary>
internal static class Filtering
{
    private const int MostRecords = 100;

    /// <param name="value">An item's value by the filter's name; null for a name that the operation does not know.</param>
    public static Page<T> Page<T>(IEnumerable<T> all, DescribeRequest request, Func<T, string, string?> value)
    {
        var size = request.MaxRecords ?? MostRecords;
        if (size is < 1 or > 500)
            throw DmsErrors.Value($"The value {size} of MaxRecords is out of range.");
        return Services.Page<T>.Of(all.Where(item => Matches(item, request.Filters ?? [], value)), request.Marker, size, "InvalidParameterValueException");
    }

    private static bool Matches<T>(T item, IReadOnlyList<Filter> filters, Func<T, string, string?> value) => filters.All(filter =>
        filter.Values.Contains(value(item, filter.Name) ?? throw DmsErrors.Value($"Filter {filter.Name} is not supported."), StringComparer.OrdinalIgnoreCase));
}
