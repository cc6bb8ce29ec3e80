using System.Text;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Docs;

/// <summary>Runs a command line of a document as its reader would, by the programs that the scripts start.</summary>
internal static class CommandLine
{
    public static Task<ToolResult> RunAsync(string line, LocalCloudProcess cloud)
    {
        var words = Words(line);
        return words switch
        {
            ["scripts/pipelines", .. var rest] => Tool.RunAsync("dotnet", [Repository.Pipelines, .. rest], cloud.Environment),
            ["npx", "cdk", .. var rest] => cloud.CdkAsync(["--app", $"dotnet {Repository.App}", .. rest]),
            ["aws", .. var rest] => cloud.AwsAsync(rest),
            _ => throw new InvalidOperationException($"The test knows no program of this line: {line}"),
        };
    }

    // As a shell splits: at spaces outside of quotes.
    private static string[] Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        foreach (var c in line + " ")
        {
            if (quote != '\0')
                quote = c == quote ? '\0' : Keep(c, quote);
            else if (c is '"' or '\'')
                quote = c;
            else if (c != ' ')
                word.Append(c);
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return [.. words];

        char Keep(char c, char same)
        {
            word.Append(c);
            return same;
        }
    }
}
