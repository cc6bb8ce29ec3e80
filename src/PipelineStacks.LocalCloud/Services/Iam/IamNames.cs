using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Iam;

/// <summary>What IAM takes as names, paths and tags.</summary>
internal static partial class IamNames
{
    public static void Check(string name, string member, int maxLength)
    {
        if (name.Length > maxLength)
            throw Invalid(name, member, $"Member must have length less than or equal to {maxLength}");
        if (!Name().IsMatch(name))
            throw Invalid(name, member, "Member must satisfy regular expression pattern: [\\w+=,.@-]+");
    }

    public static void CheckPath(string path)
    {
        if (path != "/" && !(path.StartsWith('/') && path.EndsWith('/') && path.Length <= 512))
            throw new ServiceException("ValidationError", "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");
    }

    public static IReadOnlyList<Tag> Merge(IReadOnlyList<Tag> tags, IReadOnlyList<Tag> changes) =>
        [.. tags.Where(tag => changes.All(change => change.Key != tag.Key)), .. changes];

    private static ServiceException Invalid(string value, string member, string constraint) =>
        new("ValidationError", $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");

    [GeneratedRegex(@"^[\w+=,.@-]+$")]
    private static partial Regex Name();
}
