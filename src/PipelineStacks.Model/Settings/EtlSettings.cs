namespace PipelineStacks.Model.Settings;

/// <summary>The jobs and workflows of Glue between the zones.</summary>
public sealed record EtlSettings
{
    /// <summary>Whether jobs and workflows bring data from landing to clean and curated; without them those zones stay empty.</summary>
    /// <value>true by default.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>When the workflow from landing to curated starts, in UTC. It can be started at any other time as well.</summary>
    /// <value>cron(15 3 * * ? *) by default: each night at 3:15.</value>
    [Shaped("cron\\([^ ()]+( [^ ()]+){5}\\)", "a schedule of six fields such as cron(15 3 * * ? *)")]
    public string Schedule { get; init; } = "cron(15 3 * * ? *)";

    /// <summary>The size of a job's workers: G.1X has 4 processors and 16 GB, each next one twice that.</summary>
    /// <value>G.1X by default.</value>
    [Shaped("G\\.[1248]X", "G.1X, G.2X, G.4X or G.8X")]
    public string WorkerType { get; init; } = "G.1X";

    /// <summary>Workers of a job; with <c>autoScaling</c> the most of them. One of them drives the others.</summary>
    /// <value>2 by default.</value>
    [Between(2, 299, "workers")]
    public int Workers { get; init; } = 2;

    /// <summary>Whether a job takes only the workers that it has work for, and pays for no others.</summary>
    /// <value>true by default.</value>
    public bool AutoScaling { get; init; } = true;

    /// <summary>Minutes after which a job's run is stopped.</summary>
    /// <value>60 by default; Glue's own default of 480 is a night's bill.</value>
    [Between(1, 10080, "minutes")]
    public int TimeoutMinutes { get; init; } = 60;

    /// <summary>How often a failed run is tried again. Whatever a run writes counts only when it has all been written, so that this harms nothing.</summary>
    /// <value>1 by default.</value>
    [Between(0, 10, "retries")]
    public int Retries { get; init; } = 1;

    /// <summary>Hours that the files of earlier runs stay after others took their place, for queries that still read them.</summary>
    /// <value>24 by default.</value>
    [Between(1, 720, "hours")]
    public int RetainHours { get; init; } = 24;

    /// <summary>Files whose arrival starts the workflow of a pipeline that is dropped as files.</summary>
    /// <value>5 by default.</value>
    [Between(1, 100, "files")]
    public int ArrivalFiles { get; init; } = 5;

    /// <summary>Seconds from the first file's arrival after which it starts with fewer.</summary>
    /// <value>900 by default, which is the most that Glue takes.</value>
    [Between(1, 900, "seconds")]
    public int ArrivalSeconds { get; init; } = 900;
}
