using PipelineStacks.Model.Settings;

namespace PipelineStacks.Functions;

/// <summary>The folder of the project, from which functions and their packages are taken.</summary>
internal static class ProjectFolder
{
    /// <summary>A path within the project, wherever the app was built to and started from.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Find(AppContext.BaseDirectory), .. parts]);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "cdk.json"))
        ? folder
        : Find(Directory.GetParent(folder)?.FullName ?? throw new SettingsException("There is no cdk.json above the app. Build and run it within the project."));
}
