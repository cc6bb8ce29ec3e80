using System.Collections.Concurrent;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

internal sealed record ThingProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    public string? Value { get; init; }

    public int? Size { get; init; }

    public ThingPart? Part { get; init; }

    public IReadOnlyList<ThingPart>? Parts { get; init; }
}

internal sealed record ThingPart(string? Key);

/// <summary>Resources that only remember what was done to them, and fail when their value says so: <c>fail-create</c>.</summary>
internal sealed class Things() : Provisioner<ThingProperties>("Test::Thing")
{
    private readonly ConcurrentDictionary<string, ThingProperties> _existing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _wasRefusing = new(StringComparer.Ordinal);
    private int _created;

    /// <summary>What was done, in order: "create a", "update a", "delete a".</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public IReadOnlyDictionary<string, ThingProperties> Existing => _existing;

    /// <summary>Physical ids whose deletion fails.</summary>
    public ConcurrentDictionary<string, bool> Stuck { get; } = new(StringComparer.Ordinal);

    protected override void Check(ProvisionContext context, ThingProperties properties)
    {
        if (properties.Value == "invalid")
            throw new ServiceException("ValidationException", "Value must not be invalid.");
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ThingProperties properties)
    {
        context.Call.Authorize("test:CreateThing", "*");
        FailIf(properties, "fail-create");
        var id = properties.Name ?? $"{context.LogicalId.ToLowerInvariant()}-{Interlocked.Increment(ref _created)}";
        if (!_existing.TryAdd(id, properties))
            throw new ServiceException("ResourceAlreadyExists", $"{id} exists already.");
        if (properties.Value == "refuse-update")
            _wasRefusing[id] = true;
        Log.Enqueue($"create {id}");
        return ValueTask.FromResult(Made(id, properties));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, ThingProperties before, ThingProperties after)
    {
        FailIf(after, "fail-update");
        // Unlike the other value, one to which a rollback can return.
        if (!_wasRefusing.ContainsKey(physicalId))
            FailIf(after, "refuse-update");
        if (!_existing.ContainsKey(physicalId))
            throw new ServiceException("ResourceNotFoundException", $"{physicalId} does not exist.");
        _existing[physicalId] = after;
        Log.Enqueue($"update {physicalId}");
        return ValueTask.FromResult(Made(physicalId, after));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ThingProperties properties)
    {
        if (Stuck.ContainsKey(physicalId))
            throw new ServiceException("ResourceBusy", $"{physicalId} is not empty.");
        if (!_existing.TryRemove(physicalId, out _))
            throw new ServiceException("ResourceNotFoundException", $"{physicalId} does not exist.");
        _wasRefusing.TryRemove(physicalId, out _);
        Log.Enqueue($"delete {physicalId}");
        return ValueTask.CompletedTask;
    }

    private static Provisioned Made(string id, ThingProperties properties) => new(id, ("Arn", $"arn:thing:{id}"), ("Value", properties.Value ?? ""));

    private static void FailIf(ThingProperties properties, string value)
    {
        if (properties.Value == value)
            throw new ServiceException("InvalidRequestException", $"The value {value} was asked for.");
    }
}
