using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.Aws;
using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Tests.Fixtures;

/// <summary>
/// A fake of a workflow of one trigger, a crawler, two jobs behind it, and their runs: the ends that real ones rarely come to. How real ones run is
/// tested against the local cloud.
/// </summary>
internal sealed class FakeWorkflow : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeService _service;
    private readonly Queue<WorkflowRun> _states = new();

    public FakeWorkflow() => _service = new(Answer);

    public string Url => _service.Url;

    /// <summary>The runs before the one that is started.</summary>
    public List<WorkflowRun> Before { get; } = [];

    /// <summary>What starting it is refused with.</summary>
    public string? Refusal { get; init; }

    public bool IsMissing { get; init; }

    public List<string> Started { get; } = [];

    /// <summary>What is to be seen of the run, the last of it for good.</summary>
    public FakeWorkflow Then(string status, string? crawl, string? clean, string? curated, string? message = null)
    {
        _states.Enqueue(Run("wr_1", status, Graph(crawl, clean, curated, message)));
        return this;
    }

    public static WorkflowRun Run(string id, string status, WorkflowGraph? graph = null) => new()
    {
        WorkflowRunId = id,
        Status = status,
        StartedOn = Start,
        CompletedOn = status == "RUNNING" ? null : Start.AddSeconds(90),
        Statistics = new() { TotalActions = 3, SucceededActions = 3 },
        Graph = graph,
    };

    public static WorkflowGraph Graph(string? crawl, string? clean, string? curated, string? message = null) => new(
        [
            Trigger("t2", "pipelines-dev-lake-clean", new() { Type = "CONDITIONAL", State = "ACTIVATED", Predicate = new("AND", [new(null, null, "pipelines-dev-play-logs", "SUCCEEDED")]) }),
            new() { Type = "JOB", Name = "pipelines-dev-curated", UniqueId = "j2", JobDetails = Jobs(curated, null, 0) },
            new() { Type = "JOB", Name = "pipelines-dev-clean-film-events", UniqueId = "j1", JobDetails = Jobs(clean, message, clean == "FAILED" ? 1 : 0) },
            new()
            {
                Type = "CRAWLER", Name = "pipelines-dev-play-logs", UniqueId = "c1",
                CrawlerDetails = crawl is null ? null : new([new() { State = crawl, StartedOn = Start, CompletedOn = crawl == "RUNNING" ? null : Start.AddSeconds(20), LogGroup = "/aws-glue/crawlers", LogStream = "pipelines-dev-play-logs" }]),
            },
            Trigger("t3", "pipelines-dev-lake-curated", new() { Type = "CONDITIONAL", State = "ACTIVATED", Predicate = new("AND", [new("pipelines-dev-clean-film-events", "SUCCEEDED", null, null)]) }),
            Trigger("t1", "pipelines-dev-lake-start", new() { Type = "SCHEDULED", State = "CREATED", Schedule = "cron(0 3 * * ? *)" }),
        ],
        [new("t1", "c1"), new("c1", "t2"), new("t2", "j1"), new("j1", "t3"), new("t3", "j2")]);

    public Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        Cli.RunAsync(new Dictionary<string, string?> { ["AWS_ENDPOINT_URL"] = _service.Url }, null, new JumpingTime(), arguments);

    public void Dispose() => _service.Dispose();

    private static Node Trigger(string id, string name, Trigger trigger) => new() { Type = "TRIGGER", Name = name, UniqueId = id, TriggerDetails = new(trigger) };

    private static JobNodeDetails? Jobs(string? state, string? message, int failedBefore) => state is null ? null : new(
    [
        .. Enumerable.Range(0, failedBefore).Select(i => new JobRun { Id = $"jr_{i}", Attempt = i, JobRunState = "FAILED", StartedOn = Start.AddSeconds(20), CompletedOn = Start.AddSeconds(25), ErrorMessage = "an earlier attempt" }),
        new()
        {
            Id = $"jr_{failedBefore}", Attempt = failedBefore, JobRunState = state, StartedOn = Start.AddSeconds(30), CompletedOn = state == "RUNNING" ? null : Start.AddSeconds(42.5),
            ErrorMessage = message, LogGroupName = "/aws-glue/jobs",
        },
    ]);

    private (int Status, string Body, string? ErrorType) Answer(string target, string body) => target.Split('.').Last() switch
    {
        "GetWorkflow" when IsMissing => (400, """{"__type":"EntityNotFoundException","Message":"Entity not found"}""", null),
        "GetWorkflow" => Json(new { Workflow = new { Name = "pipelines-dev-lake", Graph = Graph(null, null, null) } }),
        "GetWorkflowRuns" => Json(new { Runs = Before.Concat(Started.Select(_ => Run("wr_1", "COMPLETED"))) }),
        "StartWorkflowRun" when Refusal is not null => (400, $$"""{"__type":"{{Refusal}}","Message":"Concurrent runs exceeded for workflow: pipelines-dev-lake."}""", null),
        "StartWorkflowRun" => StartRun((string)JsonNode.Parse(body)!["Name"]!),
        "GetWorkflowRun" => Json(new { Run = _states.Count > 1 ? _states.Dequeue() : _states.Peek() }),
        "GetLogEvents" => body.Contains("jr_0", StringComparison.Ordinal)
            ? Json(new { events = new[] { new { message = "film_events.sql: wrote 1234 rows in 1 partitions" } } })
            : (400, """{"__type":"ResourceNotFoundException","message":"The specified log stream does not exist."}""", null),
        var other => throw new InvalidOperationException($"The fake does not know {other}."),
    };

    private (int, string, string?) StartRun(string name)
    {
        Started.Add(name);
        return Json(new { RunId = "wr_1" });
    }

    // As on the wire: times as seconds since 1970.
    private static (int, string, string?) Json(object value) => (200, JsonSerializer.Serialize(value, AwsJsonClient.Json), null);
}
