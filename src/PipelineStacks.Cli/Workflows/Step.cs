using System.Globalization;
using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Workflows;

/// <summary>A job or a crawler of a workflow, and how far it is in a run.</summary>
/// <param name="Kind"><c>job</c> or <c>crawler</c>.</param>
/// <param name="State">As Glue writes it; null while it has not been started.</param>
/// <param name="RunId">Of a job, the run that was last.</param>
/// <param name="Attempts">How often it was started.</param>
internal sealed record Step(
    string Id, string Kind, string Name, string? State, string? RunId, int Attempts, DateTimeOffset? Started, DateTimeOffset? Ended, string? Message, LogPlace? Log)
{
    private static readonly string[] Passing = ["STARTING", "RUNNING", "STOPPING", "WAITING", "CANCELLING"];

    public bool Succeeded => State == "SUCCEEDED";

    public bool IsRunning => Passing.Contains(State);

    /// <summary>It was started and came to an end that is no success.</summary>
    public bool Failed => State is not null && !IsRunning && !Succeeded;

    /// <summary>The jobs and crawlers of a graph, those that come first before the others.</summary>
    public static IReadOnlyList<Step> Of(WorkflowGraph? graph) => [.. GraphOrder.Sorted(graph).Where(node => node.Type is "JOB" or "CRAWLER").Select(Of)];

    public static Step Of(Node node) => node.Type == "CRAWLER" ? OfCrawler(node) : OfJob(node);

    /// <summary>How long it took, or has been taking; null while it has not been started.</summary>
    public TimeSpan? Took(DateTimeOffset now) => Started is { } started ? (Ended ?? now) - started : null;

    // A failed job may have been tried again within the run: what counts is the last attempt.
    private static Step OfJob(Node node)
    {
        var runs = (node.JobDetails?.JobRuns ?? []).OrderBy(run => run.StartedOn).ThenBy(run => run.Attempt).ToList();
        if (runs is not [.., var last])
            return new(node.UniqueId, "job", node.Name, null, null, 0, null, null, null, null);
        var log = new LogPlace(LogPlace.OfErrors(last.LogGroupName), last.Id);
        return new(node.UniqueId, "job", node.Name, last.JobRunState, last.Id, runs.Count, last.StartedOn, last.CompletedOn, Text(last.ErrorMessage), log);
    }

    private static Step OfCrawler(Node node)
    {
        var crawls = (node.CrawlerDetails?.Crawls ?? []).OrderBy(crawl => crawl.StartedOn).ToList();
        if (crawls is not [.., var last])
            return new(node.UniqueId, "crawler", node.Name, null, null, 0, null, null, null, null);
        var log = new LogPlace(Text(last.LogGroup) ?? LogPlace.CrawlerGroup, Text(last.LogStream) ?? node.Name);
        return new(node.UniqueId, "crawler", node.Name, last.State, null, crawls.Count, last.StartedOn, last.CompletedOn, Text(last.ErrorMessage), log);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Where a log is in CloudWatch.</summary>
internal sealed record LogPlace(string Group, string Stream)
{
    private const string JobGroups = "/aws-glue/jobs";
    public const string CrawlerGroup = "/aws-glue/crawlers";

    private const string Errors = "/error";

    /// <summary>The group with what the same job says where nothing fails.</summary>
    public string Output => Group.EndsWith(Errors, StringComparison.Ordinal) ? Group[..^Errors.Length] + "/output" : Group;

    /// <summary>The group of what jobs say of errors.</summary>
    public static string OfErrors(string? groups) => (groups?.TrimEnd('/') ?? JobGroups) + Errors;

    /// <summary>A command that shows it.</summary>
    public string Command => $"aws logs tail {Group} --log-stream-names {Stream} --since 1d";
}

/// <summary>Durations as people read them.</summary>
internal static class Duration
{
    public static string Of(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes} min {time.Seconds} s");
}
