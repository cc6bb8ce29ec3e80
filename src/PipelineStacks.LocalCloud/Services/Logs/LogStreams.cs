using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Log streams within their groups.</summary>
internal sealed class LogStreams(LogsState state, LogGroups groups, LogEvents events, TimeProvider time)
{
    public Empty Create(Call call, LogStreamRequest request)
    {
        LogNames.CheckStream(request.LogStreamName);
        var group = groups.Find(call, "logs:CreateLogStream", request.LogGroupName);
        var stream = new LogStreamState(group.Name, request.LogStreamName, $"{group.Arn}:log-stream:{request.LogStreamName}", LogsState.NewId(), time.GetUtcNow());
        return state.Streams.TryAdd(LogsState.Child(LogGroups.KeyOf(call, group.Name), stream.Name), stream)
            ? Empty.Value
            : throw new ServiceException("ResourceAlreadyExistsException", "The specified log stream already exists");
    }

    public Empty Delete(Call call, LogStreamRequest request)
    {
        var (group, stream) = Find(call, "logs:DeleteLogStream", request.LogGroupName, request.LogStreamName);
        state.Streams.Remove(LogsState.Child(LogGroups.KeyOf(call, group.Name), stream.Name));
        events.Delete(group, stream);
        return Empty.Value;
    }

    public DescribeLogStreamsResponse Describe(Call call, DescribeLogStreamsRequest request)
    {
        var name = request.LogGroupName ?? (request.LogGroupIdentifier is { } identifier ? LogNames.GroupOf(identifier) : null);
        var group = groups.Find(call, "logs:DescribeLogStreams", name);
        var streams = state.StreamsOf(LogGroups.KeyOf(call, group.Name))
            .Where(stream => stream.Name.StartsWith(request.LogStreamNamePrefix ?? "", StringComparison.Ordinal)).Select(stream => Describe(group, stream));
        var ordered = request.OrderBy switch
        {
            null or "LogStreamName" => streams.OrderBy(stream => stream.LogStreamName, StringComparer.Ordinal),
            "LastEventTime" when request.LogStreamNamePrefix is null => streams.OrderBy(stream => stream.LastEventTimestamp ?? stream.CreationTime),
            "LastEventTime" => throw new ServiceException("InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix."),
            _ => throw new ServiceException("InvalidParameterException",
                $"1 validation error detected: Value '{request.OrderBy}' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName, LastEventTime]"),
        };
        var page = Page<LogStream>.Of(request.Descending == true ? ordered.Reverse() : ordered, request.NextToken, request.Limit ?? 50, "InvalidParameterException");
        return new(page.Items, page.Next);
    }

    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>.</exception>
    public (LogGroupState Group, LogStreamState Stream) Find(Call call, string action, string? group, string stream)
    {
        var found = groups.Find(call, action, group);
        return state.Streams.TryGet(LogsState.Child(LogGroups.KeyOf(call, found.Name), stream), out var child)
            ? (found, child)
            : throw new ServiceException("ResourceNotFoundException", "The specified log stream does not exist.");
    }

    private LogStream Describe(LogGroupState group, LogStreamState stream)
    {
        var days = events.Days(group, stream);
        var first = days.Count == 0 ? [] : events.Read(group, stream, days[0]);
        var last = days.Count == 0 ? [] : events.Read(group, stream, days[^1]);
        return new(
            stream.Name, stream.Created.ToUnixTimeMilliseconds(), Time(first, events => events[0].Timestamp), Time(last, events => events[^1].Timestamp),
            Time(last, events => events.Max(one => one.IngestionTime)), LogReader.SequenceToken, stream.Arn, 0);
    }

    private static long? Time(IReadOnlyList<LogEvent> events, Func<IReadOnlyList<LogEvent>, DateTimeOffset> which) =>
        events.Count == 0 ? null : which(events).ToUnixTimeMilliseconds();
}
