using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Tests.Glue.Jobs;

namespace PipelineStacks.LocalCloud.Tests.Glue.Workflows;

/// <summary>A cloud with the jobs <c>a</c>, <c>b</c>, <c>c</c>, which succeed, <c>bad</c>, which fails, and the crawler <c>logs</c>.</summary>
public sealed class FlowCloud : IAsyncLifetime
{
    private readonly JobCloud _jobs;

    public FlowCloud()
        : this(null)
    {
    }

    internal FlowCloud(string? directory) => _jobs = new() { Cloud = new() { DataDirectory = directory } };

    public TestCloud Cloud => _jobs.Cloud;

    public async Task InitializeAsync()
    {
        await _jobs.InitializeAsync();
        foreach (var job in new[] { "a", "b", "c" })
        {
            await _jobs.TableAsync("curated", job, "n int", "snapshot string");
            await _jobs.JobAsync(job, [($"{job}.sql", $"-- target: ${{curated}}.{job}\nSELECT CAST(1 AS INT) AS n")]);
        }

        await _jobs.JobAsync("bad", [], """{"--sql":"s3://lake/sql/none.sql"}""");
        await _jobs.PutAsync("logs/1.json", "{\"n\":1}\n");
        await Cloud.JsonAsync("AWSGlue.CreateCrawler",
            """{"Name":"logs","Role":"arn:aws:iam::000000000000:role/crawler","DatabaseName":"landing","Targets":{"S3Targets":[{"Path":"s3://lake/logs/"}]}}""");
    }

    public Task DisposeAsync() => _jobs.DisposeAsync();

    public Task<JsonNode> GlueAsync(string operation, string request) => Cloud.JsonAsync("AWSGlue." + operation, request);

    public Task<string> ErrorAsync(string operation, string request) => Cloud.JsonErrorAsync("AWSGlue." + operation, request);

    /// <summary>A workflow with triggers: the start, such as <c>"Type":"ON_DEMAND"</c>, and what it starts, then the conditional ones.</summary>
    public async Task WorkflowAsync(string name, string settings, params (string Definition, string Starts)[] triggers)
    {
        var request = JsonNode.Parse($"{{{settings}}}")!.AsObject();
        request["Name"] = name;
        await GlueAsync("CreateWorkflow", request.ToJsonString());
        for (var i = 0; i < triggers.Length; i++)
            await TriggerAsync($"{name}-{i}", $"\"WorkflowName\":\"{name}\",{triggers[i].Definition}", triggers[i].Starts);
    }

    /// <param name="starts">Names of jobs; the crawler is <c>logs</c>.</param>
    public Task TriggerAsync(string name, string definition, string starts)
    {
        var request = JsonNode.Parse($"{{{definition}}}")!.AsObject();
        request["Name"] = name;
        request["Actions"] ??= new JsonArray([.. starts.Split(',').Select(one => new JsonObject { [one == "logs" ? "CrawlerName" : "JobName"] = one })]);
        return GlueAsync("CreateTrigger", request.ToJsonString());
    }

    /// <summary>The definition of a conditional trigger on endings such as <c>a:SUCCEEDED</c>.</summary>
    public static string When(string logical, params string[] endings)
    {
        var conditions = endings.Select(ending => ending.Split(':') is ["logs", var crawl]
            ? new JsonObject { ["LogicalOperator"] = "EQUALS", ["CrawlerName"] = "logs", ["CrawlState"] = crawl }
            : new JsonObject { ["LogicalOperator"] = "EQUALS", ["JobName"] = ending.Split(':')[0], ["State"] = ending.Split(':')[1] });
        var predicate = new JsonObject { ["Logical"] = logical, ["Conditions"] = new JsonArray([.. conditions]) };
        return $"\"Type\":\"CONDITIONAL\",\"StartOnCreation\":true,\"Predicate\":{predicate.ToJsonString()}";
    }

    public async Task<string> StartAsync(string workflow, string properties = "{}") =>
        (string)(await GlueAsync("StartWorkflowRun", $$"""{"Name":"{{workflow}}","RunProperties":{{properties}}}"""))["RunId"]!;

    public async Task<JsonNode> RunOfAsync(string workflow, string run) =>
        (await GlueAsync("GetWorkflowRun", $$"""{"Name":"{{workflow}}","RunId":"{{run}}","IncludeGraph":true}"""))["Run"]!;

    public async Task<IReadOnlyList<JsonNode>> RunsAsync(string workflow) =>
        [.. (await GlueAsync("GetWorkflowRuns", $$"""{"Name":"{{workflow}}"}"""))["Runs"]!.AsArray().Select(run => run!)];

    /// <summary>Lets everything that is due happen.</summary>
    public Task SettleAsync() => Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

    /// <summary>How each job and crawler of a run ended: <c>a:SUCCEEDED</c>; a name alone where it was not started.</summary>
    public static IEnumerable<string> Endings(JsonNode run) => run["Graph"]!["Nodes"]!.AsArray().Where(node => (string)node!["Type"]! != "TRIGGER")
        .Select(node => (node!["JobDetails"]?["JobRuns"] ?? node["CrawlerDetails"]!["Crawls"])!.AsArray() is { Count: > 0 } runs
            ? $"{node["Name"]}:{runs[^1]!["JobRunState"] ?? runs[^1]!["State"]}" : (string)node["Name"]!);

    public async Task<IReadOnlyList<JsonNode>> JobRunsAsync(string job) =>
        [.. (await GlueAsync("GetJobRuns", $$"""{"JobName":"{{job}}"}"""))["JobRuns"]!.AsArray().Select(run => run!)];
}
