namespace PipelineStacks.Model.Settings;

/// <summary>The replication of an environment's database into the landing zone.</summary>
public sealed record ReplicationSettings : IChecked
{
    /// <summary>
    /// Whether the environment creates the two roles under which DMS works in an account, which have fixed names and so exist once in it. Of
    /// several environments in one account one creates them, and none does where DMS was used before.
    /// </summary>
    /// <value>true by default.</value>
    public bool AccountRoles { get; init; } = true;

    /// <summary>Whether a replication instance does it, or DMS by the load.</summary>
    /// <value><c>instance</c> by default.</value>
    public ReplicationMode Mode { get; init; } = ReplicationMode.Instance;

    /// <summary>The version of DMS on the instance. 3.5.4 takes no new instances after 2027-01-31.</summary>
    /// <value>3.6.1 by default.</value>
    [Shaped(@"3\.(5\.4|6\.[1-9][0-9]*|[7-9]\.[0-9]+)", "a version of DMS that lives, such as 3.6.1")]
    public string EngineVersion { get; init; } = "3.6.1";

    /// <summary>The class of the replication instance.</summary>
    /// <value>dms.t3.medium by default.</value>
    [Shaped(@"dms\.[a-z0-9]+\.[a-z0-9]+", "a class such as dms.t3.medium")]
    public string InstanceClass { get; init; } = "dms.t3.medium";

    /// <summary>Gigabytes on the instance, for logs and for changes that wait.</summary>
    /// <value>50 by default.</value>
    [Between(5, 6144, "gigabytes")]
    public int StorageGigabytes { get; init; } = 50;

    /// <summary>Whether a standby runs in a second zone.</summary>
    /// <value>By default true for the environment named prod and false for others.</value>
    public bool? MultiAz { get; init; }

    /// <summary>The most capacity that serverless replication takes, in units of 2 GB.</summary>
    /// <value>4 by default.</value>
    [OneOf(1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384)]
    public int MaximumCapacityUnits { get; init; } = 4;

    /// <summary>What DMS writes. In CSV every value is a text for the tables, and NULL one of them.</summary>
    /// <value><c>csv</c> by default.</value>
    public FileFormat Format { get; init; } = FileFormat.Csv;

    /// <summary>Seconds that changes are collected before a file is written.</summary>
    /// <value>60 by default.</value>
    [Between(1, 3600, "seconds")]
    public int BatchSeconds { get; init; } = 60;

    /// <summary>Kilobytes of changes at which a file is written earlier.</summary>
    /// <value>32000 by default.</value>
    [Between(1, 1_048_576, "kilobytes")]
    public int BatchKilobytes { get; init; } = 32_000;

    /// <summary>Tables that are loaded at the same time.</summary>
    /// <value>8 by default.</value>
    [Between(1, 49, "tables")]
    public int ParallelTables { get; init; } = 8;

    /// <summary>Kilobytes of a large object that are replicated; DMS cuts what is longer, and says so in the task's log.</summary>
    /// <value>64 by default.</value>
    [Between(1, 102_400, "kilobytes")]
    public int LargeObjectKilobytes { get; init; } = 64;

    /// <summary>
    /// Whether DMS compares source and target: after the load, and the changes once a day at midnight in UTC. It does so by Athena, which costs by
    /// the query, and only over Parquet.
    /// </summary>
    /// <value>false by default.</value>
    public bool Validation { get; init; }

    IEnumerable<SettingsError> IChecked.Check(string path)
    {
        if (Validation && Format != FileFormat.Parquet)
            yield return new($"{path}.validation", "true", "not possible over CSV", "Set format to \"parquet\", or remove it.");
    }
}

/// <summary>What replicates.</summary>
public enum ReplicationMode
{
    /// <summary>An instance of a fixed size with a task.</summary>
    Instance,

    /// <summary>Capacity that follows the load.</summary>
    Serverless,
}

/// <summary>What the files of a replication look like.</summary>
public enum FileFormat
{
    /// <summary>Comma-separated values under a line with the columns' names.</summary>
    Csv,

    /// <summary>Parquet, with the types of the source.</summary>
    Parquet,
}
