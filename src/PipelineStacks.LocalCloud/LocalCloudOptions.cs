using PipelineStacks.LocalCloud.Services.Rds.MariaDb;

namespace PipelineStacks.LocalCloud;

/// <summary>How a local cloud is started.</summary>
internal sealed record LocalCloudOptions
{
    public const int DefaultPort = 4566;
    public const int DefaultMqttPort = 1883;

    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The MQTT broker's port on 127.0.0.1; 0 takes a free one, null starts no broker.</summary>
    public int? MqttPort { get; init; }

    /// <summary>Where the state lives; null for a temporary directory that is deleted at the end.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Time stands still until it is advanced through <c>/_local/clock/advance</c>.</summary>
    public bool VirtualTime { get; init; }

    /// <summary>A server that serves DB instances in the place of local ones; null for local ones.</summary>
    public ExistingMySql? ExistingMySql { get; init; }

    /// <summary>Whether throughput limits are enforced as on AWS. Off for measuring the cloud itself.</summary>
    public bool Limits { get; init; } = true;
}
