namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>Settings of which a request names only what changes.</summary>
internal static class Merging
{
    /// <summary>The settings with every member that the change has; null where there are neither.</summary>
    public static T? Over<T>(T? before, T? change) where T : class, new()
    {
        if (before is null || change is null)
            return change ?? before;
        var merged = new T();
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite))
            property.SetValue(merged, property.GetValue(change) ?? property.GetValue(before));
        return merged;
    }
}
