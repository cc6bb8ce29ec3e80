namespace PipelineStacks.Cli.Run;

/// <summary>What <c>run</c> is asked to do.</summary>
internal sealed record RunOptions
{
    public const int DefaultPort = 4566;
    public const long DefaultEvents = 100_000;

    public required string Environment { get; init; }

    public long Events { get; init; } = DefaultEvents;

    /// <summary>The share of events and of devices' messages that are broken on purpose.</summary>
    public double Broken { get; init; }

    /// <summary>Leaves the local cloud running.</summary>
    public bool Keep { get; init; }

    public int Port { get; init; } = DefaultPort;

    /// <summary>How many devices publish.</summary>
    public int Devices { get; init; } = Cli.Devices.FleetOptions.DefaultDevices;

    /// <summary>The port of the local cloud's MQTT broker; null for the one that goes with its own.</summary>
    public int? MqttPort { get; init; }

    /// <summary>Where the local cloud keeps its state.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where the summary and the logs go.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Shows what the child processes print.</summary>
    public bool Verbose { get; init; }

    public ulong? Seed { get; init; }

    /// <summary>Ends without <c>verify</c>.</summary>
    public bool SkipVerify { get; init; }
}
