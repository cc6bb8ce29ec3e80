namespace PipelineStacks.Model.Settings;

/// <summary>The Firehose delivery streams of an environment. A file is written when either limit of the buffer is met.</summary>
public sealed record DeliverySettings
{
    /// <summary>
    /// Megabytes of JSON that are buffered before a file is written. With conversion to Parquet Firehose refuses less than 64.
    /// </summary>
    /// <value>128 by default.</value>
    [Between(64, 128, "megabytes")]
    public int BufferMegabytes { get; init; } = 128;

    /// <summary>Seconds that records are buffered before a file is written.</summary>
    /// <value>300 by default.</value>
    [Between(60, 900, "seconds", OrZero = true)]
    public int BufferSeconds { get; init; } = 300;

    /// <summary>
    /// Whether the records are also kept as they came, compressed, beside the Parquet. Firehose never lets a delivery stream switch it off
    /// again.
    /// </summary>
    /// <value>false by default.</value>
    public bool SourceBackup { get; init; }
}
