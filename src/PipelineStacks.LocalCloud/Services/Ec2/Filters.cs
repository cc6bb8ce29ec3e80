using System.IO.Enumeration;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Ec2.Contracts;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>Picks what a Describe operation asks for, by ids and by filters.</summary>
internal static class Filters
{
    /// <param name="valuesOf">What the resource has under a filter's name; null where there is no such filter.</param>
    public static Page<T> Pick<T>(
        IEnumerable<T> all, DescribeRequest request, Func<T, IReadOnlyList<Tag>> tagsOf, Func<T, string, IEnumerable<string>?> valuesOf) =>
        Page<T>.Of(all.Where(one => (request.Filter ?? []).All(filter => Matches(filter, Values(one, filter.Name, tagsOf, valuesOf)))),
            request.NextToken, request.MaxResults ?? 1000, "InvalidNextToken");

    public static bool Matches(Filter filter, IEnumerable<string> values) =>
        values.Any(value => filter.Value.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false)));

    /// <summary>The resources with the ids, each of which must be there; all where none is named.</summary>
    public static IEnumerable<T> ById<T>(IEnumerable<T> all, IReadOnlyList<string>? ids, Func<T, string> idOf, string kind, string what)
    {
        if (ids is not { Count: > 0 })
            return all;
        var byId = all.ToDictionary(idOf, StringComparer.Ordinal);
        return ids.Select(id => byId.TryGetValue(id, out var one) ? one
            : throw new ServiceException($"{kind}.NotFound", $"The {what} ID '{id}' does not exist"));
    }

    private static IEnumerable<string> Values<T>(
        T one, string name, Func<T, IReadOnlyList<Tag>> tagsOf, Func<T, string, IEnumerable<string>?> valuesOf) => name switch
    {
        "tag-key" => tagsOf(one).Select(tag => tag.Key),
        "tag-value" => tagsOf(one).Select(tag => tag.Value),
        _ when name.StartsWith("tag:", StringComparison.Ordinal) => tagsOf(one).Where(tag => tag.Key == name[4..]).Select(tag => tag.Value),
        _ => valuesOf(one, name) ?? throw ServiceException.Unsupported($"The EC2 filter {name}"),
    };
}
