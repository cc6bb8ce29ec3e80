namespace PipelineStacks.LocalCloud.Services.Kinesis.Log;

/// <summary>Sizes of the log.</summary>
internal static class LogLimits
{
    /// <summary>The largest record that a stream can be set to take: 10,240 KiB.</summary>
    public const int MaxData = 10 * 1024 * 1024;

    /// <summary>A segment that has reached this size gets no further batch. Retention deletes whole segments.</summary>
    public const int SegmentSize = 32 * 1024 * 1024;
}
