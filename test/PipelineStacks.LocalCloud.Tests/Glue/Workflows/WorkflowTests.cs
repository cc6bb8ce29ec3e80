using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Glue.Workflows;

public sealed class WorkflowTests(FlowCloud flow) : IClassFixture<FlowCloud>
{
    private const string OnDemand = "\"Type\":\"ON_DEMAND\"";

    private static int _next;

    [Fact]
    public async Task Workflow_OfCrawlerJobsAndJob_RunsFromTriggerToTrigger()
    {
        await flow.WorkflowAsync("lake", "\"DefaultRunProperties\":{\"day\":\"1\",\"zone\":\"clean\"}",
            ("\"Type\":\"SCHEDULED\",\"Schedule\":\"cron(0 3 * * ? *)\"", "logs"),
            (FlowCloud.When("AND", "logs:SUCCEEDED") + ",\"Actions\":[{\"JobName\":\"a\",\"Arguments\":{\"--retain-hours\":\"1\"},\"Timeout\":7},{\"JobName\":\"b\"}]", ""),
            (FlowCloud.When("AND", "a:SUCCEEDED", "b:SUCCEEDED"), "c"));
        var id = await flow.StartAsync("lake", """{"day":"2"}""");
        id.ShouldMatch("^wr_[0-9a-f]{64}$");
        var running = await flow.RunOfAsync("lake", id);
        ((string)running["Status"]!).ShouldBe("RUNNING");
        FlowCloud.Endings(running).ShouldBe(["logs:RUNNING", "a", "b", "c"]);
        running["Statistics"]!.ToJsonString().ShouldBe(
            """{"TotalActions":4,"TimeoutActions":0,"FailedActions":0,"StoppedActions":0,"SucceededActions":0,"RunningActions":1,"ErroredActions":0,"WaitingActions":0}""");
        await flow.SettleAsync();

        var run = await flow.RunOfAsync("lake", id);
        ((string)run["Status"]!).ShouldBe("COMPLETED");
        run["CompletedOn"].ShouldNotBeNull();
        FlowCloud.Endings(run).ShouldBe(["logs:SUCCEEDED", "a:SUCCEEDED", "b:SUCCEEDED", "c:SUCCEEDED"]);
        ((int)run["Statistics"]!["SucceededActions"]!).ShouldBe(4);
        run["WorkflowRunProperties"]!.ToJsonString().ShouldBe("""{"day":"2","zone":"clean"}""");
        Edges(run).ShouldBe(["lake-0>logs", "lake-1>a", "lake-1>b", "lake-2>c", "logs>lake-1", "a>lake-2", "b>lake-2"], ignoreOrder: true);

        var job = (await flow.JobRunsAsync("a")).First(one => (string?)one["Arguments"]?["--WORKFLOW_RUN_ID"] == id);
        job["Arguments"]!.ToJsonString().ShouldBe($$"""{"--WORKFLOW_NAME":"lake","--WORKFLOW_RUN_ID":"{{id}}","--retain-hours":"1"}""");
        ((string)job["TriggerName"]!).ShouldBe("lake-1");
        ((int)job["Timeout"]!).ShouldBe(7);

        await flow.GlueAsync("PutWorkflowRunProperties", $$$"""{"Name":"lake","RunId":"{{{id}}}","RunProperties":{"rows":"9"}}""");
        (await flow.GlueAsync("GetWorkflowRunProperties", $$"""{"Name":"lake","RunId":"{{id}}"}"""))["RunProperties"]!.ToJsonString()
            .ShouldBe("""{"day":"2","rows":"9","zone":"clean"}""");
        var workflow = (await flow.GlueAsync("GetWorkflow", """{"Name":"lake","IncludeGraph":true}"""))["Workflow"]!;
        ((string)workflow["LastRun"]!["WorkflowRunId"]!).ShouldBe(id);
        Edges(workflow).Count().ShouldBe(7);
    }

    // The start runs a, which succeeds, and bad, which fails; b is what the condition starts.
    [Theory]
    [InlineData("AND", "a:SUCCEEDED", true)]
    [InlineData("AND", "bad:FAILED", true)]
    [InlineData("AND", "bad:SUCCEEDED", false)]
    [InlineData("AND", "a:FAILED", false)]
    [InlineData("AND", "a:SUCCEEDED bad:FAILED", true)]
    [InlineData("AND", "a:SUCCEEDED bad:SUCCEEDED", false)]
    [InlineData("ANY", "a:SUCCEEDED bad:SUCCEEDED", true)]
    [InlineData("ANY", "a:STOPPED bad:FAILED", true)]
    [InlineData("ANY", "a:STOPPED bad:TIMEOUT", false)]
    [InlineData("ANY", "c:SUCCEEDED logs:SUCCEEDED", false)]
    [InlineData("AND", "a:SUCCEEDED c:SUCCEEDED", false)]
    public async Task Trigger_OnConditions_FiresWhenTheyAreMet(string logical, string endings, bool fires)
    {
        var name = $"conditions{Interlocked.Increment(ref _next)}";
        await flow.WorkflowAsync(name, "", (OnDemand, "a,bad"), (FlowCloud.When(logical, endings.Split(' ')), "b"));
        // A run that no trigger of this workflow run started does not count.
        await flow.GlueAsync("StartJobRun", """{"JobName":"c"}""");
        var id = await flow.StartAsync(name);
        await flow.SettleAsync();
        var run = await flow.RunOfAsync(name, id);
        ((string)run["Status"]!).ShouldBe("COMPLETED");
        FlowCloud.Endings(run).ShouldBe(["a:SUCCEEDED", "bad:FAILED", fires ? "b:SUCCEEDED" : "b"]);
        ((int)run["Statistics"]!["FailedActions"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Trigger_ThatIsNotActivated_DoesNotFire()
    {
        await flow.WorkflowAsync("asleep", "", (OnDemand, "a"), (FlowCloud.When("AND", "a:SUCCEEDED").Replace("true", "false", StringComparison.Ordinal), "b"));
        var id = await flow.StartAsync("asleep");
        await flow.SettleAsync();
        FlowCloud.Endings(await flow.RunOfAsync("asleep", id)).ShouldBe(["a:SUCCEEDED", "b"]);

        await flow.GlueAsync("StartTrigger", """{"Name":"asleep-1"}""");
        await flow.GlueAsync("StartTrigger", """{"Name":"asleep-0"}""");
        await flow.SettleAsync();
        FlowCloud.Endings(await flow.RunOfAsync("asleep", (string)(await flow.RunsAsync("asleep"))[0]["WorkflowRunId"]!)).ShouldBe(["a:SUCCEEDED", "b:SUCCEEDED"]);
    }

    [Fact]
    public async Task Workflow_StartedTwice_IsRefusedWhileTheFirstRuns()
    {
        await flow.WorkflowAsync("single", "\"MaxConcurrentRuns\":1", ("\"Type\":\"SCHEDULED\",\"Schedule\":\"cron(0/30 * * * ? *)\",\"StartOnCreation\":true", "a"));
        await flow.StartAsync("single");
        (await flow.ErrorAsync("StartWorkflowRun", """{"Name":"single"}""")).ShouldBe("ConcurrentRunsExceededException: Concurrent runs exceeded for workflow: single.");
        await flow.SettleAsync();
        (await flow.RunsAsync("single")).Count.ShouldBe(1);
        await flow.StartAsync("single");
        await flow.SettleAsync();
        (await flow.RunsAsync("single")).Select(run => (string)run["Status"]!).ShouldBe(["COMPLETED", "COMPLETED"]);
        await flow.GlueAsync("StopTrigger", """{"Name":"single-0"}""");
    }

    [Fact]
    public async Task Action_ThatCannotStart_IsAnErrorInTheRun()
    {
        await flow.WorkflowAsync("erring", "", (OnDemand, "a,a"), (FlowCloud.When("AND", "a:ERROR"), "b"));
        var id = await flow.StartAsync("erring");
        await flow.SettleAsync();
        var run = await flow.RunOfAsync("erring", id);
        FlowCloud.Endings(run).ShouldBe(["a:SUCCEEDED", "a:ERROR", "b:SUCCEEDED"]);
        ((int)run["Statistics"]!["ErroredActions"]!).ShouldBe(1);
        run["Graph"]!["Nodes"]![2]!["JobDetails"]!["JobRuns"]![0]!["ErrorMessage"]!.GetValue<string>().ShouldBe("Concurrent runs exceeded for a");
    }

    [Fact]
    public async Task Job_WithRetries_CountsByItsLastAttempt()
    {
        await flow.GlueAsync("UpdateJob", """
            {"JobName":"bad","JobUpdate":{"Role":"arn:aws:iam::000000000000:role/etl","GlueVersion":"5.0","WorkerType":"G.1X","NumberOfWorkers":2,"MaxRetries":1,
             "Command":{"Name":"glueetl","ScriptLocation":"s3://lake/none.py"}}}
            """);
        await flow.WorkflowAsync("retrying", "", (OnDemand, "bad"), (FlowCloud.When("AND", "bad:FAILED"), "b"));
        var id = await flow.StartAsync("retrying");
        await flow.Cloud.AdvanceAsync(TimeSpan.FromMinutes(10));
        var run = await flow.RunOfAsync("retrying", id);
        FlowCloud.Endings(run).ShouldBe(["bad:FAILED", "b:SUCCEEDED"]);
        run["Graph"]!["Nodes"]![1]!["JobDetails"]!["JobRuns"]!.AsArray().Select(one => (int)one!["Attempt"]!).ShouldBe([0, 1]);
        ((int)run["Statistics"]!["FailedActions"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Run_Stopped_EndsWithoutFiringMore_AndIsResumedFromItsNodes()
    {
        await flow.WorkflowAsync("stopping", "", (OnDemand, "a,c"), (FlowCloud.When("AND", "a:SUCCEEDED", "c:SUCCEEDED"), "b"), (FlowCloud.When("AND", "a:STOPPED"), "bad"));
        var id = await flow.StartAsync("stopping");
        (await flow.ErrorAsync("ResumeWorkflowRun", $$"""{"Name":"stopping","RunId":"{{id}}","NodeIds":["x"]}""")).ShouldStartWith("IllegalWorkflowStateException: ");
        await flow.GlueAsync("StopWorkflowRun", $$"""{"Name":"stopping","RunId":"{{id}}"}""");
        ((string)(await flow.RunOfAsync("stopping", id))["Status"]!).ShouldBe("STOPPING");
        await flow.SettleAsync();
        var stopped = await flow.RunOfAsync("stopping", id);
        ((string)stopped["Status"]!).ShouldBe("STOPPED");
        FlowCloud.Endings(stopped).ShouldBe(["a:STOPPED", "c:STOPPED", "b", "bad"]);
        (await flow.ErrorAsync("StopWorkflowRun", $$"""{"Name":"stopping","RunId":"{{id}}"}"""))
            .ShouldBe($"IllegalWorkflowStateException: The run {id} is STOPPED, not RUNNING.");

        var nodes = stopped["Graph"]!["Nodes"]!.AsArray().Where(node => (string)node!["Name"]! is "a" or "c").Select(node => (string)node!["UniqueId"]!).ToList();
        (await flow.ErrorAsync("ResumeWorkflowRun", $$"""{"Name":"stopping","RunId":"{{id}}","NodeIds":["x"]}""")).ShouldStartWith("InvalidInputException: The node x");
        var resumed = await flow.GlueAsync("ResumeWorkflowRun", new JsonObject
        {
            ["Name"] = "stopping", ["RunId"] = id, ["NodeIds"] = new JsonArray([.. nodes.Select(node => JsonValue.Create(node))]),
        }.ToJsonString());
        await flow.SettleAsync();
        var run = await flow.RunOfAsync("stopping", (string)resumed["RunId"]!);
        ((string)run["PreviousRunId"]!).ShouldBe(id);
        FlowCloud.Endings(run).ShouldBe(["a:SUCCEEDED", "c:SUCCEEDED", "b:SUCCEEDED", "bad"]);
        ((string)run["Status"]!).ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task Run_ResumedFromOneNode_KeepsWhatWasDoneBesideIt()
    {
        await flow.WorkflowAsync("partly", "", (OnDemand, "a,bad"), (FlowCloud.When("AND", "a:SUCCEEDED", "bad:FAILED"), "b"));
        var id = await flow.StartAsync("partly");
        await flow.SettleAsync();
        var before = (await flow.JobRunsAsync("a")).Count;
        var node = (await flow.RunOfAsync("partly", id))["Graph"]!["Nodes"]!.AsArray().Single(one => (string)one!["Name"]! == "bad")!["UniqueId"];
        var resumed = await flow.GlueAsync("ResumeWorkflowRun", $$"""{"Name":"partly","RunId":"{{id}}","NodeIds":["{{node}}"]}""");
        await flow.SettleAsync();
        var run = await flow.RunOfAsync("partly", (string)resumed["RunId"]!);
        FlowCloud.Endings(run).ShouldBe(["a:SUCCEEDED", "bad:FAILED", "b:SUCCEEDED"]);
        ((string)run["Status"]!).ShouldBe("COMPLETED");
        (await flow.JobRunsAsync("a")).Count.ShouldBe(before);
        (await flow.JobRunsAsync("bad")).Count(one => (string?)one["Arguments"]?["--WORKFLOW_NAME"] == "partly").ShouldBe(2);
    }

    private static IEnumerable<string> Edges(JsonNode graphed)
    {
        var names = graphed["Graph"]!["Nodes"]!.AsArray().ToDictionary(node => (string)node!["UniqueId"]!, node => (string)node!["Name"]!);
        return graphed["Graph"]!["Edges"]!.AsArray().Select(edge => $"{names[(string)edge!["SourceId"]!]}>{names[(string)edge["DestinationId"]!]}");
    }
}
