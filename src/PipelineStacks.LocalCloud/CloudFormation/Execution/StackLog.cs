using System.Globalization;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Moves stacks and resources to their next status, and writes the event of it.</summary>
internal sealed class StackLog(StackStore store, CloudClock clock)
{
    public const string StackType = "AWS::CloudFormation::Stack";

    public const string UserInitiated = "User Initiated";

    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>
    /// Now, and in any case after the stack's last event: clients order events by their milliseconds, in which much happens here,
    /// and all of it where time stands still.
    /// </summary>
    public DateTimeOffset NextTime(Stack stack)
    {
        var now = Now;
        return store.Events.Last(stack) is { } last && last.Timestamp >= now ? last.Timestamp.AddMilliseconds(1) : now;
    }

    public Stack Move(Stack stack, string status, string? reason = null)
    {
        var moved = stack with { Status = status, StatusReason = reason };
        store.Put(moved);
        store.Events.Add(moved, new()
        {
            StackId = stack.Id,
            EventId = Guid.NewGuid().ToString(),
            StackName = stack.Name,
            LogicalResourceId = stack.Name,
            PhysicalResourceId = stack.Id,
            ResourceType = StackType,
            Timestamp = NextTime(stack),
            ResourceStatus = status,
            ResourceStatusReason = reason,
            ClientRequestToken = stack.Operation?.Token,
        });
        return moved;
    }

    public StackResource Move(Stack stack, StackResource resource, string status, string? reason = null, string? physicalId = null, JsonObject? properties = null)
    {
        var time = NextTime(stack);
        var moved = resource with { Status = status, StatusReason = reason, Updated = time };
        store.PutResource(stack, moved);
        store.Events.Add(stack, new()
        {
            StackId = stack.Id,
            EventId = $"{resource.LogicalId}-{status}-{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}",
            StackName = stack.Name,
            LogicalResourceId = resource.LogicalId,
            PhysicalResourceId = physicalId ?? resource.PhysicalId ?? "",
            ResourceType = resource.Type,
            Timestamp = time,
            ResourceStatus = status,
            ResourceStatusReason = reason,
            ResourceProperties = Shown(stack, properties ?? resource.Current?.Properties),
            ClientRequestToken = stack.Operation?.Token,
        });
        return moved;
    }

    // Values of parameters that are never shown stay hidden where they end up in properties, too.
    private static string? Shown(Stack stack, JsonObject? properties)
    {
        var text = properties?.ToJsonString();
        if (text is null || stack.Current is not { NoEcho.Count: > 0 } definition)
            return text;
        foreach (var hidden in definition.Parameters.Where(parameter => parameter.Value.Length > 0 && definition.NoEcho.Contains(parameter.Key)))
            text = text.Replace(JsonValue.Create(hidden.Value).ToJsonString().Trim('"'), "****", StringComparison.Ordinal);
        return text;
    }
}
