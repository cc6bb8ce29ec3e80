using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>What CloudWatch Logs takes as names of groups and streams.</summary>
internal static partial class LogNames
{
    public static void CheckGroup(string name)
    {
        if (name.Length > 512)
            throw Invalid(name, "logGroupName", "Member must have length less than or equal to 512");
        if (!Group().IsMatch(name))
            throw Invalid(name, "logGroupName", "Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
    }

    public static void CheckStream(string name)
    {
        if (name.Length is 0 or > 512)
            throw Invalid(name, "logStreamName", "Member must have length between 1 and 512");
        if (!Stream().IsMatch(name))
            throw Invalid(name, "logStreamName", "Member must satisfy regular expression pattern: [^:*]*");
    }

    /// <summary>The group's name, from its name or its ARN with or without <c>:*</c>.</summary>
    public static string GroupOf(string identifier)
    {
        const string marker = ":log-group:";
        var at = identifier.IndexOf(marker, StringComparison.Ordinal);
        var name = at < 0 ? identifier : identifier[(at + marker.Length)..];
        return name.EndsWith(":*", StringComparison.Ordinal) ? name[..^2] : name;
    }

    private static ServiceException Invalid(string value, string member, string constraint) =>
        new("InvalidParameterException", $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");

    [GeneratedRegex(@"^[.\-_/#A-Za-z0-9]+$")]
    private static partial Regex Group();

    [GeneratedRegex("^[^:*]*$")]
    private static partial Regex Stream();
}
