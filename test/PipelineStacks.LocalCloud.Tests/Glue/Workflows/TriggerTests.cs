using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Glue.Workflows;

public sealed class TriggerTests(FlowCloud flow) : IClassFixture<FlowCloud>
{
    [Theory]
    [InlineData("\"Type\":\"DAILY\"", "a", "InvalidInputException: The trigger t can't be: Type DAILY is none of SCHEDULED, CONDITIONAL, ON_DEMAND, EVENT.")]
    [InlineData("\"Type\":\"SCHEDULED\"", "a", "InvalidInputException: The trigger t can't be: A SCHEDULED trigger needs a Schedule.")]
    [InlineData("\"Type\":\"SCHEDULED\",\"Schedule\":\"rate(1 day)\"", "a", "InvalidInputException: The trigger t can't be: The schedule rate(1 day) is not valid; write it as cron(")]
    [InlineData("\"Type\":\"SCHEDULED\",\"Schedule\":\"cron(* * * * ? *)\"", "a", "InvalidInputException: The trigger t can't be: The schedule cron(* * * * ? *) falls due more often than every 5 minutes.")]
    [InlineData("\"Type\":\"ON_DEMAND\",\"StartOnCreation\":true", "a", "InvalidInputException: StartOnCreation is not supported for ON_DEMAND triggers.")]
    [InlineData("\"Type\":\"ON_DEMAND\",\"Actions\":[]", "", "InvalidInputException: The trigger t can't be: It has no Actions.")]
    [InlineData("\"Type\":\"ON_DEMAND\"", "logs,logs,logs", "InvalidInputException: The trigger t can't be: It starts more than 2 crawlers.")]
    [InlineData("\"Type\":\"ON_DEMAND\"", "none", "EntityNotFoundException: Entity not found: job none, which the trigger t names")]
    [InlineData("\"Type\":\"ON_DEMAND\",\"WorkflowName\":\"none\"", "a", "EntityNotFoundException: Entity not found: workflow none")]
    [InlineData("\"Type\":\"ON_DEMAND\",\"WorkflowName\":\"started\"", "a", "InvalidInputException: The trigger t can't be: The workflow started has the start trigger started-0 already.")]
    [InlineData("\"Type\":\"CONDITIONAL\"", "a", "InvalidInputException: The trigger t can't be: A CONDITIONAL trigger needs a Predicate with Conditions.")]
    [InlineData("\"Type\":\"CONDITIONAL\",\"Predicate\":{\"Conditions\":[{\"LogicalOperator\":\"EQUALS\",\"JobName\":\"a\",\"State\":\"RUNNING\"},{\"LogicalOperator\":\"EQUALS\",\"CrawlerName\":\"logs\",\"CrawlState\":\"SUCCEEDED\"}]}", "b",
        "InvalidInputException: The trigger t can't be: Predicate.Logical must be AND or ANY; with one condition it may be left out. State RUNNING of the job a is none of SUCCEEDED,")]
    [InlineData("\"Type\":\"EVENT\"", "a", "InvalidInputException: The trigger t can't be: An EVENT trigger needs a WorkflowName: events are sent to workflows.")]
    [InlineData("\"Type\":\"EVENT\",\"WorkflowName\":\"empty\",\"EventBatchingCondition\":{\"BatchSize\":101,\"BatchWindow\":901}", "a",
        "InvalidInputException: The trigger t can't be: EventBatchingCondition.BatchSize must be 1 to 100. EventBatchingCondition.BatchWindow must be 1 to 900 seconds.")]
    [InlineData("\"Type\":\"ON_DEMAND\",\"Predicat\":{}", "a", "SerializationException: Predicat of Glue CreateTrigger is not supported by the local cloud.")]
    public async Task Trigger_ThatCannotBe_IsRefusedWithAllThatIsWrong(string definition, string starts, string error)
    {
        var request = JsonNode.Parse($"{{{definition}}}")!.AsObject();
        request["Name"] = "t";
        request["Actions"] ??= new JsonArray([.. starts.Split(',').Select(one => new JsonObject { [one == "logs" ? "CrawlerName" : "JobName"] = one })]);
        foreach (var workflow in new[] { "started", "empty" })
            if (!(await flow.GlueAsync("ListWorkflows", "{}"))["Workflows"]!.AsArray().Any(one => (string)one! == workflow))
                await flow.WorkflowAsync(workflow, "", workflow == "empty" ? [] : [("\"Type\":\"ON_DEMAND\"", "a")]);
        (await flow.ErrorAsync("CreateTrigger", request.ToJsonString())).ShouldStartWith(error);
    }

    [Fact]
    public async Task Triggers_AreListedChangedTaggedAndDeleted()
    {
        await flow.TriggerAsync("kept", "\"Type\":\"SCHEDULED\",\"Schedule\":\"cron(0 4 * * ? *)\",\"Description\":\"d\",\"Tags\":{\"team\":\"lake\"}", "c");
        (await flow.ErrorAsync("CreateTrigger", """{"Name":"kept","Type":"ON_DEMAND","Actions":[{"JobName":"c"}]}""")).ShouldBe("AlreadyExistsException: Trigger kept already exists.");
        (await flow.GlueAsync("GetTrigger", """{"Name":"kept"}"""))["Trigger"]!.ToJsonString().ShouldBe(
            """{"Name":"kept","Type":"SCHEDULED","State":"CREATED","Description":"d","Schedule":"cron(0 4 * * ? *)","Actions":[{"JobName":"c"}]}""");
        (await flow.GlueAsync("ListTriggers", """{"Tags":{"team":"lake"}}"""))["TriggerNames"]!.ToJsonString().ShouldBe("""["kept"]""");
        (await flow.GlueAsync("GetTriggers", """{"DependentJobName":"c"}"""))["Triggers"]!.AsArray().Select(one => (string)one!["Name"]!).ShouldContain("kept");
        var batch = await flow.GlueAsync("BatchGetTriggers", """{"TriggerNames":["kept","none"]}""");
        batch["Triggers"]!.AsArray().Count.ShouldBe(1);
        batch["TriggersNotFound"]!.ToJsonString().ShouldBe("""["none"]""");
        (await flow.GlueAsync("GetTags", $$"""{"ResourceArn":"arn:aws:glue:{{TestCloud.Region}}:{{TestCloud.Account}}:trigger/kept"}"""))["Tags"]!.ToJsonString().ShouldBe("""{"team":"lake"}""");

        (await flow.GlueAsync("UpdateTrigger", """{"Name":"kept","TriggerUpdate":{"Schedule":"cron(0 5 * * ? *)","Actions":[{"JobName":"b"}]}}"""))["Trigger"]!.ToJsonString()
            .ShouldBe("""{"Name":"kept","Type":"SCHEDULED","State":"CREATED","Schedule":"cron(0 5 * * ? *)","Actions":[{"JobName":"b"}]}""");
        await flow.GlueAsync("DeleteTrigger", """{"Name":"kept"}""");
        await flow.GlueAsync("DeleteTrigger", """{"Name":"kept"}""");
        (await flow.ErrorAsync("GetTrigger", """{"Name":"kept"}""")).ShouldBe("EntityNotFoundException: Trigger with name: kept not found");
        (await flow.ErrorAsync("StartTrigger", """{"Name":"kept"}""")).ShouldStartWith("EntityNotFoundException");
    }

    [Fact]
    public async Task Conditional_OutsideWorkflows_CountsOnlyRunsOfTriggers()
    {
        await flow.TriggerAsync("alone", "\"Type\":\"ON_DEMAND\"", "a");
        await flow.TriggerAsync("after", FlowCloud.When("AND", "a:SUCCEEDED"), "b");
        var before = (await flow.JobRunsAsync("b")).Count;
        await flow.GlueAsync("StartJobRun", """{"JobName":"a"}""");
        await flow.SettleAsync();
        (await flow.JobRunsAsync("b")).Count.ShouldBe(before);
        await flow.GlueAsync("StartTrigger", """{"Name":"alone"}""");
        await flow.SettleAsync();
        var run = (await flow.JobRunsAsync("b"))[0];
        (await flow.JobRunsAsync("b")).Count.ShouldBe(before + 1);
        ((string)run["TriggerName"]!).ShouldBe("after");
        await flow.GlueAsync("DeleteTrigger", """{"Name":"after"}""");
    }

    [Fact]
    public async Task Scheduled_FallsDueInVirtualTime_WhileItIsActivated()
    {
        await flow.WorkflowAsync("nightly", "", ("\"Type\":\"SCHEDULED\",\"Schedule\":\"cron(0 3 * * ? *)\"", "a"));
        await flow.Cloud.AdvanceAsync(TimeSpan.FromDays(1));
        (await flow.RunsAsync("nightly")).ShouldBeEmpty();
        await flow.GlueAsync("StartTrigger", """{"Name":"nightly-0"}""");
        await flow.Cloud.AdvanceAsync(TimeSpan.FromDays(3));
        var runs = await flow.RunsAsync("nightly");
        runs.Count.ShouldBe(3);
        foreach (var run in runs)
        {
            ((string)run["Status"]!).ShouldBe("COMPLETED");
            DateTimeOffset.FromUnixTimeSeconds((long)(double)run["StartedOn"]!).TimeOfDay.ShouldBe(TimeSpan.FromHours(3));
        }

        await flow.GlueAsync("StopTrigger", """{"Name":"nightly-0"}""");
        await flow.Cloud.AdvanceAsync(TimeSpan.FromDays(1));
        (await flow.RunsAsync("nightly")).Count.ShouldBe(3);
        (await flow.ErrorAsync("StopTrigger", """{"Name":"alone-none"}""")).ShouldStartWith("EntityNotFoundException");
    }

    [Fact]
    public async Task Provisioners_MakeChangeAndDelete()
    {
        var cloud = flow.Cloud;
        var workflow = await cloud.ProvisionAsync("AWS::Glue::Workflow", """{"Name":"made","DefaultRunProperties":{"retain":24},"MaxConcurrentRuns":"1","Tags":{"a":"b"}}""");
        workflow.PhysicalId.ShouldBe("made");
        var (provisioner, context) = (cloud.Provisioner("AWS::Glue::Trigger"), cloud.Context("AWS::Glue::Trigger"));
        var before = JsonNode.Parse("""{"Type":"EVENT","WorkflowName":"made","EventBatchingCondition":{"BatchSize":5,"BatchWindow":900},"Actions":[{"CrawlerName":"logs"}],"Tags":{"a":"b"}}""")!.AsObject();
        provisioner.Check(context, before);
        var trigger = await provisioner.CreateAsync(context, before);
        trigger.PhysicalId.ShouldStartWith("test-Resource-");

        var after = before.DeepClone().AsObject();
        after["EventBatchingCondition"]!["BatchSize"] = 7;
        provisioner.NeedsReplacement(context, before, after).ShouldBeFalse();
        await provisioner.UpdateAsync(context, trigger.PhysicalId, before, after);
        ((int)(await flow.GlueAsync("GetTrigger", $$"""{"Name":"{{trigger.PhysicalId}}"}"""))["Trigger"]!["EventBatchingCondition"]!["BatchSize"]!).ShouldBe(7);
        (await flow.GlueAsync("GetWorkflow", """{"Name":"made"}"""))["Workflow"]!["DefaultRunProperties"]!.ToJsonString().ShouldBe("""{"retain":"24"}""");
        await provisioner.DeleteAsync(context, trigger.PhysicalId, after);
        await cloud.Provisioner("AWS::Glue::Workflow").DeleteAsync(cloud.Context("AWS::Glue::Workflow"), "made", JsonNode.Parse("""{"Name":"made"}""")!.AsObject());
        (await flow.ErrorAsync("GetWorkflow", """{"Name":"made"}""")).ShouldBe("EntityNotFoundException: Entity not found: workflow made");
    }
}
