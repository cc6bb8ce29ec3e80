namespace PipelineStacks.Model.Tests;

/// <summary>The folder with cdk.json, above wherever the tests were built to.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(System.IO.Path.Combine(folder, "cdk.json"))
        ? folder
        : Find(Directory.GetParent(folder)?.FullName ?? throw new InvalidOperationException("No cdk.json above the tests."));
}
