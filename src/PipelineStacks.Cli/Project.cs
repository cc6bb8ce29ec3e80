using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli;

/// <summary>The checkout that a command works in.</summary>
internal static class Project
{
    private const string Solution = "PipelineStacks.sln";

    /// <summary>The checkout's folder: at or above the given one, or where this program was built.</summary>
    public static string? FindRoot(string folder) => Above(folder) ?? Above(AppContext.BaseDirectory);

    /// <summary>The settings of the checkout's cdk.json, or null away from a checkout.</summary>
    public static ProjectSettings? FindSettings(string folder)
    {
        if (FindRoot(folder) is not { } root)
            return null;
        try
        {
            return SettingsFile.Read(Path.Combine(root, "cdk.json"));
        }
        catch (SettingsException error)
        {
            throw new UserError(error.Message);
        }
    }

    /// <exception cref="UserError">cdk.json has no such environment.</exception>
    public static EnvironmentSettings Environment(ProjectSettings settings, string name)
    {
        try
        {
            return settings.Environment(name);
        }
        catch (SettingsException error)
        {
            throw new UserError(error.Message);
        }
    }

    private static string? Above(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, Solution)))
                return at;
        }

        return null;
    }
}
