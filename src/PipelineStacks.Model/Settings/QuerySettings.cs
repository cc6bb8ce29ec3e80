namespace PipelineStacks.Model.Settings;

/// <summary>The Athena workgroup of an environment.</summary>
public sealed record QuerySettings
{
    /// <summary>Megabytes that one query may scan before Athena cancels it: the bound of what a careless query costs.</summary>
    /// <value>10240 by default.</value>
    [Between(10, 1_000_000_000, "megabytes")]
    public int ScanLimitMegabytes { get; init; } = 10_240;
}
