using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>A log group as it is kept.</summary>
/// <param name="Arn">Without the <c>:*</c> that some answers add.</param>
/// <param name="Id">Names the folder of its events, so that a group made again starts empty.</param>
internal sealed record LogGroupState(
    string Name, string Arn, string Id, DateTimeOffset Created, int? RetentionInDays, string? KmsKeyId, string LogGroupClass, bool DeletionProtection,
    IReadOnlyDictionary<string, string> Tags);

/// <param name="Id">Names the folder of its events within the group's.</param>
internal sealed record LogStreamState(string Group, string Name, string Arn, string Id, DateTimeOffset Created);

internal sealed record MetricFilterState(
    string Group, string Name, string FilterPattern, DateTimeOffset Created, IReadOnlyList<Contracts.MetricTransformation> Transformations);

internal sealed record ResourcePolicyState(string Name, string Document, DateTimeOffset Updated);

/// <summary>The resources of CloudWatch Logs. Streams and filters are named <c>group:name</c>, a character that names can't hold.</summary>
internal sealed class LogsState(StateStore store)
{
    public StateCollection<LogGroupState> Groups { get; } = store.Open<LogGroupState>("logs", "groups");

    public StateCollection<LogStreamState> Streams { get; } = store.Open<LogStreamState>("logs", "streams");

    public StateCollection<MetricFilterState> Filters { get; } = store.Open<MetricFilterState>("logs", "metric-filters");

    public StateCollection<ResourcePolicyState> Policies { get; } = store.Open<ResourcePolicyState>("logs", "resource-policies");

    public IEnumerable<LogStreamState> StreamsOf(ResourceKey group) =>
        Streams.In(group.Account, group.Region).Where(stream => stream.Group == group.Name);

    public IEnumerable<MetricFilterState> FiltersOf(ResourceKey group) =>
        Filters.In(group.Account, group.Region).Where(filter => filter.Group == group.Name);

    public static ResourceKey Child(ResourceKey group, string name) => group with { Name = $"{group.Name}:{name}" };

    public static string NewId() => Guid.NewGuid().ToString("N")[..16];
}
