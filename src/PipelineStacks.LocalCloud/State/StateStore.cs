namespace PipelineStacks.LocalCloud.State;

/// <summary>Opens the collections in which services keep their resources, under <c>state/</c> in the data directory.</summary>
internal sealed class StateStore(DataDirectory data)
{
    /// <summary>A service's resources of one kind, over all accounts and Regions, read back from disk.</summary>
    public StateCollection<T> Open<T>(string service, string kind) where T : class =>
        new(data.Folder("state", service, kind));
}
