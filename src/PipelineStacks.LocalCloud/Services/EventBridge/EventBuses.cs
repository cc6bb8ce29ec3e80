using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

/// <summary>What clients may do with the default bus, which every account has in every Region. There are no others.</summary>
internal sealed class EventBuses(EventBus bus, TimeProvider time)
{
    private const string Default = "default";
    private const int MaxEntries = 10;

    public PutEventsResponse Put(Call call, PutEventsRequest request)
    {
        call.Authorize("events:PutEvents", ArnOf(call));
        if (request.Entries.Count is 0 or > MaxEntries)
            throw ServiceException.Validation("entries", null, $"Member must have length between 1 and {MaxEntries}");
        foreach (var entry in request.Entries)
            CheckName(call, entry.EventBusName);
        var results = request.Entries.Select(entry => Put(call, entry)).ToList();
        return new(results.Count(result => result.ErrorCode is not null), results);
    }

    public static DescribeEventBusResponse Describe(Call call, DescribeEventBusRequest request)
    {
        call.Authorize("events:DescribeEventBus", ArnOf(call));
        CheckName(call, request.Name);
        return new(Default, ArnOf(call));
    }

    public static ListEventBusesResponse List(Call call, ListEventBusesRequest request)
    {
        call.Authorize("events:ListEventBuses", "*");
        return new(Default.StartsWith(request.NamePrefix ?? "", StringComparison.Ordinal) ? [new(Default, ArnOf(call))] : [], null);
    }

    private PutEventsResultEntry Put(Call call, PutEventsRequestEntry entry)
    {
        var (detail, error) = Read(entry);
        if (detail is null)
            return new(null, error!.Value.Code, error.Value.Message);
        var published = new Event(
            Guid.NewGuid().ToString(), entry.DetailType!, entry.Source!, call.Account, entry.Time ?? time.GetUtcNow(), call.Region, entry.Resources ?? [], detail);
        bus.Publish(published);
        return new(published.Id, null, null);
    }

    // One bad entry does not keep the others from being published.
    private static (JsonObject? Detail, (string Code, string Message)? Error) Read(PutEventsRequestEntry entry)
    {
        if (string.IsNullOrEmpty(entry.Source))
            return (null, ("InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument."));
        if (entry.Source.StartsWith("aws.", StringComparison.Ordinal))
            return (null, ("NotAuthorizedForSourceException", "Not authorized for the source."));
        if (string.IsNullOrEmpty(entry.DetailType))
            return (null, ("InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument."));
        if (string.IsNullOrEmpty(entry.Detail))
            return (null, ("InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument."));
        return TryParse(entry.Detail) is { } detail ? (detail, null) : (null, ("MalformedDetail", "Detail is malformed."));
    }

    private static JsonObject? TryParse(string detail)
    {
        try
        {
            return JsonNode.Parse(detail) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>, for any bus but the default one.</exception>
    public static void CheckName(Call call, string? name)
    {
        if (name is not (null or Default) && name != ArnOf(call))
            throw new ServiceException("ResourceNotFoundException", $"Event bus {name} does not exist.");
    }

    private static string ArnOf(Call call) => call.Arn("events", $"event-bus/{Default}");
}
