namespace PipelineStacks.Model.Settings;

/// <summary>When an environment's alarms fire, and what it may cost. Most thresholds derive from what is watched: shares of its retention, storage or timeout.</summary>
public sealed record MonitoringSettings : IChecked
{
    /// <summary>Whether there are alarms and dashboards.</summary>
    /// <value>true by default.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>The share of a stream's retention that its consumers may be behind before a warning.</summary>
    /// <value>25 by default.</value>
    [Between(1, 100, "percent")]
    public int IteratorAgeWarningPercent { get; init; } = 25;

    /// <summary>The share of a stream's retention that its consumers may be behind before somebody is called: what is older than all of it is lost.</summary>
    /// <value>50 by default.</value>
    [Between(1, 100, "percent")]
    public int IteratorAgeCriticalPercent { get; init; } = 50;

    /// <summary>Buffer intervals that a record may wait for its delivery.</summary>
    /// <value>5 by default.</value>
    [Between(2, 100, "intervals")]
    public int DeliveryIntervals { get; init; } = 5;

    /// <summary>Minutes that replication may read the database's changes late.</summary>
    /// <value>10 by default.</value>
    [Between(1, 1440, "minutes")]
    public int ReplicationLatencyMinutes { get; init; } = 10;

    /// <summary>The load of a database's or replication instance's processors at which there is a warning.</summary>
    /// <value>80 by default.</value>
    [Between(1, 100, "percent")]
    public int ProcessorPercent { get; init; } = 80;

    /// <summary>The share of storage that must be free.</summary>
    /// <value>15 by default.</value>
    [Between(1, 99, "percent")]
    public int FreeStoragePercent { get; init; } = 15;

    /// <summary>Megabytes of a replication instance's memory that must be free: without them it swaps and falls behind.</summary>
    /// <value>200 by default.</value>
    [Between(16, 1_048_576, "megabytes")]
    public int FreeMemoryMegabytes { get; init; } = 200;

    /// <summary>Connections to the database at which there is a warning. MySQL on RDS takes about 85 per gigabyte of memory.</summary>
    /// <value>100 by default.</value>
    [Between(1, 16_000, "connections")]
    public int DatabaseConnections { get; init; } = 100;

    /// <summary>The share of its timeout that a job may run before there is a warning.</summary>
    /// <value>80 by default.</value>
    [Between(1, 100, "percent")]
    public int JobDurationPercent { get; init; } = 80;

    /// <summary>Dollars that the environment may cost a month. AWS tells costs by tag only where the tag environment is activated for that in the billing console.</summary>
    /// <value>None by default: no budget.</value>
    [Between(1, 1_000_000, "dollars")]
    public int? MonthlyBudget { get; init; }

    /// <summary>Where people read docs/runbooks, as the beginning of an alarm's link.</summary>
    /// <value>None by default: the link is the path in the repository.</value>
    [Shaped("https://[^\\s]+", "an address such as https://example.com/pipelines/")]
    public string? RunbookAddress { get; init; }

    IEnumerable<SettingsError> IChecked.Check(string path)
    {
        if (IteratorAgeCriticalPercent <= IteratorAgeWarningPercent)
        {
            yield return new(
                $"{path}.iteratorAgeCriticalPercent",
                $"{IteratorAgeCriticalPercent}",
                $"not above the warning's {IteratorAgeWarningPercent}",
                "Give more, so that the warning comes first.");
        }
    }
}
