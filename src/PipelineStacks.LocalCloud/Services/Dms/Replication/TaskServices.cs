using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.Logs;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>What replicating takes of the rest of the cloud.</summary>
internal sealed class TaskServices(
    DmsState state, Endpoints endpoints, Instances instances, SourceAccess access, Events events, CloudClock clock, Callers callers, DataDirectory data,
    IObjectStore store, ParquetFiles parquet, IMetricSink metrics, ILogSink sink, LogGroups groups, LogStreams streams, LogsState logs, ILogger<TaskServices> log)
{
    public DmsState State => state;

    public CloudClock Clock => clock;

    public Events Events => events;

    public SourceAccess Access => access;

    public ILogger Logger => log;

    public EndpointState SourceOf(ReplicationTask task) => endpoints.Get(task.SourceEndpointArn);

    public TargetStore TargetOf(string endpointArn, string session)
    {
        var endpoint = endpoints.Get(endpointArn).Endpoint;
        return new(store, callers, parquet, new(endpoint.S3Settings!), DmsState.KeyOf(endpointArn), session);
    }

    public TaskReports ReportsOf(ReplicationTask task, TaskSettings settings) => new(metrics, sink, groups, streams, logs, callers, clock,
        DmsState.KeyOf(task.ReplicationTaskArn), task, task.ReplicationInstanceArn.Length == 0 ? null : instances.Get(task.ReplicationInstanceArn).ReplicationInstanceIdentifier,
        settings.EnableLogging);

    /// <summary>Where a task keeps what is on its way.</summary>
    public string FolderOf(string taskArn)
    {
        var key = DmsState.KeyOf(taskArn);
        return data.Folder("dms-data", key.Account, key.Region, taskArn[(taskArn.LastIndexOf(':') + 1)..]);
    }

    public void DropFolder(string taskArn) => Directory.Delete(FolderOf(taskArn), recursive: true);
}
