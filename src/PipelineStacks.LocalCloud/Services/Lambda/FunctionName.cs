using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>The ways to name a function: its name, its ARN or <c>account:function:name</c>, each with a qualifier or without.</summary>
internal readonly partial record struct FunctionName(string Name, string? Qualifier)
{
    /// <exception cref="ServiceException"><c>ValidationException</c>, or the function is another account's or Region's.</exception>
    public static FunctionName Parse(Call call, string text)
    {
        if (Shape().Match(text) is not { Success: true } match)
            throw ServiceException.Validation("functionName", text, $"Member must satisfy regular expression pattern: {Pattern}");
        if (Other(match.Groups["region"], call.Region) || Other(match.Groups["account"], call.Account))
            throw new ServiceException("ResourceNotFoundException", $"Functions from '{text}' are not reachable in this region ('{call.Region}')", 404);
        return new(match.Groups["name"].Value, match.Groups["qualifier"] is { Success: true } qualifier ? qualifier.Value : null);
    }

    public static string ArnOf(Call call, string name) => call.Arn("lambda", $"function:{name}");

    private static bool Other(Group group, string own) => group.Success && group.Value != own;

    private const string Pattern =
        @"^(arn:aws:lambda:(?<region>[a-z0-9-]+):)?((?<account>\d{12}):)?(function:)?(?<name>[a-zA-Z0-9-_]{1,64})(:(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$";

    [GeneratedRegex(Pattern)]
    private static partial Regex Shape();
}
