using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>The definitions of jobs.</summary>
internal sealed class GlueJobs(JobState state, JobRunner runner, GlueTags tags, TimeProvider time) : IGlueOperations
{
    public OperationTable AddTo(OperationTable table) => table
        .Add<CreateJobRequest, JobNameResponse>("CreateJob", (call, request) => Create(call, request.Name, request, request.Tags))
        .Add<UpdateJobRequest, UpdateJobResponse>("UpdateJob", Update)
        .Add<JobNameRequest, GetJobResponse>("GetJob", Get)
        .Add<GetJobsRequest, GetJobsResponse>("GetJobs", GetAll)
        .Add<ListJobsRequest, ListJobsResponse>("ListJobs", List)
        .Add<BatchGetJobsRequest, BatchGetJobsResponse>("BatchGetJobs", BatchGet)
        .Add<JobNameRequest, UpdateJobResponse>("DeleteJob", Delete);

    public JobNameResponse Create(Call call, string name, JobUpdate said, IReadOnlyDictionary<string, string>? tagged)
    {
        call.Authorize("glue:CreateJob", JobState.Arn(call, name));
        var now = time.GetUtcNow();
        var job = JobRules.Make(name, said, now, now);
        DemandSecurityConfiguration(call, job);
        lock (state.Writing)
        {
            if (!state.Jobs.TryAdd(JobState.Key(call, job.Name), job))
                throw GlueErrors.Exists("Job");
            if (tagged is { Count: > 0 })
                tags.Put(call, JobState.Arn(call, job.Name), tagged);
        }

        return new(job.Name);
    }

    public UpdateJobResponse Update(Call call, UpdateJobRequest request)
    {
        call.Authorize("glue:UpdateJob", JobState.Arn(call, request.JobName));
        lock (state.Writing)
        {
            var before = state.FindJob(call, request.JobName);
            var job = JobRules.Make(before.Name, request.JobUpdate, before.CreatedOn, time.GetUtcNow());
            DemandSecurityConfiguration(call, job);
            state.Jobs.Put(JobState.Key(call, before.Name), job);
        }

        return new(request.JobName);
    }

    public GetJobResponse Get(Call call, JobNameRequest request)
    {
        call.Authorize("glue:GetJob", JobState.Arn(call, request.JobName));
        return new(state.FindJob(call, request.JobName));
    }

    public GetJobsResponse GetAll(Call call, GetJobsRequest request)
    {
        call.Authorize("glue:GetJobs", JobState.Arn(call, "*"));
        var page = GluePages.Of(state.Jobs.In(call.Account, call.Region), request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public ListJobsResponse List(Call call, ListJobsRequest request)
    {
        call.Authorize("glue:ListJobs", JobState.Arn(call, "*"));
        var names = state.Jobs.In(call.Account, call.Region).Select(job => job.Name)
            .Where(name => request.Tags is null || request.Tags.All(tags.Of(call, JobState.Arn(call, name)).Contains));
        var page = GluePages.Of(names, request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public BatchGetJobsResponse BatchGet(Call call, BatchGetJobsRequest request)
    {
        call.Authorize("glue:BatchGetJobs", JobState.Arn(call, "*"));
        var (found, missing) = (new List<Job>(), new List<string>());
        foreach (var name in request.JobNames)
        {
            if (state.Jobs.TryGet(JobState.Key(call, name), out var job))
                found.Add(job);
            else
                missing.Add(name);
        }

        return new(found, missing);
    }

    /// <summary>Deletes the job and what belongs to it. As in Glue it is no error that there is none.</summary>
    public UpdateJobResponse Delete(Call call, JobNameRequest request)
    {
        call.Authorize("glue:DeleteJob", JobState.Arn(call, request.JobName));
        lock (state.Writing)
        {
            state.Jobs.Remove(JobState.Key(call, request.JobName));
            state.Bookmarks.Remove(JobState.Key(call, request.JobName));
            foreach (var run in state.RunsOf(call.Account, call.Region, request.JobName))
            {
                var key = JobState.RunKey(call, request.JobName, run.Run.Id);
                state.Runs.Remove(key);
                runner.Interrupt(key);
            }

            tags.Forget(call, JobState.Arn(call, request.JobName));
        }

        return new(request.JobName);
    }

    private void DemandSecurityConfiguration(Call call, Job job)
    {
        if (job.SecurityConfiguration is { } name && !state.SecurityConfigurations.TryGet(JobState.Key(call, name), out _))
            throw GlueErrors.NotFound($"Security Configuration {name} not found.");
    }
}
