using System.Globalization;
using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.Logs;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>A process's log stream, and the end of what the current invocation wrote.</summary>
internal sealed class SandboxLog(Call role, LogGroups groups, LogStreams streams, ILogSink sink, CloudClock clock, string group)
{
    private const int TailBytes = 4096;

    private readonly StringBuilder _tail = new();
    private readonly Lock _lock = new();

    public string Group => group;

    /// <summary>As AWS names streams: day, version and an id of the process.</summary>
    public string Stream { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy'/'MM'/'dd}/[{Functions.Latest}]{Guid.NewGuid():N}");

    public void Write(string line)
    {
        lock (_lock)
        {
            _tail.Append(line).Append('\n');
            // Logs refuses empty messages.
            if (line.Length == 0 || sink.Write(role.Account, role.Region, group, Stream, clock.GetUtcNow(), line))
                return;
            Create();
            sink.Write(role.Account, role.Region, group, Stream, clock.GetUtcNow(), line);
        }
    }

    public void Begin()
    {
        lock (_lock)
            _tail.Clear();
    }

    public string Tail()
    {
        lock (_lock)
        {
            var all = Encoding.UTF8.GetBytes(_tail.ToString());
            return Convert.ToBase64String(all.AsSpan(Math.Max(0, all.Length - TailBytes)));
        }
    }

    // The group and the stream come with the first line, and again when they were deleted meanwhile.
    private void Create()
    {
        Ignoring("ResourceAlreadyExistsException", () => groups.Create(role, new() { LogGroupName = group }));
        Ignoring("ResourceAlreadyExistsException", () => streams.Create(role, new() { LogGroupName = group, LogStreamName = Stream }));
    }

    private static void Ignoring(string code, Action create)
    {
        try
        {
            create();
        }
        catch (ServiceException error) when (error.Code == code)
        {
            // Another process of the function was first.
        }
    }
}
