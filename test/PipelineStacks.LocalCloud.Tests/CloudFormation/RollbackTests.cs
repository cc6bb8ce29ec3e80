namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class RollbackTests
{
    private const string Template = """
        Resources:
          First: {Type: Test::Thing, Properties: {Name: first, Value: one}}
          Second: {Type: Test::Thing, DependsOn: First, Properties: {Name: second, Value: two}}
          Third: {Type: Test::Thing, DependsOn: Second, Properties: {Name: third, Value: three}}
        """;

    [Fact]
    public async Task Create_Failing_DeletesWhatWasMade()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template.Replace("Value: three", "Value: fail-create", StringComparison.Ordinal));

        (await cloud.StatusAsync("demo")).ShouldBe("ROLLBACK_COMPLETE");
        cloud.Things.Log.ShouldBe(["create first", "create second", "delete second", "delete first"]);
        var events = await cloud.EventsAsync("demo");
        events.Single(line => line.StartsWith("CREATE_FAILED Third", StringComparison.Ordinal)).ShouldMatch(
            "CREATE_FAILED Third: Resource handler returned message: \"The value fail-create was asked for.\" \\(RequestToken: .{36}, HandlerErrorCode: InvalidRequest\\)");
        events.SkipWhile(line => !line.StartsWith("ROLLBACK_IN_PROGRESS", StringComparison.Ordinal)).ShouldBe(
        [
            "ROLLBACK_IN_PROGRESS demo: The following resource(s) failed to create: [Third]. Rollback requested by user.",
            "DELETE_COMPLETE Third", "DELETE_IN_PROGRESS Second", "DELETE_COMPLETE Second", "DELETE_IN_PROGRESS First", "DELETE_COMPLETE First",
            "ROLLBACK_COMPLETE demo",
        ]);
        (await Should.ThrowAsync<FormationException>(cloud.UpdateAsync("demo", Template))).Message.ShouldContain("is in ROLLBACK_COMPLETE state and can not be updated.");
        await cloud.DeleteAsync("demo");
        await cloud.CreateAsync("demo", Template);
        (await cloud.StatusAsync("demo")).ShouldBe("CREATE_COMPLETE");
    }

    [Theory]
    [InlineData("Retain", "", "first")]
    [InlineData("Retain", "true", "")]
    [InlineData("RetainExceptOnCreate", "", "")]
    public async Task Create_Failing_KeepsWhatTheTemplateRetains(string policy, string retainExceptOnCreate, string kept)
    {
        await using var cloud = await FormationCloud.StartAsync();
        var template = Template.Replace("Value: one}", $"Value: one}}, DeletionPolicy: {policy}", StringComparison.Ordinal)
            .Replace("Value: three", "Value: fail-create", StringComparison.Ordinal);
        await cloud.CreateAsync("demo", template, retainExceptOnCreate.Length == 0 ? [] : [("RetainExceptOnCreate", retainExceptOnCreate)]);
        string.Join(' ', cloud.Things.Existing.Keys).ShouldBe(kept);
    }

    [Fact]
    public async Task Create_FailingWithoutRollback_StaysAsItIsAndGoesOnFromThere()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template.Replace("Value: three", "Value: fail-create", StringComparison.Ordinal), ("DisableRollback", "true"));
        (await cloud.StatusAsync("demo")).ShouldBe("CREATE_FAILED The following resource(s) failed to create: [Third].");

        await cloud.UpdateAsync("demo", Template);
        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_COMPLETE");
        cloud.Things.Log.ShouldBe(["create first", "create second", "create third"]);
    }

    [Fact]
    public async Task Create_FailingWithoutRollback_IsRolledBackOnDemand()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template.Replace("Value: three", "Value: fail-create", StringComparison.Ordinal), ("OnFailure", "DO_NOTHING"));
        await cloud.CallAsync("RollbackStack", ("StackName", "demo"));
        (await cloud.StatusAsync("demo")).ShouldBe("ROLLBACK_COMPLETE");
        cloud.Things.Existing.ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_FailingOnFailureDelete_LeavesNoStack()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template.Replace("Value: three", "Value: fail-create", StringComparison.Ordinal), ("OnFailure", "DELETE"));
        (await Should.ThrowAsync<FormationException>(cloud.StackAsync("demo"))).Message.ShouldBe("Stack with id demo does not exist");
        cloud.Things.Existing.ShouldBeEmpty();
    }

    [Fact]
    public async Task Update_Failing_RestoresEveryResourceAndTellsTheReason()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template + "\nOutputs: {First: {Value: !GetAtt First.Value}}");
        cloud.Things.Log.Clear();

        await cloud.UpdateAsync("demo", """
            Resources:
              First: {Type: Test::Thing, Properties: {Name: first, Value: changed}}
              Second: {Type: Test::Thing, DependsOn: First, Properties: {Name: replaced, Value: two}}
              New: {Type: Test::Thing, DependsOn: Second, Properties: {Name: new}}
              Third: {Type: Test::Thing, DependsOn: New, Properties: {Name: third, Value: fail-update}}
            """);

        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_ROLLBACK_COMPLETE");
        cloud.Things.Log.ShouldBe(["update first", "create replaced", "create new", "update first", "update third", "delete new", "delete replaced"]);
        cloud.Things.Existing.ToDictionary(thing => thing.Key, thing => thing.Value.Value)
            .ShouldBe(new Dictionary<string, string?> { ["first"] = "one", ["second"] = "two", ["third"] = "three" }, ignoreOrder: true);
        (await cloud.OutputsAsync("demo"))["First"].ShouldBe("one");
        var events = await cloud.EventsAsync("demo");
        events.SkipWhile(line => !line.StartsWith("UPDATE_FAILED", StringComparison.Ordinal)).Skip(1).ShouldBe(
        [
            "UPDATE_ROLLBACK_IN_PROGRESS demo: The following resource(s) failed to update: [Third].",
            "UPDATE_IN_PROGRESS First", "UPDATE_COMPLETE First", "UPDATE_IN_PROGRESS Second", "UPDATE_COMPLETE Second",
            "UPDATE_IN_PROGRESS Third", "UPDATE_COMPLETE Third",
            "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS demo",
            "DELETE_IN_PROGRESS New", "DELETE_COMPLETE New", "DELETE_IN_PROGRESS Second", "DELETE_COMPLETE Second",
            "UPDATE_ROLLBACK_COMPLETE demo",
        ]);

        // The template that counts is the old one again: with it there is nothing to do.
        (await Should.ThrowAsync<FormationException>(cloud.UpdateAsync("demo", Template + "\nOutputs: {First: {Value: !GetAtt First.Value}}")))
            .Message.ShouldBe("No updates are to be performed.");
    }

    [Fact]
    public async Task Update_FailingWithoutRollback_IsRolledBackOnDemand()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template);
        await cloud.UpdateAsync("demo", Template.Replace("Value: one", "Value: changed", StringComparison.Ordinal)
            .Replace("Value: three", "Value: fail-update", StringComparison.Ordinal), ("DisableRollback", "true"));
        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_FAILED The following resource(s) failed to update: [Third].");
        cloud.Things.Existing["first"].Value.ShouldBe("changed");

        await cloud.CallAsync("RollbackStack", ("StackName", "demo"));
        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_ROLLBACK_COMPLETE");
        cloud.Things.Existing["first"].Value.ShouldBe("one");
    }

    [Fact]
    public async Task Update_FailedTwiceWithoutRollback_ReturnsToWhatWasThereBeforeBoth()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template);
        var failing = Template.Replace("Value: three", "Value: fail-update", StringComparison.Ordinal);
        await cloud.UpdateAsync("demo", failing.Replace("Name: first", "Name: one", StringComparison.Ordinal), ("DisableRollback", "true"));
        await cloud.UpdateAsync("demo", failing.Replace("Name: first", "Name: two", StringComparison.Ordinal));

        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_ROLLBACK_COMPLETE");
        cloud.Things.Existing.Keys.Order(StringComparer.Ordinal).ShouldBe(["first", "second", "third"]);
    }

    [Fact]
    public async Task Rollback_ThatFailsItself_IsContinuedWhenTheCauseIsGone()
    {
        await using var cloud = await FormationCloud.StartAsync();
        var template = Template.Replace("Value: one", "Value: fail-update", StringComparison.Ordinal);
        await cloud.CreateAsync("demo", template);
        await cloud.UpdateAsync("demo", template.Replace("fail-update", "fine", StringComparison.Ordinal).Replace("Value: three", "Value: fail-update", StringComparison.Ordinal));
        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_ROLLBACK_FAILED The following resource(s) failed to update: [First, Third].");

        await cloud.CallAsync("ContinueUpdateRollback", ("StackName", "demo"), ("ResourcesToSkip.member.1", "First"));
        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_ROLLBACK_COMPLETE");
    }

    [Fact]
    public async Task Update_ReplacingANamedResourceByItsOwnName_SaysWhatToDo()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("other", "Resources: {Taken: {Type: Test::Thing, Properties: {Name: taken}}}");
        await cloud.CreateAsync("demo", Template);
        await cloud.UpdateAsync("demo", Template.Replace("Name: third", "Name: taken", StringComparison.Ordinal));
        (await cloud.EventsAsync("demo")).ShouldContain("UPDATE_FAILED Third: CloudFormation cannot update a stack when a custom-named resource "
            + "requires replacing. Rename third and update the stack again.");
        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_ROLLBACK_COMPLETE");
    }
}
