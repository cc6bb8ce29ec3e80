using System.Text.Encodings.Web;
using System.Text.Json;
using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Workflows;

/// <summary>Runs and graphs for programs.</summary>
internal static class WorkflowJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IReadOnlyList<WorkflowRun> runs) => JsonSerializer.Serialize(
        runs.Select(run => new { Run = run.WorkflowRunId, run.Status, run.StartedOn, run.CompletedOn, run.ErrorMessage, run.Statistics }), Json);

    public static string Write(WorkflowOutcome outcome, IReadOnlyDictionary<string, long>? rows = null) => JsonSerializer.Serialize(
        new
        {
            Run = outcome.Run.WorkflowRunId,
            outcome.Run.Status,
            outcome.HasEnded,
            outcome.Succeeded,
            outcome.Run.StartedOn,
            outcome.Run.CompletedOn,
            outcome.Run.ErrorMessage,
            Parts = outcome.Steps.Select(step => new
            {
                step.Name, step.Kind, step.State, step.RunId, step.Attempts, step.Started, step.Ended, Rows = rows?.TryGetValue(step.Id, out var count) == true ? count : (long?)null, step.Message, step.Log,
            }),
        },
        Json);

    public static string Write(string workflow, WorkflowRun? run, WorkflowGraph? graph)
    {
        var nodes = GraphOrder.Sorted(graph);
        var names = nodes.ToDictionary(node => node.UniqueId, node => node.Name, StringComparer.Ordinal);
        return JsonSerializer.Serialize(
            new
            {
                Workflow = workflow,
                Run = run?.WorkflowRunId,
                run?.Status,
                Nodes = nodes.Select(node => new { node.Name, Type = node.Type.ToLowerInvariant(), State = node.Type == "TRIGGER" ? node.TriggerDetails?.Trigger?.State : Step.Of(node).State }),
                Edges = (graph?.Edges ?? []).Where(edge => names.ContainsKey(edge.SourceId) && names.ContainsKey(edge.DestinationId))
                    .Select(edge => new { From = names[edge.SourceId], To = names[edge.DestinationId] }),
            },
            Json);
    }
}
