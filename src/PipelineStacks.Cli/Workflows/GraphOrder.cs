using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Workflows;

/// <summary>A workflow's nodes in an order in which each comes after those that lead to it.</summary>
internal static class GraphOrder
{
    public static IReadOnlyList<Node> Sorted(WorkflowGraph? graph)
    {
        // By name where the graph leaves a choice, so that two drawings of one workflow are equal.
        var left = (graph?.Nodes ?? []).OrderBy(node => node.Name, StringComparer.Ordinal).ToList();
        var edges = (graph?.Edges ?? []).ToList();
        var sorted = new List<Node>();
        while (left.Count > 0)
        {
            var waiting = left.Select(node => node.UniqueId).ToHashSet(StringComparer.Ordinal);
            var free = left.FindAll(node => !edges.Exists(edge => edge.DestinationId == node.UniqueId && waiting.Contains(edge.SourceId)));
            // Glue draws no circles; if it ever does, their nodes are still shown.
            var next = free.Count > 0 ? free : [.. left];
            sorted.AddRange(next);
            left.RemoveAll(next.Contains);
        }

        return sorted;
    }
}
