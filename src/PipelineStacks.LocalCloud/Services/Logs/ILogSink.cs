namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Where services write their logs, into a log group and stream that must exist.</summary>
internal interface ILogSink
{
    /// <returns>False where the group or the stream does not exist; the real services drop the line then, too.</returns>
    bool Write(string account, string region, string group, string stream, DateTimeOffset at, string message);
}
