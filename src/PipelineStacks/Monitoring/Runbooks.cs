using PipelineStacks.Model.Settings;

namespace PipelineStacks.Monitoring;

/// <summary>Where it is written what to do.</summary>
internal static class Runbooks
{
    /// <summary>The link to an alarm's section.</summary>
    public static string Link(EnvironmentSettings settings, string family, string what)
    {
        var address = settings.Monitoring.RunbookAddress is { } given ? $"{given.TrimEnd('/')}/" : "";
        return $"{address}docs/runbooks/{family}.md#{what}";
    }
}
