using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Whether a conditional trigger's time has come.</summary>
internal static class Conditions
{
    /// <param name="endings">How what a condition names has ended: the states of its runs that count.</param>
    public static bool AreMet(Predicate predicate, Func<string, IEnumerable<string>> endings)
    {
        var conditions = predicate.Conditions!;
        return predicate.Logical == "ANY" ? conditions.Any(IsMet) : conditions.All(IsMet);

        bool IsMet(Condition condition) => endings(NameOf(condition)).Contains(condition.State ?? condition.CrawlState);
    }

    /// <summary>What a condition watches: <c>job/name</c> or <c>crawler/name</c>.</summary>
    public static string NameOf(Condition condition) => NameOf(condition.JobName, condition.CrawlerName);

    public static string NameOf(string? job, string? crawler) => job is not null ? $"job/{job}" : $"crawler/{crawler}";
}
