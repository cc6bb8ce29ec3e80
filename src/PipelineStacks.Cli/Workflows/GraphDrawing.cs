using System.Globalization;
using System.Text;
using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Workflows;

/// <summary>A workflow's graph as text for people, and as Mermaid for documents. Each trigger stands above what it starts.</summary>
internal sealed class GraphDrawing(WorkflowGraph? graph, WorkflowName name, DateTimeOffset now)
{
    private readonly IReadOnlyList<Node> _nodes = GraphOrder.Sorted(graph);

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var trigger in _nodes.Where(node => node.Type == "TRIGGER"))
        {
            text.AppendLine(Head(trigger));
            var targets = Targets(trigger).ToList();
            for (var i = 0; i < targets.Count; i++)
                text.Append(i == targets.Count - 1 ? "  └─ " : "  ├─ ").AppendLine(Line(targets[i]));
            if (targets.Count == 0)
                text.AppendLine("  └─ starts nothing");
        }

        foreach (var loose in _nodes.Where(node => node.Type != "TRIGGER" && !Sources(node).Any()))
            text.AppendLine(CultureInfo.InvariantCulture, $"no trigger starts {Line(loose)}");
        return text.Length == 0 ? "The workflow is empty." : text.ToString().TrimEnd();
    }

    public string ToMermaid()
    {
        var ids = _nodes.Select((node, i) => (node.UniqueId, Id: $"n{i + 1}")).ToDictionary(pair => pair.UniqueId, pair => pair.Id, StringComparer.Ordinal);
        var text = new StringBuilder("flowchart LR").AppendLine();
        foreach (var node in _nodes)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {ids[node.UniqueId]}{Shape(node)}");
        foreach (var edge in (graph?.Edges ?? []).Where(edge => ids.ContainsKey(edge.SourceId) && ids.ContainsKey(edge.DestinationId)))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {ids[edge.SourceId]} --> {ids[edge.DestinationId]}");
        return text.ToString().TrimEnd();
    }

    private string Head(Node node)
    {
        var trigger = node.TriggerDetails?.Trigger;
        var when = trigger switch
        {
            { Type: "SCHEDULED" } => $"SCHEDULED {trigger.Schedule}".TrimEnd(),
            { Type: "CONDITIONAL" } => $"after {Conditions(trigger.Predicate)}",
            { Type: "EVENT", EventBatchingCondition: { } batch } => $"EVENT, {batch.BatchSize} of them or {batch.BatchWindow ?? 900} s after the first",
            { Type: { } type } => type,
            _ => "trigger",
        };
        return $"{name.Short(node.Name)} ({when})" + (trigger?.State is { } state and not "ACTIVATED" ? $" {state}" : "");
    }

    private string Conditions(Predicate? predicate)
    {
        var conditions = (predicate?.Conditions ?? []).Select(condition => condition.JobName is { } job
            ? $"job {name.Short(job)} {condition.State}"
            : $"crawler {name.Short(condition.CrawlerName ?? "")} {condition.CrawlState}");
        return string.Join(predicate?.Logical == "ANY" ? " or " : " and ", conditions);
    }

    private string Line(Node node)
    {
        var step = Step.Of(node);
        var took = step.Took(now) is { } time ? $" {(step.IsRunning ? "for" : "in")} {Duration.Of(time)}" : "";
        return $"{step.Kind} {name.Short(step.Name)}{(step.State is null ? "" : $": {step.State}{took}")}";
    }

    private string Shape(Node node)
    {
        var step = node.Type == "TRIGGER" ? null : Step.Of(node);
        var label = step is null ? Head(node) : $"{step.Kind} {name.Short(step.Name)}{(step.State is null ? "" : $"<br/>{step.State}")}";
        var quoted = $"\"{label.Replace("\"", "#quot;", StringComparison.Ordinal)}\"";
        return step is null ? $"{{{{{quoted}}}}}" : step.Kind == "crawler" ? $"([{quoted}])" : $"[{quoted}]";
    }

    private IEnumerable<Node> Targets(Node source) => _nodes.Where(node => (graph?.Edges ?? []).Any(edge => edge.SourceId == source.UniqueId && edge.DestinationId == node.UniqueId));

    private IEnumerable<Node> Sources(Node target) => _nodes.Where(node => (graph?.Edges ?? []).Any(edge => edge.SourceId == node.UniqueId && edge.DestinationId == target.UniqueId));
}
