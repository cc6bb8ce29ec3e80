namespace PipelineStacks.Model.Settings;

/// <summary>How long data stays, per zone and beside the zones.</summary>
public sealed record LifecycleSettings
{
    /// <summary>Data as received.</summary>
    public ZoneLifecycle Landing { get; init; } = new();

    /// <summary>Typed, deduplicated, current data.</summary>
    public ZoneLifecycle Clean { get; init; } = new();

    /// <summary>Joined and aggregated data.</summary>
    public ZoneLifecycle Curated { get; init; } = new();

    /// <summary>Days that rejected records wait for somebody to look at and replay them.</summary>
    /// <value>90 by default.</value>
    [Between(1, 3650, "days")]
    public int QuarantineDays { get; init; } = 90;

    /// <summary>Days that the copies of the source records stay, where an environment makes them.</summary>
    /// <value>30 by default.</value>
    [Between(1, 3650, "days")]
    public int SourceBackupDays { get; init; } = 30;

    /// <summary>Days that the results of queries stay.</summary>
    /// <value>30 by default.</value>
    [Between(1, 3650, "days")]
    public int QueryResultDays { get; init; } = 30;

    /// <summary>Days that the buckets' access logs stay.</summary>
    /// <value>365 by default.</value>
    [Between(1, 3650, "days")]
    public int AccessLogDays { get; init; } = 365;

    /// <summary>Days after which the parts of an upload that was never completed are deleted; they cost and nobody sees them.</summary>
    /// <value>7 by default.</value>
    [Between(1, 365, "days")]
    public int IncompleteUploadDays { get; init; } = 7;
}

/// <summary>The life of a zone's objects. Zero leaves a step out.</summary>
public sealed record ZoneLifecycle : IChecked
{
    /// <summary>Age at which objects move to infrequent access; S3 refuses less than 30 days.</summary>
    /// <value>30 by default.</value>
    [Between(30, 3650, "days", OrZero = true)]
    public int InfrequentAccessDays { get; init; } = 30;

    /// <summary>Age at which objects move to Glacier Instant Retrieval, which Athena can still read.</summary>
    /// <value>120 by default.</value>
    [Between(30, 3650, "days", OrZero = true)]
    public int GlacierDays { get; init; } = 120;

    /// <summary>Age at which objects are deleted.</summary>
    /// <value>0 by default: never.</value>
    [Between(1, 36500, "days", OrZero = true)]
    public int ExpireDays { get; init; }

    /// <summary>Days that an object which was overwritten or deleted can be brought back.</summary>
    /// <value>30 by default.</value>
    [Between(1, 3650, "days")]
    public int NoncurrentDays { get; init; } = 30;

    IEnumerable<SettingsError> IChecked.Check(string path)
    {
        if (InfrequentAccessDays > 0 && GlacierDays > 0 && GlacierDays < InfrequentAccessDays + 30)
        {
            yield return new(
                $"{path}.glacierDays",
                $"{GlacierDays}",
                "too soon after infrequent access",
                $"Give at least {InfrequentAccessDays + 30}: S3 asks for 30 days in infrequent access first.");
        }
        var lastMove = Math.Max(InfrequentAccessDays, GlacierDays);
        if (ExpireDays > 0 && ExpireDays <= lastMove)
        {
            yield return new(
                $"{path}.expireDays",
                $"{ExpireDays}",
                $"not after the last move at {lastMove} days",
                $"Give more than {lastMove}, or set infrequentAccessDays and glacierDays to 0.");
        }
    }
}
