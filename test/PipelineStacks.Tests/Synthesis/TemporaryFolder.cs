namespace PipelineStacks.Tests.Synthesis;

/// <summary>Folders for what the tests synthesise; all of them go with the fixture that the tests share.</summary>
internal static class TemporaryFolder
{
    private static readonly DirectoryInfo Root = Directory.CreateTempSubdirectory("pipeline-stacks-tests-");

    public static string New() => Root.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    public static void DeleteAll() => Root.Delete(recursive: true);
}
