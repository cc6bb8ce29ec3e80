namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>Which resources must exist before which, from <c>DependsOn</c> and from what properties refer to.</summary>
internal static class DependencyGraph
{
    /// <summary>The resources on which one depends directly, among those given.</summary>
    public static IReadOnlyList<string> DependenciesOf(ResourceDefinition resource, IReadOnlyDictionary<string, ResourceDefinition> among) =>
    [
        .. resource.DependsOn
            .Concat(References.In(resource.Properties).Where(reference => reference.Function is "Ref" or "Fn::GetAtt").Select(reference => reference.Name))
            .Where(among.ContainsKey).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>An order in which everything comes after what it depends on, and otherwise as given.</summary>
    /// <param name="breakCycles">Half-way through an update the old and the new dependencies may go in a circle, which is no error then.</param>
    /// <exception cref="Calls.ServiceException">The dependencies go in a circle.</exception>
    public static IReadOnlyList<string> Order(IReadOnlyDictionary<string, IReadOnlyList<string>> dependencies, bool breakCycles = false)
    {
        var order = new List<string>(dependencies.Count);
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var id in dependencies.Keys)
            Visit(id, []);
        return order;

        void Visit(string id, List<string> path)
        {
            if (state.TryGetValue(id, out var done))
            {
                if (!done && !breakCycles)
                    throw TemplateErrors.Validation($"Circular dependency between resources: [{string.Join(", ", path[path.IndexOf(id)..])}]");
                return;
            }

            state[id] = false;
            path.Add(id);
            foreach (var dependency in dependencies[id])
                if (dependencies.ContainsKey(dependency))
                    Visit(dependency, path);
            path.RemoveAt(path.Count - 1);
            state[id] = true;
            order.Add(id);
        }
    }
}
