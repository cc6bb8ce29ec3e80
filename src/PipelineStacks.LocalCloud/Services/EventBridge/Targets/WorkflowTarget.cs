using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.Glue.Workflows;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>A workflow of Glue, which is told of the event and reads nothing of it but the id.</summary>
internal sealed class WorkflowTarget(IWorkflowEvents workflows) : TargetKind("glue", "workflow/")
{
    public override bool NeedsRole => true;

    public override ValueTask SendAsync(Call call, Target target, Event published, string input)
    {
        workflows.Notify(call, NameOf(target.Arn), published.Id);
        return ValueTask.CompletedTask;
    }
}
