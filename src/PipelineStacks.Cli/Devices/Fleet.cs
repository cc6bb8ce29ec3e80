using System.Globalization;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Devices;

/// <summary>What a fleet is asked to do.</summary>
internal sealed record FleetOptions
{
    public const int DefaultDevices = 200;
    public const int DefaultMessages = 50;

    public int Devices { get; init; } = DefaultDevices;

    /// <summary>Of each device.</summary>
    public int Messages { get; init; } = DefaultMessages;

    /// <summary>Between a device's messages; without any it publishes as fast as the broker takes them.</summary>
    public TimeSpan Interval { get; init; }

    public DeviceHabits Habits { get; init; } = new();

    /// <summary>What the devices' names begin with.</summary>
    public string Prefix { get; init; } = "device";

    public required ulong Seed { get; init; }
}

/// <summary>Devices that publish at the same time, each over a connection of its own.</summary>
internal sealed class Fleet(CliContext context, TopicSource source, FleetOptions options, Func<string, MqttEndpoint> endpoint)
{
    // Readings are a second apart where nothing else is said, whatever the pace at which they are sent.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Of a broker that isn't made for a crowd at the door.
    private const int ConnectingAtOnce = 25;

    private readonly FleetTally _tally = new();

    public FleetTally Tally => _tally;

    /// <summary>The number of each device's first reading: greater than any of an earlier run, so that none is taken for a repetition.</summary>
    public long First { get; } = context.Time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task RunAsync(CancellationToken cancel)
    {
        using var door = new SemaphoreSlim(ConnectingAtOnce);
        await Task.WhenAll(Enumerable.Range(1, options.Devices).Select(device => RunAsync(device, door, cancel)));
    }

    public string Name(int device) => string.Create(CultureInfo.InvariantCulture, $"{options.Prefix}-{device:0000}");

    private async Task RunAsync(int device, SemaphoreSlim door, CancellationToken cancel)
    {
        var (name, interval) = (Name(device), options.Interval > TimeSpan.Zero ? options.Interval : Second);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(First) - (options.Interval > TimeSpan.Zero ? TimeSpan.Zero : options.Messages * interval);
        var messages = new DevicePlan(source, options.Habits, context.Time, options.Seed, device).Messages(options.Messages, start, interval, First);
        var began = context.Time.GetTimestamp();
        var connection = await ConnectAsync(name, door, cancel);
        try
        {
            for (var i = 0; i < messages.Count; i++)
            {
                if (options.Interval > TimeSpan.Zero && (i * options.Interval) - context.Time.GetElapsedTime(began) is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, context.Time, cancel);
                if (messages[i].DropsBefore)
                {
                    connection.Drop();
                    connection = await ConnectAsync(name, door, cancel);
                    _tally.DroppedOut();
                }

                await PublishAsync(connection, source.TopicOf(name), messages[i], cancel);
            }
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task PublishAsync(MqttConnection connection, string topic, PlannedMessage message, CancellationToken cancel)
    {
        var id = await connection.PublishAsync(topic, message.Payload, cancel);
        _tally.Published(message, again: false);
        if (!message.Repeats)
            return;
        await connection.RepeatAsync(id, topic, message.Payload, cancel);
        _tally.Published(message, again: true);
    }

    private async Task<MqttConnection> ConnectAsync(string name, SemaphoreSlim door, CancellationToken cancel)
    {
        await door.WaitAsync(cancel);
        try
        {
            return await MqttConnection.OpenAsync(endpoint(name), name, cancel);
        }
        finally
        {
            door.Release();
        }
    }
}

/// <summary>What a fleet has published: only what the broker acknowledged.</summary>
internal sealed class FleetTally
{
    private long _published, _filtered, _malformed, _late, _repeated, _readings, _dropOuts;

    public long PublishedCount => Interlocked.Read(ref _published);

    /// <summary>Messages that rules pass over.</summary>
    public long FilteredCount => Interlocked.Read(ref _filtered);

    public long MalformedCount => Interlocked.Read(ref _malformed);

    public long LateCount => Interlocked.Read(ref _late);

    /// <summary>Messages that were published a second time.</summary>
    public long RepeatedCount => Interlocked.Read(ref _repeated);

    /// <summary>Different readings that count.</summary>
    public long ReadingCount => Interlocked.Read(ref _readings);

    public long DropOutCount => Interlocked.Read(ref _dropOuts);

    public void DroppedOut() => Interlocked.Increment(ref _dropOuts);

    public void Published(PlannedMessage message, bool again)
    {
        Interlocked.Increment(ref _published);
        if (again)
            Interlocked.Increment(ref _repeated);
        if (message.Filtered)
            Interlocked.Increment(ref _filtered);
        else if (message.Malformed)
            Interlocked.Increment(ref _malformed);
        else if (!again)
            Interlocked.Increment(ref _readings);
        if (message.Late && !again)
            Interlocked.Increment(ref _late);
    }
}
