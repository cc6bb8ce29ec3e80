namespace PipelineStacks.Tests.Synthesis;

/// <summary>Folders for what the tests synthesise; all of them go when the tests end.</summary>
internal static class TemporaryFolder
{
    private static readonly DirectoryInfo Root = Create();

    public static string New() => Root.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    private static DirectoryInfo Create()
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-stacks-tests-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }
}
