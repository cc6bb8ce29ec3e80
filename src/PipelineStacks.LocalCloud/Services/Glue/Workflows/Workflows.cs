using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Workflows: names that triggers belong to, with what their runs start with.</summary>
internal sealed class Workflows(WorkflowState state, Triggers triggers, RunDescriptions descriptions, GlueTags tags, TimeProvider time) : IGlueOperations
{
    private const int MaxBatch = 25;

    public OperationTable AddTo(OperationTable table) => table
        .Add<CreateWorkflowRequest, WorkflowNameResponse>("CreateWorkflow", Create)
        .Add<UpdateWorkflowRequest, WorkflowNameResponse>("UpdateWorkflow", Update)
        .Add<GetWorkflowRequest, GetWorkflowResponse>("GetWorkflow", Get)
        .Add<ListWorkflowsRequest, ListWorkflowsResponse>("ListWorkflows", List)
        .Add<BatchGetWorkflowsRequest, BatchGetWorkflowsResponse>("BatchGetWorkflows", BatchGet)
        .Add<DeleteWorkflowRequest, WorkflowNameResponse>("DeleteWorkflow", Delete);

    public WorkflowNameResponse Create(Call call, CreateWorkflowRequest request)
    {
        call.Authorize("glue:CreateWorkflow", WorkflowState.WorkflowArn(call, request.Name));
        if (request.Name.Length is 0 or > 255)
            throw GlueErrors.Invalid("The name of a workflow must have 1 to 255 characters.");
        CheckMax(request.MaxConcurrentRuns);
        var now = time.GetUtcNow();
        lock (state.Writing)
        {
            if (!state.Workflows.TryAdd(WorkflowState.Key(call, request.Name), new(
                request.Name, request.Description, request.DefaultRunProperties ?? new Dictionary<string, string>(), now, now, request.MaxConcurrentRuns)))
                throw GlueErrors.Exists($"Workflow {request.Name}");
            if (request.Tags is { Count: > 0 })
                tags.Put(call, WorkflowState.WorkflowArn(call, request.Name), request.Tags);
        }

        return new(request.Name);
    }

    public WorkflowNameResponse Update(Call call, UpdateWorkflowRequest request)
    {
        call.Authorize("glue:UpdateWorkflow", WorkflowState.WorkflowArn(call, request.Name));
        CheckMax(request.MaxConcurrentRuns);
        lock (state.Writing)
        {
            var before = state.FindWorkflow(call, request.Name);
            state.Workflows.Put(WorkflowState.Key(call, request.Name), before with
            {
                Description = request.Description,
                DefaultRunProperties = request.DefaultRunProperties ?? new Dictionary<string, string>(),
                MaxConcurrentRuns = request.MaxConcurrentRuns,
                LastModifiedOn = time.GetUtcNow(),
            });
        }

        return new(request.Name);
    }

    public WorkflowNameResponse Delete(Call call, DeleteWorkflowRequest request)
    {
        call.Authorize("glue:DeleteWorkflow", WorkflowState.WorkflowArn(call, request.Name));
        // With its triggers, which are nothing without it, and its runs; what they started goes on alone.
        foreach (var trigger in state.TriggersOf(call.Account, call.Region, request.Name))
            triggers.Delete(call, new(trigger.Name));
        lock (state.Writing)
        {
            foreach (var run in state.RunsOf(call.Account, call.Region, request.Name))
                state.Runs.Remove(run.Key);
            state.Workflows.Remove(WorkflowState.Key(call, request.Name));
            tags.Forget(call, WorkflowState.WorkflowArn(call, request.Name));
        }

        return new(request.Name);
    }

    private GetWorkflowResponse Get(Call call, GetWorkflowRequest request)
    {
        call.Authorize("glue:GetWorkflow", WorkflowState.WorkflowArn(call, request.Name));
        return new(Describe(call, state.FindWorkflow(call, request.Name), request.IncludeGraph == true));
    }

    private ListWorkflowsResponse List(Call call, ListWorkflowsRequest request)
    {
        call.Authorize("glue:ListWorkflows", WorkflowState.WorkflowArn(call, "*"));
        var page = GluePages.Of(state.Workflows.In(call.Account, call.Region).Select(workflow => workflow.Name), request.NextToken, request.MaxResults, 25);
        return new(page.Items, page.Next);
    }

    private BatchGetWorkflowsResponse BatchGet(Call call, BatchGetWorkflowsRequest request)
    {
        call.Authorize("glue:BatchGetWorkflows", WorkflowState.WorkflowArn(call, "*"));
        if (request.Names.Count is 0 or > MaxBatch)
            throw ServiceException.Validation("names", $"[{request.Names.Count} names]", $"Member must have length between 1 and {MaxBatch}");
        var found = request.Names.Where(name => state.Workflows.TryGet(WorkflowState.Key(call, name), out _)).ToList();
        return new(
            [.. found.Select(name => Describe(call, state.FindWorkflow(call, name), request.IncludeGraph == true))], [.. request.Names.Except(found)]);
    }

    private Workflow Describe(Call call, StoredWorkflow workflow, bool withGraph) => new()
    {
        Name = workflow.Name,
        Description = workflow.Description,
        DefaultRunProperties = workflow.DefaultRunProperties,
        CreatedOn = workflow.CreatedOn,
        LastModifiedOn = workflow.LastModifiedOn,
        LastRun = state.RunsOf(call.Account, call.Region, workflow.Name) is [var last, ..] ? descriptions.Describe(last, withGraph) : null,
        Graph = withGraph ? descriptions.Graph(workflow.Name, state.TriggersOf(call.Account, call.Region, workflow.Name), null) : null,
        MaxConcurrentRuns = workflow.MaxConcurrentRuns,
    };

    private static void CheckMax(int? max)
    {
        if (max < 1)
            throw GlueErrors.Invalid($"MaxConcurrentRuns {max} must be at least 1.");
    }
}
