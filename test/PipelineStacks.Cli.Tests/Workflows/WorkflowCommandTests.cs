using System.Text.Json;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Workflows;

public sealed class WorkflowCommandTests
{
    [Fact]
    public async Task Run_ThatSucceeds_TellsEveryPartAsItGoesAndItsRows()
    {
        using var workflow = new FakeWorkflow().Then("RUNNING", "RUNNING", null, null).Then("RUNNING", "SUCCEEDED", "RUNNING", null).Then("COMPLETED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
        var (code, output, error) = await workflow.RunAsync("workflow", "run");
        code.ShouldBe(ExitCode.Done, error);
        workflow.Started.ShouldBe(["pipelines-dev-lake"]);
        error.TrimEnd().Split(Environment.NewLine).ShouldBe([
            "Started pipelines-dev-lake: wr_1",
            "  crawler play-logs: RUNNING",
            "  crawler play-logs: SUCCEEDED after 20.0 s",
            "  job     clean-film-events: RUNNING",
            "  job     clean-film-events: SUCCEEDED after 12.5 s",
            "  job     curated: SUCCEEDED after 12.5 s",
            "pipelines-dev-lake, run wr_1, succeeded in 1 min 30 s.",
        ]);
        output.ShouldContain("1,234");
    }

    [Fact]
    public async Task Run_WhoseJobFails_NamesItWithMessageAndLogAndWhatDidNotRun()
    {
        using var workflow = new FakeWorkflow().Then("COMPLETED", "SUCCEEDED", "FAILED", null, "film_events: no such column 'filmid'");
        var (code, output, error) = await workflow.RunAsync("workflow", "run", "lake", "--format", "json");
        code.ShouldBe(ExitCode.Failed);
        error.ShouldEndWith(string.Join(Environment.NewLine,
            "pipelines-dev-lake, run wr_1, did not succeed: 1 of its 3 jobs and crawlers failed, job curated did not run.",
            "job clean-film-events: FAILED at the last of 2 attempts: film_events: no such column 'filmid'",
            "  Its log: aws logs tail /aws-glue/jobs/error --log-stream-names jr_1 --since 1d",
            ""));
        var run = JsonDocument.Parse(output).RootElement;
        run.GetProperty("succeeded").GetBoolean().ShouldBeFalse();
        run.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("state").GetString()).ShouldBe(["SUCCEEDED", "FAILED", null]);
    }

    [Theory]
    [InlineData("COMPLETED", "SUCCEEDED", null, "job clean-film-events, job curated did not run")]
    [InlineData("STOPPED", "SUCCEEDED", "STOPPED", "it ended as STOPPED, 1 of its 3 jobs and crawlers failed, job curated did not run")]
    [InlineData("COMPLETED", "FAILED", null, "1 of its 3 jobs and crawlers failed, job clean-film-events, job curated did not run")]
    [InlineData("ERROR", null, null, "it ended as ERROR, crawler play-logs, job clean-film-events, job curated did not run")]
    public async Task Run_ThatEndsWithoutEveryPart_IsNoSuccess(string status, string? crawl, string? clean, string reason)
    {
        using var workflow = new FakeWorkflow().Then(status, crawl, clean, null);
        var (code, _, error) = await workflow.RunAsync("workflow", "run");
        code.ShouldBe(ExitCode.Failed);
        error.ShouldContain($"did not succeed: {reason}.");
    }

    [Theory]
    [InlineData("RUNNING")]
    [InlineData("STOPPING")]
    public async Task Run_WhileAnotherRuns_NamesThatAndStartsNone(string status)
    {
        using var workflow = new FakeWorkflow { Before = { FakeWorkflow.Run("wr_0", status) } };
        var (code, _, error) = await workflow.RunAsync("workflow", "run");
        code.ShouldBe(ExitCode.Failed);
        error.TrimEnd().ShouldBe($"pipelines-dev-lake is running already: wr_0, {status} since 2026-11-20 09:00:00Z. Watch it: pipelines workflow status lake --env dev --run wr_0 --wait");
        workflow.Started.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_RefusedByGlue_IsAnError()
    {
        using var workflow = new FakeWorkflow { Refusal = "ConcurrentRunsExceededException" };
        var (code, _, error) = await workflow.RunAsync("workflow", "run");
        code.ShouldBe(ExitCode.Failed);
        error.TrimEnd().ShouldBe("Glue StartWorkflowRun: Concurrent runs exceeded for workflow: pipelines-dev-lake. (ConcurrentRunsExceededException)");
    }

    [Fact]
    public async Task Run_WithoutWaiting_SaysHowToWatch()
    {
        using var workflow = new FakeWorkflow();
        var (code, _, error) = await workflow.RunAsync("workflow", "run", "play-logs", "--wait", "false");
        code.ShouldBe(ExitCode.Done, error);
        workflow.Started.ShouldBe(["pipelines-dev-play-logs"]);
        error.ShouldContain("Watch it: pipelines workflow status play-logs --env dev --run wr_1 --wait");
    }

    [Fact]
    public async Task Workflow_ThatIsNotThere_IsSaidWithTheCommand()
    {
        using var workflow = new FakeWorkflow { IsMissing = true };
        foreach (var command in (string[])["run", "status", "graph"])
        {
            var (code, _, error) = await workflow.RunAsync("workflow", command, "nope");
            error.TrimEnd().ShouldBe($"There is no workflow pipelines-dev-nope at {workflow.Url}. Deploy it: npx cdk deploy \"Dev/*\"");
            code.ShouldBe(ExitCode.Unavailable);
        }
    }

    [Fact]
    public async Task Status_OfAWorkflow_ListsItsRunsTheNewestFirstAndShowsThat()
    {
        using var workflow = new FakeWorkflow { Before = { FakeWorkflow.Run("wr_0", "COMPLETED") with { StartedOn = DateTimeOffset.UnixEpoch }, FakeWorkflow.Run("wr_1", "COMPLETED") } }
            .Then("COMPLETED", "SUCCEEDED", "TIMEOUT", null);
        var (code, output, error) = await workflow.RunAsync("workflow", "status");
        code.ShouldBe(ExitCode.Done, error);
        output.IndexOf("wr_1", StringComparison.Ordinal).ShouldBeLessThan(output.IndexOf("wr_0", StringComparison.Ordinal));
        output.ShouldContain("TIMEOUT");
        output.ShouldContain("did not run");
        error.ShouldContain("did not succeed");

        (code, output, _) = await workflow.RunAsync("workflow", "status", "--format", "json", "--last", "1");
        code.ShouldBe(ExitCode.Done);
        JsonDocument.Parse(output).RootElement.EnumerateArray().Single().GetProperty("run").GetString().ShouldBe("wr_1");
    }

    [Fact]
    public async Task Status_OfWhatNeverRan_SaysHowToStartIt()
    {
        using var workflow = new FakeWorkflow();
        var (code, output, error) = await workflow.RunAsync("workflow", "status");
        code.ShouldBe(ExitCode.Done);
        output.ShouldBeEmpty();
        error.TrimEnd().ShouldBe("pipelines-dev-lake has not run yet. Start it: pipelines workflow run lake --env dev");
    }

    [Fact]
    public async Task Graph_AsText_HasEveryTriggerAboveWhatItStarts()
    {
        using var workflow = new FakeWorkflow { Before = { FakeWorkflow.Run("wr_1", "COMPLETED") } }.Then("COMPLETED", "SUCCEEDED", "SUCCEEDED", null);
        var (code, output, error) = await workflow.RunAsync("workflow", "graph");
        code.ShouldBe(ExitCode.Done, error);
        output.TrimEnd().ReplaceLineEndings("\n").ShouldBe("""
            lake-start (SCHEDULED cron(0 3 * * ? *)) CREATED
              └─ crawler play-logs: SUCCEEDED in 20.0 s
            lake-clean (after crawler play-logs SUCCEEDED)
              └─ job clean-film-events: SUCCEEDED in 12.5 s
            lake-curated (after job clean-film-events SUCCEEDED)
              └─ job curated
            """);
    }

    [Fact]
    public async Task Graph_ForProgramsAndDocuments_HasEveryEdge()
    {
        using var workflow = new FakeWorkflow();
        var json = JsonDocument.Parse((await workflow.RunAsync("workflow", "graph", "--format", "json")).Output).RootElement;
        json.GetProperty("nodes").GetArrayLength().ShouldBe(6);
        json.GetProperty("edges").EnumerateArray().Select(edge => $"{edge.GetProperty("from")} {edge.GetProperty("to")}").ShouldContain("pipelines-dev-lake-start pipelines-dev-play-logs");
        var mermaid = (await workflow.RunAsync("workflow", "graph", "--format", "mermaid")).Output;
        mermaid.ShouldStartWith("flowchart LR");
        mermaid.Split("-->").Length.ShouldBe(6);
        mermaid.ShouldContain("([\"crawler play-logs\"])");
    }
}
