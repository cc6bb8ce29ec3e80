using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Statements;
using PipelineStacks.LocalCloud.Services.Athena.Tables;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>A query that is to be run.</summary>
/// <param name="Output">Where its result goes.</param>
internal sealed record QueryJob(Call Call, string Id, Statement Statement, string Database, S3Location Output, long? Cutoff)
{
    public CancellationTokenSource Stop { get; } = new();

    /// <summary>When it was submitted, on the machine's monotonic clock: how long work takes is measured in real time.</summary>
    public long Submitted { get; } = System.Diagnostics.Stopwatch.GetTimestamp();
}
