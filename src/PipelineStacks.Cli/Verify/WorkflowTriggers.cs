using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Verify;

/// <summary>The triggers of a workflow that would start nothing.</summary>
internal static class WorkflowTriggers
{
    /// <param name="type">Of triggers; null for all.</param>
    /// <returns>Such as <c>trigger pipelines-dev-lake-curated is DEACTIVATED</c>.</returns>
    public static IReadOnlyList<string> Idle(Workflow workflow, string? type = null) =>
        [.. Of(workflow).Where(trigger => (type is null || trigger.Type == type) && IsIdle(trigger)).Select(trigger => $"trigger {trigger.Name} is {trigger.State}")];

    public static IReadOnlyList<Trigger> Of(Workflow workflow) => [.. (workflow.Graph?.Nodes ?? []).Select(node => node.TriggerDetails?.Trigger).OfType<Trigger>()];

    // Triggers of events and those on demand stay as they were created, and work; others have to be activated.
    private static bool IsIdle(Trigger trigger) => trigger.Type is "EVENT" or "ON_DEMAND"
        ? trigger.State is "DEACTIVATED" or "DEACTIVATING" or "DELETING"
        : trigger.State is not ("ACTIVATED" or "ACTIVATING");
}
