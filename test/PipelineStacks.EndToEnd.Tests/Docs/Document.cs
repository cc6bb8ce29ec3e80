using System.Text.RegularExpressions;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Docs;

/// <summary>A document of the project: what it links to, and the commands in it that are marked to be run.</summary>
internal sealed partial class Document(string path)
{
    private readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>Every Markdown document that people read first.</summary>
    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md")).Select(file => Path.GetRelativePath(Repository.Root, file));

    /// <summary>The files and folders that it links to, from the root of the repository.</summary>
    public IEnumerable<string> Links => Link().Matches(_text).Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
        .Select(target => Path.Combine(Path.GetDirectoryName(path) ?? "", target.Split('#')[0]));

    /// <summary>The scripts that it names.</summary>
    public IEnumerable<string> Scripts => Script().Matches(_text).Select(match => match.Value).Distinct();

    /// <summary>The lines of the blocks that follow the mark <c>run</c>, in their order.</summary>
    public IEnumerable<string> Commands => RunBlock().Matches(_text)
        .SelectMany(match => match.Groups[1].Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(line => !line.StartsWith('#'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/])scripts/[\w.-]*\w")]
    private static partial Regex Script();

    [GeneratedRegex(@"<!-- run -->\s*```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex RunBlock();
}
