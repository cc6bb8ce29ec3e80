using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Starting, watching, stopping and resuming runs of workflows.</summary>
internal sealed class WorkflowRuns(WorkflowState state, WorkflowEngine engine, RunDescriptions descriptions) : IGlueOperations
{
    public OperationTable AddTo(OperationTable table) => table
        .Add<StartWorkflowRunRequest, WorkflowRunIdResponse>("StartWorkflowRun", Start)
        .Add<WorkflowRunRequest, Empty>("StopWorkflowRun", Stop)
        .Add<ResumeWorkflowRunRequest, ResumeWorkflowRunResponse>("ResumeWorkflowRun", Resume)
        .Add<GetWorkflowRunRequest, GetWorkflowRunResponse>("GetWorkflowRun", Get)
        .Add<GetWorkflowRunsRequest, GetWorkflowRunsResponse>("GetWorkflowRuns", List)
        .Add<WorkflowRunRequest, GetWorkflowRunPropertiesResponse>("GetWorkflowRunProperties", GetProperties)
        .Add<PutWorkflowRunPropertiesRequest, Empty>("PutWorkflowRunProperties", PutProperties);

    private WorkflowRunIdResponse Start(Call call, StartWorkflowRunRequest request)
    {
        call.Authorize("glue:StartWorkflowRun", WorkflowState.WorkflowArn(call, request.Name));
        return new(engine.Begin(WorkflowState.Key(call, request.Name), request.RunProperties, null).RunId);
    }

    private Empty Stop(Call call, WorkflowRunRequest request)
    {
        call.Authorize("glue:StopWorkflowRun", WorkflowState.WorkflowArn(call, request.Name));
        engine.Stop(state.FindRun(call, request.Name, request.RunId).Key);
        return Empty.Value;
    }

    private ResumeWorkflowRunResponse Resume(Call call, ResumeWorkflowRunRequest request)
    {
        call.Authorize("glue:ResumeWorkflowRun", WorkflowState.WorkflowArn(call, request.Name));
        var run = state.FindRun(call, request.Name, request.RunId);
        if (run.Status is not (StoredRun.Completed or StoredRun.Stopped))
            throw new ServiceException("IllegalWorkflowStateException", $"The run {run.RunId} is {run.Status}: only a run that is COMPLETED or STOPPED can be resumed.");
        var anew = new List<StoredAction>();
        foreach (var node in request.NodeIds)
            anew.Add(run.Actions.FirstOrDefault(action => RunDescriptions.ActionId(run.Workflow, action.Trigger, action.Index) == node)
                ?? throw GlueErrors.Invalid($"The node {node} is no job or crawler that was started in the run {run.RunId}."));
        if (anew.Count == 0)
            throw GlueErrors.Invalid("NodeIds must name at least one node.");

        // What comes after the nodes runs again, too, so it must not count as done.
        var again = Downstream(run, anew);
        var kept = run.Actions.Where(action => !again.Contains(action.Trigger) && !anew.Any(action.IsSame)).ToList();
        var first = anew.Where(action => !again.Contains(action.Trigger)).ToList();
        var resumed = engine.Resume(run, first, kept, [.. run.Fired.Where(name => !again.Contains(name))]);
        return new(resumed.RunId, request.NodeIds);
    }

    private static HashSet<string> Downstream(StoredRun run, IEnumerable<StoredAction> actions)
    {
        var triggers = new HashSet<string>(StringComparer.Ordinal);
        var names = new Queue<string>(actions.Select(action => Conditions.NameOf(action.Job, action.Crawler)));
        while (names.TryDequeue(out var name))
            foreach (var trigger in run.Triggers.Where(one => one.Predicate?.Conditions?.Any(condition => Conditions.NameOf(condition) == name) == true))
                if (triggers.Add(trigger.Name))
                    foreach (var action in trigger.Actions)
                        names.Enqueue(Conditions.NameOf(action.JobName, action.CrawlerName));
        return triggers;
    }

    private GetWorkflowRunResponse Get(Call call, GetWorkflowRunRequest request)
    {
        call.Authorize("glue:GetWorkflowRun", WorkflowState.WorkflowArn(call, request.Name));
        return new(descriptions.Describe(state.FindRun(call, request.Name, request.RunId), request.IncludeGraph == true));
    }

    private GetWorkflowRunsResponse List(Call call, GetWorkflowRunsRequest request)
    {
        call.Authorize("glue:GetWorkflowRuns", WorkflowState.WorkflowArn(call, request.Name));
        state.FindWorkflow(call, request.Name);
        var page = GluePages.Of(state.RunsOf(call.Account, call.Region, request.Name), request.NextToken, request.MaxResults, 1000);
        return new([.. page.Items.Select(run => descriptions.Describe(run, request.IncludeGraph == true))], page.Next);
    }

    private GetWorkflowRunPropertiesResponse GetProperties(Call call, WorkflowRunRequest request)
    {
        call.Authorize("glue:GetWorkflowRunProperties", WorkflowState.WorkflowArn(call, request.Name));
        return new(state.FindRun(call, request.Name, request.RunId).Properties);
    }

    private Empty PutProperties(Call call, PutWorkflowRunPropertiesRequest request)
    {
        call.Authorize("glue:PutWorkflowRunProperties", WorkflowState.WorkflowArn(call, request.Name));
        lock (state.Writing)
        {
            var run = state.FindRun(call, request.Name, request.RunId);
            var all = new SortedDictionary<string, string>(run.Properties.ToDictionary(), StringComparer.Ordinal);
            foreach (var (name, value) in request.RunProperties)
                all[name] = value;
            state.Runs.Put(run.Key, run with { Properties = all });
        }

        return Empty.Value;
    }
}
