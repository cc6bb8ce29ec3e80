using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>DuckDB's errors in words that help who writes a SQL file.</summary>
internal static partial class UnitErrors
{
    public static string Explain(DuckException error)
    {
        var message = error.Message;
        if (Table().Match(message) is { Success: true } table)
            return $"there is no table or view {table.Groups[1].Value}{At(message)}";
        if (Function().Match(message) is { Success: true } function)
            return $"the function {function.Groups[1].Value} is not in the common subset of Spark SQL and DuckDB{At(message)}";
        if (Signature().Match(message) is { Success: true } signature)
            return $"the function {signature.Groups[1].Value} does not take these arguments{At(message)}";
        if (message.Contains("Out of Memory", StringComparison.Ordinal))
            return $"the memory that the local cloud gives a job is too small for it: {FirstLine(message)}";
        return FirstLine(message) + At(message);
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();

    // DuckDB shows the line and puts a caret under the place.
    private static string At(string message) => Line().Match(message) is { Success: true } line ? $", in line {line.Groups[1].Value}: {line.Groups[2].Value.Trim()}" : "";

    [GeneratedRegex("Table with name (\\S+) does not exist|schema \"[^\"]+\" does not exist")]
    private static partial Regex Table();

    [GeneratedRegex("(?:Scalar Function|Function|Aggregate Function|Table Function) with name \"?(\\w+)\"? does not exist")]
    private static partial Regex Function();

    [GeneratedRegex(@"No function matches the given name and argument types '([^']+)'")]
    private static partial Regex Signature();

    [GeneratedRegex(@"^LINE (\d+): (.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
