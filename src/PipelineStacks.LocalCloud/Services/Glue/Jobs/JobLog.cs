using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Logs;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>Makes the logs of runs.</summary>
internal sealed class JobLogs(ILogSink sink, LogGroups groups, LogStreams streams, LogsState logs, TimeProvider time)
{
    public const string DefaultGroup = "/aws-glue/jobs";

    public JobLog Of(Call call, StoredRun run) => new(this, call, run.Run, run.AllArguments);

    public void Write(Call call, string group, string stream, string message)
    {
        var now = time.GetUtcNow();
        if (sink.Write(call.Account, call.Region, group, stream, now, message))
            return;
        var key = new ResourceKey(call.Account, call.Region, group);
        if (!logs.Groups.TryGet(key, out _))
            groups.Create(call, new CreateLogGroupRequest { LogGroupName = group });
        if (!logs.Streams.TryGet(LogsState.Child(key, stream), out _))
            streams.Create(call, new LogStreamRequest { LogGroupName = group, LogStreamName = stream });
        sink.Write(call.Account, call.Region, group, stream, now, message);
    }
}

/// <summary>Where a run's lines go: its output and its errors, and both in the continuous log where the job has one.</summary>
internal sealed class JobLog(JobLogs logs, Call call, JobRun run, IReadOnlyDictionary<string, string> arguments)
{
    private readonly bool _continuous = arguments.GetValueOrDefault("--enable-continuous-cloudwatch-log") is "true" or "";

    public void Output(string message) => Write("output", message);

    public void Error(string message) => Write("error", message);

    private void Write(string kind, string message)
    {
        logs.Write(call, $"{run.LogGroupName}/{kind}", run.Id, message);
        if (_continuous)
            logs.Write(call, arguments.GetValueOrDefault("--continuous-log-logGroup") ?? $"{run.LogGroupName}/logs-v2",
                $"{arguments.GetValueOrDefault("--continuous-log-logStreamPrefix") ?? run.Id}-driver", message);
    }
}
