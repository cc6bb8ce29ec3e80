namespace PipelineStacks.Testing;

/// <summary>The folder with cdk.json, above wherever the tests were built to. Each of their projects has this file.</summary>
internal static class RepositoryRoot
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "cdk.json"))
        ? folder
        : Find(Directory.GetParent(folder)?.FullName ?? throw new InvalidOperationException($"No cdk.json above {AppContext.BaseDirectory}: the tests run in a checkout of the repository."));
}
