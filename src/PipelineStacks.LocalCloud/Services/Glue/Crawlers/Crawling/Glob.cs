using System.Text;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>
/// An exclude pattern, relative to the target's path: <c>*</c> within a folder, <c>**</c> across folders, <c>?</c>, <c>[a-z]</c>,
/// <c>[!a]</c>, <c>{csv,avro}</c>, a backslash before what is meant as it stands.
/// </summary>
internal sealed class Glob
{
    private readonly Regex _regex;

    /// <exception cref="ServiceException"><c>InvalidInputException</c>.</exception>
    public Glob(string pattern)
    {
        try
        {
            _regex = new($"^{Translate(pattern)}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (ArgumentException error)
        {
            throw GlueErrors.Invalid($"The exclude pattern '{pattern}' is not valid: {error.Message}");
        }
    }

    /// <param name="path">An object's key after the target's path.</param>
    public bool Matches(string path) => _regex.IsMatch(path);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        var (inGroup, inClass) = (false, false);
        for (var i = 0; i < pattern.Length; i++)
        {
            var next = pattern[i];
            var last = i == pattern.Length - 1;
            regex.Append(next switch
            {
                '\\' when !last => Regex.Escape(pattern[++i].ToString()),
                ']' when inClass => End(ref inClass, "]"),
                _ when inClass => next is '[' or '^' ? "\\" + next : next.ToString(),
                '*' when !last && pattern[i + 1] == '*' => Skip(ref i, ".*"),
                '*' => "[^/]*",
                '?' => "[^/]",
                '[' when !last && pattern[i + 1] == '!' => Begin(ref inClass, Skip(ref i, "[^/")),
                '[' => Begin(ref inClass, "["),
                '{' when !inGroup => Begin(ref inGroup, "(?:"),
                '}' when inGroup => End(ref inGroup, ")"),
                ',' when inGroup => "|",
                _ => Regex.Escape(next.ToString()),
            });
        }

        return regex.ToString();

        static string Skip(ref int i, string text)
        {
            i++;
            return text;
        }

        static string Begin(ref bool flag, string text)
        {
            flag = true;
            return text;
        }

        static string End(ref bool flag, string text)
        {
            flag = false;
            return text;
        }
    }
}
