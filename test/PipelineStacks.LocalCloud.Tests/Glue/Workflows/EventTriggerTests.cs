using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Glue.Workflows;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.Tests.EventBridge;

namespace PipelineStacks.LocalCloud.Tests.Glue.Workflows;

public sealed class EventTriggerTests(FlowCloud flow) : IClassFixture<FlowCloud>
{
    private static int _next;

    // Seconds at which events arrive, and the runs: when, and which condition they record. The window opens at the first event.
    [Theory]
    [InlineData("", "0", "0=Size1")]
    [InlineData("\"BatchSize\":3,\"BatchWindow\":60", "0 1 2", "2=Size3")]
    [InlineData("\"BatchSize\":3,\"BatchWindow\":60", "0 50", "60=Window60")]
    [InlineData("\"BatchSize\":3,\"BatchWindow\":60", "10 20 71", "70=Window60 131=Window60")]
    [InlineData("\"BatchSize\":2,\"BatchWindow\":60", "0 1 2 3 4", "1=Size2 3=Size2 64=Window60")]
    [InlineData("\"BatchSize\":100", "5", "905=Window900")]
    public async Task Events_StartARunByBatchOrWindow(string batching, string arrivals, string runs)
    {
        var name = $"events{Interlocked.Increment(ref _next)}";
        await flow.WorkflowAsync(name, "", ("\"Type\":\"EVENT\"" + (batching.Length == 0 ? "" : $",\"EventBatchingCondition\":{{{batching}}}"), "a"));
        var start = flow.Cloud.Now;
        foreach (var (second, i) in arrivals.Split(' ').Select((second, i) => (int.Parse(second, System.Globalization.CultureInfo.InvariantCulture), i)))
        {
            await flow.Cloud.AdvanceAsync(start.AddSeconds(second) - flow.Cloud.Now);
            flow.Cloud.Get<IWorkflowEvents>().Notify(flow.Cloud.Call, name, $"e{i}");
        }

        await flow.Cloud.AdvanceAsync(TimeSpan.FromSeconds(1000));
        var made = await flow.RunsAsync(name);
        string.Join(' ', made.Reverse().Select(run => $"{Math.Round((double)run["StartedOn"]! - start.ToUnixTimeMilliseconds() / 1000d)}={Condition(run)}")).ShouldBe(runs);
        made.ShouldAllBe(run => (string)run["Status"]! == "COMPLETED");
        string.Concat(made.Reverse().Select(run => (string)run["WorkflowRunProperties"]!["aws:eventIds"]!))
            .Count(letter => letter == 'e').ShouldBe(arrivals.Split(' ').Length);
    }

    [Fact]
    public async Task ObjectCreated_MatchedByARule_StartsTheWorkflowInBatches()
    {
        var bucket = flow.Cloud.Provisioner("AWS::S3::Bucket");
        await bucket.CreateAsync(flow.Cloud.Context("AWS::S3::Bucket"), JsonNode.Parse("""
            {"BucketName":"watched","NotificationConfiguration":{"EventBridgeConfiguration":{"EventBridgeEnabled":true}}}
            """)!.AsObject());
        await flow.WorkflowAsync("arriving", "", ("\"Type\":\"EVENT\",\"EventBatchingCondition\":{\"BatchSize\":2,\"BatchWindow\":900}", "a"), (FlowCloud.When("AND", "a:SUCCEEDED"), "b"));
        var role = await flow.Cloud.RoleAsync("start-workflow", "events.amazonaws.com");
        await flow.Cloud.RuleAsync("objects",
            """{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["watched"]},"object":{"key":[{"prefix":"play_logs/"}]}}}""",
            $$"""{"Id":"w","Arn":"arn:aws:glue:{{TestCloud.Region}}:{{TestCloud.Account}}:workflow/arriving","RoleArn":"{{role}}"}""");

        foreach (var key in new[] { "play_logs/1.json", "other/2.json", "play_logs/3.json", "play_logs/4.json" })
            await flow.Cloud.Get<IObjectStore>().PutAsync(flow.Cloud.Call, "watched", key, "{}"u8.ToArray(), "text/plain");
        await flow.SettleAsync();
        var run = (await flow.RunsAsync("arriving")).Single();
        Condition(run).ShouldBe("Size2");
        FlowCloud.Endings(await flow.RunOfAsync("arriving", (string)run["WorkflowRunId"]!)).ShouldBe(["a:SUCCEEDED", "b:SUCCEEDED"]);
        (flow.Cloud.Metric("objects", "MatchedEvents"), flow.Cloud.Metric("objects", "FailedInvocations")).ShouldBe((3, 0));

        await flow.Cloud.AdvanceAsync(TimeSpan.FromSeconds(900));
        Condition((await flow.RunsAsync("arriving"))[0]).ShouldBe("Window900");
        await flow.GlueAsync("StopTrigger", """{"Name":"arriving-0"}""");
        await flow.Cloud.Get<IObjectStore>().PutAsync(flow.Cloud.Call, "watched", "play_logs/5.json", "{}"u8.ToArray(), "text/plain");
        await flow.SettleAsync();
        flow.Cloud.Metric("objects", "FailedInvocations").ShouldBe(1);
    }

    [Fact]
    public async Task Batch_WhileTheWorkflowIsFull_IsARunWithAnError()
    {
        await flow.WorkflowAsync("full", "\"MaxConcurrentRuns\":1", ("\"Type\":\"EVENT\"", "a"));
        flow.Cloud.Get<IWorkflowEvents>().Notify(flow.Cloud.Call, "full", "1");
        flow.Cloud.Get<IWorkflowEvents>().Notify(flow.Cloud.Call, "full", "2");
        await flow.SettleAsync();
        var runs = await flow.RunsAsync("full");
        runs.Select(run => (string)run["Status"]!).ShouldBe(["ERROR", "COMPLETED"]);
        ((string)runs[0]["ErrorMessage"]!).ShouldBe("Concurrent runs exceeded for workflow: full.");
    }

    private static string Condition(JsonNode run) => run["StartingEventBatchCondition"] is { } condition
        ? condition["BatchSize"] is { } size ? $"Size{size}" : $"Window{condition["BatchWindow"]}" : "none";
}
