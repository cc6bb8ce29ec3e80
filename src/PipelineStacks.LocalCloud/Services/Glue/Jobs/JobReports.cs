using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>What the world is told of a run: events on the default bus, and metrics as Spark's driver emits them.</summary>
internal sealed class JobReports(IEventBus bus, IMetricSink metrics, TimeProvider time)
{
    /// <summary>Glue announces the states that a run ends in.</summary>
    public void Ended(ResourceKey where, JobRun run)
    {
        if (run.JobRunState is JobRunStates.Error)
            return;
        Publish(where, "Glue Job State Change", new JsonObject
        {
            ["jobName"] = run.JobName,
            ["severity"] = run.JobRunState switch { JobRunStates.Succeeded => "INFO", JobRunStates.Failed => "ERROR", _ => "WARN" },
            ["state"] = run.JobRunState,
            ["jobRunId"] = run.Id,
            ["message"] = run.JobRunState switch
            {
                JobRunStates.Succeeded => "Job run succeeded",
                JobRunStates.Stopped => "Job run stopped",
                _ => run.ErrorMessage ?? "",
            },
        });
    }

    /// <summary>A run takes longer than the job's NotifyDelayAfter.</summary>
    public void Delayed(ResourceKey where, JobRun run) => Publish(where, "Glue Job Run Status", new JsonObject
    {
        ["jobName"] = run.JobName,
        ["severity"] = "INFO",
        ["notificationCondition"] = new JsonObject { ["NotifyDelayAfter"] = run.NotificationProperty?.NotifyDelayAfter },
        ["state"] = run.JobRunState,
        ["jobRunId"] = run.Id,
        ["message"] = $"Job is in {run.JobRunState} state",
        ["startedOn"] = run.StartedOn.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
    });

    /// <summary>The driver's metrics, of the run and over all runs, where the job asks for them.</summary>
    public void Measured(ResourceKey where, StoredRun stored, JobCounts counts)
    {
        if (!stored.AllArguments.TryGetValue("--enable-metrics", out var enabled) || enabled is "false")
            return;
        var now = time.GetUtcNow();
        foreach (var id in new[] { stored.Run.Id, "ALL" })
        {
            Put("numCompletedTasks", counts.CompletedTasks, "Count");
            Put("numCompletedStages", counts.CompletedTasks, "Count");
            Put("numFailedTasks", counts.FailedTasks, "Count");
            Put("numKilledTasks", stored.Run.JobRunState is JobRunStates.Stopped or JobRunStates.Timeout ? 1 : 0, "Count");
            Put("bytesRead", counts.BytesRead, "Bytes");
            Put("elapsedTime", (now - (stored.Running ?? now)).TotalMilliseconds, "Milliseconds");

            void Put(string name, double value, string unit) => metrics.Put(
                new(where.Account, where.Region, "Glue", $"glue.driver.aggregate.{name}", unit,
                    new Dimensions(("JobName", stored.Run.JobName), ("JobRunId", id), ("Type", "count"))), value, now);
        }
    }

    private void Publish(ResourceKey where, string type, JsonObject detail) =>
        bus.Publish(where.Account, where.Region, "aws.glue", type, [], detail);
}
