using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.Logs;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>What a task tells while it runs: metrics under both of its dimensions, and lines in a log group.</summary>
internal sealed class TaskReports(
    IMetricSink metrics, ILogSink sink, LogGroups groups, LogStreams streams, LogsState logs, Callers callers, TimeProvider time, ResourceKey key,
    ReplicationTask task, string? instance, bool logging)
{
    // A serverless replication has neither of the two dimensions, and puts no metrics here.
    private readonly Dimensions? _dimensions = instance is null ? null : new(("ReplicationInstanceIdentifier", instance), ("ReplicationTaskIdentifier", IdOf(task)));
    private readonly string _group = instance is null ? $"dms-serverless-replication-{IdOf(task)}" : $"dms-tasks-{instance}";
    private readonly string _stream = instance is null ? $"dms-serverless-serv-res-id-{IdOf(task)}" : $"dms-task-{IdOf(task)}";

    /// <summary>The last segment of the task's ARN, by which its metrics and logs are named.</summary>
    public static string IdOf(ReplicationTask task) => task.ReplicationTaskArn[(task.ReplicationTaskArn.LastIndexOf(':') + 1)..];

    public void Put(string name, double value, string unit)
    {
        if (_dimensions is { } dimensions)
            metrics.Put(new(key.Account, key.Region, "AWS/DMS", name, unit, dimensions), value, time.GetUtcNow());
    }

    /// <param name="level">I, W or E, as in DMS's logs.</param>
    public void Log(char level, string component, string message)
    {
        if (!logging)
            return;
        var now = time.GetUtcNow();
        var line = $"{now.UtcDateTime:yyyy-MM-ddTHH:mm:ss} [{component,-16}]{level}:  {message}";
        if (sink.Write(key.Account, key.Region, _group, _stream, now, line))
            return;
        CreateStream();
        sink.Write(key.Account, key.Region, _group, _stream, now, line);
    }

    // DMS makes its log groups itself, when a task first has something to say.
    private void CreateStream()
    {
        var call = callers.ForRole($"arn:aws:iam::{key.Account}:role/dms-cloudwatch-logs-role", key.Region, "dms");
        var group = new ResourceKey(key.Account, key.Region, _group);
        if (!logs.Groups.TryGet(group, out _))
            groups.Create(call, new CreateLogGroupRequest { LogGroupName = _group });
        if (!logs.Streams.TryGet(LogsState.Child(group, _stream), out _))
            streams.Create(call, new LogStreamRequest { LogGroupName = _group, LogStreamName = _stream });
    }
}
