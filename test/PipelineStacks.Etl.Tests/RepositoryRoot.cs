namespace PipelineStacks.Etl.Tests;

/// <summary>The folder with cdk.json, above wherever the tests were built to.</summary>
internal static class RepositoryRoot
{
    private static readonly string Folder = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "cdk.json"))
        ? folder
        : Find(Directory.GetParent(folder)?.FullName ?? throw new InvalidOperationException("No cdk.json above the tests."));
}
