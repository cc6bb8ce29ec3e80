using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Takes lines in, from clients and from the services of this cloud, and counts them for metric filters.</summary>
internal sealed class LogWriter(LogsState state, LogStreams streams, LogEvents events, IMetricSink metrics, TimeProvider time) : ILogSink
{
    private const int MaxEvents = 10_000;
    private const int MaxBatchBytes = 1_048_576;
    private const int EventOverheadBytes = 26;

    // The end of the year 9999.
    private const long MaxTimestamp = 253_402_300_799_999;

    private static readonly TimeSpan TooOld = TimeSpan.FromDays(14);
    private static readonly TimeSpan TooNew = TimeSpan.FromHours(2);

    public PutLogEventsResponse Put(Call call, PutLogEventsRequest request)
    {
        var (group, stream) = streams.Find(call, "logs:PutLogEvents", request.LogGroupName, request.LogStreamName);
        Check(request.LogEvents);
        var now = time.GetUtcNow();
        var expired = group.RetentionInDays is { } days ? now - TimeSpan.FromDays(days) : DateTimeOffset.MinValue;
        var accepted = new List<(DateTimeOffset, string)>(request.LogEvents.Count);
        int? tooNew = null, tooOld = null, past = null;
        for (var i = 0; i < request.LogEvents.Count; i++)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(request.LogEvents[i].Timestamp);
            if (at > now + TooNew)
                tooNew ??= i;
            else if (at < now - TooOld)
                tooOld = i + 1;
            else if (at < expired)
                past = i + 1;
            else
                accepted.Add((at, request.LogEvents[i].Message));
        }

        Append(LogGroups.KeyOf(call, group.Name), group, stream, accepted, now);
        return new(LogReader.SequenceToken, tooNew is null && tooOld is null && past is null ? null : new(tooNew, tooOld, past));
    }

    public bool Write(string account, string region, string group, string stream, DateTimeOffset at, string message)
    {
        var key = new ResourceKey(account, region, group);
        if (!state.Groups.TryGet(key, out var target) || !state.Streams.TryGet(LogsState.Child(key, stream), out var child))
            return false;
        Append(key, target, child, [(at, message)], time.GetUtcNow());
        return true;
    }

    private void Append(
        ResourceKey key, LogGroupState group, LogStreamState stream, IReadOnlyList<(DateTimeOffset Timestamp, string Message)> lines, DateTimeOffset now)
    {
        events.Append(group, stream, lines, now);
        foreach (var filter in state.FiltersOf(key))
        {
            var pattern = FilterPattern.Parse(filter.FilterPattern);
            foreach (var (timestamp, message) in lines)
            {
                var matches = pattern.Matches(message);
                foreach (var transformation in filter.Transformations)
                    if ((matches ? MetricFilters.ValueOf(transformation) : transformation.DefaultValue) is { } value)
                        metrics.Put(new(key.Account, key.Region, transformation.MetricNamespace, transformation.MetricName, transformation.Unit ?? "None", new()), value, timestamp);
            }
        }
    }

    private static void Check(IReadOnlyList<InputLogEvent> lines)
    {
        if (lines.Count is 0 or > MaxEvents)
            throw new ServiceException("InvalidParameterException",
                $"1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and {MaxEvents}");
        if (lines.Sum(line => (long)Encoding.UTF8.GetByteCount(line.Message) + EventOverheadBytes) > MaxBatchBytes)
            throw new ServiceException("InvalidParameterException", $"Upload too large: bytes exceeds limit of {MaxBatchBytes}");
        if (lines.Any(line => line.Message.Length == 0))
            throw new ServiceException("InvalidParameterException",
                "1 validation error detected: Value '' at 'logEvents.message' failed to satisfy constraint: Member must have length greater than or equal to 1");
        if (lines.Any(line => line.Timestamp is < 0 or > MaxTimestamp))
            throw new ServiceException("InvalidParameterException",
                "1 validation error detected: Value at 'logEvents.timestamp' failed to satisfy constraint: Member must be a time in milliseconds since 1970");
        if (lines.Zip(lines.Skip(1)).Any(pair => pair.Second.Timestamp < pair.First.Timestamp))
            throw new ServiceException("InvalidParameterException", "Log events in a single PutLogEvents request must be in chronological order.");
        if (lines[^1].Timestamp - lines[0].Timestamp > (long)TimeSpan.FromDays(1).TotalMilliseconds)
            throw new ServiceException("InvalidParameterException",
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    }
}
