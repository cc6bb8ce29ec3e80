namespace PipelineStacks.LocalCloud.State;

/// <summary>Where a resource lives: every resource belongs to an account and a Region.</summary>
/// <param name="Region">Empty for global services such as IAM.</param>
internal readonly record struct ResourceKey(string Account, string Region, string Name)
{
    public override string ToString() => $"{Account}/{Region}/{Name}";
}
