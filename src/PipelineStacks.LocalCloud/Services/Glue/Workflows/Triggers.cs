using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>The triggers, in workflows and outside.</summary>
internal sealed class Triggers(
    WorkflowState state, TriggerRules rules, TriggerSchedules schedules, TriggerEvents events, TriggerFiring firing, GlueTags tags) : IGlueOperations
{
    public OperationTable AddTo(OperationTable table) => table
        .Add<CreateTriggerRequest, TriggerNameResponse>("CreateTrigger", Create)
        .Add<UpdateTriggerRequest, TriggerResponse>("UpdateTrigger", Update)
        .Add<TriggerRequest, TriggerResponse>("GetTrigger", Get)
        .Add<GetTriggersRequest, GetTriggersResponse>("GetTriggers", GetAll)
        .Add<ListTriggersRequest, ListTriggersResponse>("ListTriggers", List)
        .Add<BatchGetTriggersRequest, BatchGetTriggersResponse>("BatchGetTriggers", BatchGet)
        .Add<TriggerRequest, TriggerNameResponse>("StartTrigger", Start)
        .Add<TriggerRequest, TriggerNameResponse>("StopTrigger", Stop)
        .Add<TriggerRequest, TriggerNameResponse>("DeleteTrigger", Delete);

    public TriggerNameResponse Create(Call call, CreateTriggerRequest request)
    {
        call.Authorize("glue:CreateTrigger", WorkflowState.TriggerArn(call, request.Name));
        if (request is { StartOnCreation: true, Type: "ON_DEMAND" })
            throw GlueErrors.Invalid("StartOnCreation is not supported for ON_DEMAND triggers.");
        var trigger = new Trigger
        {
            Name = request.Name,
            WorkflowName = request.WorkflowName,
            Type = request.Type,
            State = request.StartOnCreation == true ? "ACTIVATED" : "CREATED",
            Description = request.Description,
            Schedule = request.Schedule,
            Actions = request.Actions,
            Predicate = request.Predicate,
            EventBatchingCondition = request.EventBatchingCondition,
        };
        lock (state.Writing)
        {
            rules.Check(call, trigger);
            if (!state.Triggers.TryAdd(WorkflowState.Key(call, trigger.Name), new(trigger, [], null, new Dictionary<string, string>())))
                throw GlueErrors.Exists($"Trigger {trigger.Name}");
            if (request.Tags is { Count: > 0 })
                tags.Put(call, WorkflowState.TriggerArn(call, trigger.Name), request.Tags);
        }

        schedules.Arm(WorkflowState.Key(call, trigger.Name));
        return new(trigger.Name);
    }

    public TriggerResponse Update(Call call, UpdateTriggerRequest request)
    {
        call.Authorize("glue:UpdateTrigger", WorkflowState.TriggerArn(call, request.Name));
        if (request.TriggerUpdate.Name is { } name && name != request.Name)
            throw ServiceException.Unsupported("Renaming a Glue trigger");
        Trigger trigger;
        lock (state.Writing)
        {
            var before = state.FindTrigger(call, request.Name);
            // The new definition replaces the old one as a whole; what it leaves out is gone.
            trigger = before.Trigger with
            {
                Description = request.TriggerUpdate.Description,
                Schedule = request.TriggerUpdate.Schedule,
                Actions = request.TriggerUpdate.Actions ?? [],
                Predicate = request.TriggerUpdate.Predicate,
                EventBatchingCondition = request.TriggerUpdate.EventBatchingCondition,
            };
            rules.Check(call, trigger);
            state.Triggers.Put(WorkflowState.Key(call, request.Name), before with { Trigger = trigger, Seen = new Dictionary<string, string>() });
        }

        schedules.Arm(WorkflowState.Key(call, request.Name));
        events.Arm(WorkflowState.Key(call, request.Name));
        return new(trigger);
    }

    private TriggerResponse Get(Call call, TriggerRequest request)
    {
        call.Authorize("glue:GetTrigger", WorkflowState.TriggerArn(call, request.Name));
        return new(state.FindTrigger(call, request.Name).Trigger);
    }

    private GetTriggersResponse GetAll(Call call, GetTriggersRequest request)
    {
        call.Authorize("glue:GetTriggers", WorkflowState.TriggerArn(call, "*"));
        var page = GluePages.Of(Of(call, request.DependentJobName), request.NextToken, request.MaxResults, 200);
        return new(page.Items, page.Next);
    }

    private ListTriggersResponse List(Call call, ListTriggersRequest request)
    {
        call.Authorize("glue:ListTriggers", WorkflowState.TriggerArn(call, "*"));
        var wanted = Of(call, request.DependentJobName).Select(trigger => trigger.Name)
            .Where(name => request.Tags is not { Count: > 0 } tagged || HasTags(call, name, tagged));
        var page = GluePages.Of(wanted, request.NextToken, request.MaxResults, 200);
        return new(page.Items, page.Next);
    }

    private BatchGetTriggersResponse BatchGet(Call call, BatchGetTriggersRequest request)
    {
        call.Authorize("glue:BatchGetTriggers", WorkflowState.TriggerArn(call, "*"));
        var found = request.TriggerNames.Where(name => state.Triggers.TryGet(WorkflowState.Key(call, name), out _)).ToList();
        return new([.. found.Select(name => state.FindTrigger(call, name).Trigger)], [.. request.TriggerNames.Except(found)]);
    }

    /// <summary>Activates the trigger; one that is ON_DEMAND fires.</summary>
    private TriggerNameResponse Start(Call call, TriggerRequest request)
    {
        call.Authorize("glue:StartTrigger", WorkflowState.TriggerArn(call, request.Name));
        var trigger = state.FindTrigger(call, request.Name).Trigger;
        if (trigger.Type == "ON_DEMAND")
            firing.Fire(call.Account, call.Region, trigger);
        else
            SetState(call, request.Name, "ACTIVATED");
        return new(request.Name);
    }

    private TriggerNameResponse Stop(Call call, TriggerRequest request)
    {
        call.Authorize("glue:StopTrigger", WorkflowState.TriggerArn(call, request.Name));
        if (state.FindTrigger(call, request.Name).Trigger.Type == "ON_DEMAND")
            throw GlueErrors.Invalid($"The trigger {request.Name} is ON_DEMAND and can't be stopped.");
        SetState(call, request.Name, "DEACTIVATED");
        return new(request.Name);
    }

    public TriggerNameResponse Delete(Call call, TriggerRequest request)
    {
        call.Authorize("glue:DeleteTrigger", WorkflowState.TriggerArn(call, request.Name));
        // Deleting what is not there succeeds, as on AWS.
        lock (state.Writing)
        {
            state.Triggers.Remove(WorkflowState.Key(call, request.Name));
            tags.Forget(call, WorkflowState.TriggerArn(call, request.Name));
        }

        schedules.Arm(WorkflowState.Key(call, request.Name));
        events.Arm(WorkflowState.Key(call, request.Name));
        return new(request.Name);
    }

    private void SetState(Call call, string name, string to)
    {
        var key = WorkflowState.Key(call, name);
        lock (state.Writing)
            state.Change(key, stored => stored with { Trigger = stored.Trigger with { State = to }, Seen = new Dictionary<string, string>() });
        schedules.Arm(key);
    }

    private IEnumerable<Trigger> Of(Call call, string? job) => state.Triggers.In(call.Account, call.Region).Select(stored => stored.Trigger)
        .Where(trigger => job is null || trigger.Actions.Any(action => action.JobName == job));

    private bool HasTags(Call call, string name, IReadOnlyDictionary<string, string> wanted)
    {
        var have = tags.Of(call, WorkflowState.TriggerArn(call, name));
        return wanted.All(tag => have.TryGetValue(tag.Key, out var value) && value == tag.Value);
    }
}
