using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Gives lines out: of one stream in order, or of a whole group by a filter pattern.</summary>
internal sealed class LogReader(LogsState state, LogGroups groups, LogStreams streams, LogEvents events, TimeProvider time)
{
    /// <summary>AWS no longer checks sequence tokens, but still gives one out.</summary>
    public const string SequenceToken = "49039859570466735404600000000000000000000000000000000000";

    private const int MaxEvents = 10_000;
    private const int MaxBytes = 1_048_576;

    public GetLogEventsResponse Get(Call call, GetLogEventsRequest request)
    {
        var name = request.LogGroupName ?? (request.LogGroupIdentifier is { } identifier ? LogNames.GroupOf(identifier) : null);
        var (group, stream) = streams.Find(call, "logs:GetLogEvents", name, request.LogStreamName);
        var range = new Range(this, group, request.StartTime, request.EndTime);
        var limit = Limit(request.Limit);
        var (forward, origin) = Start(request);
        var days = events.Days(group, stream).Where(range.HasDay);
        var found = forward
            ? Take(days.SelectMany(day => events.Read(group, stream, day)).Where(line => range.Has(line) && LogPosition.Of(line) > origin), limit)
            : Take(days.Reverse().SelectMany(day => events.Read(group, stream, day).Reverse()).Where(line => range.Has(line) && LogPosition.Of(line) < origin), limit);
        if (!forward)
            found.Reverse();

        // With nothing found the tokens stay where they were, by which clients know the end.
        var (first, last) = found.Count > 0
            ? (LogPosition.Of(found[0]), LogPosition.Of(found[^1]))
            : forward ? (origin with { Offset = origin.Offset + 1 }, origin) : (origin, origin == End ? default : origin with { Offset = origin.Offset - 1 });
        return new([.. found.Select(line => new OutputLogEvent(
            line.Timestamp.ToUnixTimeMilliseconds(), line.Message, line.IngestionTime.ToUnixTimeMilliseconds()))], $"f/{last}", $"b/{first}");
    }

    public FilterLogEventsResponse Filter(Call call, FilterLogEventsRequest request)
    {
        var name = request.LogGroupName ?? (request.LogGroupIdentifier is { } identifier ? LogNames.GroupOf(identifier) : null);
        var group = groups.Find(call, "logs:FilterLogEvents", name);
        var pattern = FilterPattern.Parse(request.FilterPattern);
        var range = new Range(this, group, request.StartTime, request.EndTime);
        var chosen = Choose(call, group, request);
        var after = request.NextToken is null ? default : FilterToken.Parse(request.NextToken);
        var limit = Limit(request.Limit);
        var days = chosen.SelectMany(stream => events.Days(group, stream)).Distinct().Where(range.HasDay).Order();
        var found = days.SelectMany(day => chosen.SelectMany(stream => events.Read(group, stream, day).Select(line => (stream.Name, Line: line)))
                .OrderBy(one => one.Line.Timestamp).ThenBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Line.Offset))
            .Where(one => range.Has(one.Line) && after.IsBefore(one.Name, one.Line) && pattern.Matches(one.Line.Message)).Take(limit + 1).ToList();
        var page = found.Take(Fitting(found.Select(one => one.Line), limit)).ToList();
        return new(
            [.. page.Select(one => new FilteredLogEvent(one.Name, one.Line.Timestamp.ToUnixTimeMilliseconds(), one.Line.Message,
                one.Line.IngestionTime.ToUnixTimeMilliseconds(), LogPosition.Of(one.Line).ToString()))],
            [],
            page.Count < found.Count ? new FilterToken(LogPosition.Of(page[^1].Line), page[^1].Name).ToString() : null);
    }

    private static LogPosition End => new(9_999_999_999_999_999, long.MaxValue);

    private static (bool Forward, LogPosition Origin) Start(GetLogEventsRequest request) => request.NextToken switch
    {
        null => request.StartFromHead == true ? (true, default) : (false, End),
        ['f', '/', .. var position] => (true, LogPosition.Parse(position)),
        ['b', '/', .. var position] => (false, LogPosition.Parse(position)),
        _ => throw new ServiceException("InvalidParameterException", "The specified nextToken is invalid."),
    };

    private static int Limit(int? limit) => limit is null or (>= 1 and <= MaxEvents)
        ? limit ?? MaxEvents
        : throw new ServiceException("InvalidParameterException",
            $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and {MaxEvents}");

    private static List<LogEvent> Take(IEnumerable<LogEvent> lines, int limit)
    {
        var found = lines.Take(limit).ToList();
        found.RemoveRange(Fitting(found, limit), found.Count - Fitting(found, limit));
        return found;
    }

    // An answer holds a megabyte at most, but always one line.
    private static int Fitting(IEnumerable<LogEvent> lines, int limit)
    {
        var (count, bytes) = (0, 0);
        foreach (var line in lines.Take(limit))
        {
            bytes += Encoding.UTF8.GetByteCount(line.Message) + 26;
            if (bytes > MaxBytes && count > 0)
                break;
            count++;
        }

        return count;
    }

    private List<LogStreamState> Choose(Call call, LogGroupState group, FilterLogEventsRequest request)
    {
        if (request is { LogStreamNames: not null, LogStreamNamePrefix: not null })
            throw new ServiceException("InvalidParameterException", "logStreamNames and logStreamNamePrefix can't be given together.");
        if (request.LogStreamNames is { } names)
            return [.. names.Select(name => streams.Find(call, "logs:FilterLogEvents", group.Name, name).Stream)];
        return [.. state.StreamsOf(LogGroups.KeyOf(call, group.Name))
            .Where(stream => stream.Name.StartsWith(request.LogStreamNamePrefix ?? "", StringComparison.Ordinal))];
    }

    /// <summary>The asked time, within the retention: what has expired is not given out, deleted or not.</summary>
    private sealed class Range(LogReader reader, LogGroupState group, long? start, long? end)
    {
        private readonly long _start = Math.Max(start ?? long.MinValue, group.RetentionInDays is { } days
            ? (reader.Now - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds()
            : long.MinValue);

        private readonly long _end = end ?? long.MaxValue;

        public bool Has(LogEvent line) => line.Timestamp.ToUnixTimeMilliseconds() is var at && at >= _start && at < _end;

        public bool HasDay(DateOnly day)
        {
            var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            return midnight.AddDays(1).ToUnixTimeMilliseconds() > _start && midnight.ToUnixTimeMilliseconds() < _end;
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The last line that was given out, over the streams of a group.</summary>
    private readonly record struct FilterToken(LogPosition Position, string? Stream)
    {
        public static FilterToken Parse(string token)
        {
            var buffer = new byte[token.Length];
            var text = Convert.TryFromBase64String(token, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : "";
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon < 0
                ? throw new ServiceException("InvalidParameterException", "The specified nextToken is invalid.")
                : new(LogPosition.Parse(text[..colon]), text[(colon + 1)..]);
        }

        public bool IsBefore(string stream, LogEvent line) => Stream is null
            || (Position.Timestamp, StringComparer.Ordinal.Compare(Stream, stream), Position.Offset).CompareTo((line.Timestamp.ToUnixTimeMilliseconds(), 0, line.Offset)) < 0;

        public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Position}:{Stream}"));
    }
}
