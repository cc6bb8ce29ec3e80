namespace PipelineStacks.Model.Settings;

/// <summary>The Kinesis data streams of an environment.</summary>
public sealed record StreamSettings : IChecked
{
    /// <summary>Who decides on the number of shards. Switching is possible twice a day.</summary>
    /// <value><c>on-demand</c> by default.</value>
    public StreamMode Mode { get; init; } = StreamMode.OnDemand;

    /// <summary>Shards of a provisioned stream; each takes 1 MB or 1,000 records a second.</summary>
    /// <value>None by default; needed with <c>provisioned</c>, refused with <c>on-demand</c>.</value>
    [Between(1, 500, "shards")]
    public int? Shards { get; init; }

    /// <summary>Hours that a record stays readable. Lowering it deletes the older records at once.</summary>
    /// <value>24 by default.</value>
    [Between(24, 8760, "hours")]
    public int RetentionHours { get; init; } = 24;

    IEnumerable<SettingsError> IChecked.Check(string path)
    {
        if (Mode == StreamMode.Provisioned && Shards is null)
        {
            yield return new(
                $"{path}.shards",
                null,
                "missing, and a provisioned stream needs them",
                "Give a whole number of shards from 1 to 500, or set mode to \"on-demand\".");
        }
        if (Mode == StreamMode.OnDemand && Shards is { } shards)
        {
            yield return new(
                $"{path}.shards",
                $"{shards}",
                "a stream on demand chooses its shards itself",
                "Remove it, or set mode to \"provisioned\".");
        }
    }
}

/// <summary>Who decides on a stream's number of shards.</summary>
public enum StreamMode
{
    /// <summary>Kinesis does, by the traffic; it follows a doubling within about 15 minutes.</summary>
    OnDemand,

    /// <summary>The settings do.</summary>
    Provisioned,
}
