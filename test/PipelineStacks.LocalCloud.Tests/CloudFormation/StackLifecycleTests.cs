namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class StackLifecycleTests
{
    private const string Pair = """
        Resources:
          First: {Type: Test::Thing, Properties: {Name: first, Value: one}}
          Second: {Type: Test::Thing, Properties: {Value: !GetAtt First.Value}}
        Outputs:
          Arn: {Value: !GetAtt First.Arn}
          Second: {Value: !Ref Second, Description: the second}
        """;

    [Fact]
    public async Task Create_Template_MakesResourcesInOrderAndTellsEachStep()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair);

        (await cloud.StatusAsync("demo")).ShouldBe("CREATE_COMPLETE");
        (await cloud.OutputsAsync("demo")).ShouldBe(new Dictionary<string, string> { ["Arn"] = "arn:thing:first", ["Second"] = "second-1" });
        cloud.Things.Log.ShouldBe(["create first", "create second-1"]);
        (await cloud.EventsAsync("demo")).ShouldBe(
        [
            "CREATE_IN_PROGRESS demo: User Initiated",
            "CREATE_IN_PROGRESS First", "CREATE_IN_PROGRESS First: Resource creation Initiated", "CREATE_COMPLETE First",
            "CREATE_IN_PROGRESS Second", "CREATE_IN_PROGRESS Second: Resource creation Initiated", "CREATE_COMPLETE Second",
            "CREATE_COMPLETE demo",
        ]);
    }

    [Fact]
    public async Task Update_OneValue_ReachesThoseThatUseItAndNobodyElse()
    {
        await using var cloud = await FormationCloud.StartAsync();
        var template = Pair.Replace("Outputs:", "  Third: {Type: Test::Thing, Properties: {Name: third}}\nOutputs:", StringComparison.Ordinal);
        await cloud.CreateAsync("demo", template);
        cloud.Things.Log.Clear();

        await cloud.UpdateAsync("demo", template.Replace("Value: one", "Value: two", StringComparison.Ordinal));

        cloud.Things.Log.ShouldBe(["update first", "update second-1"]);
        cloud.Things.Existing["second-1"].Value.ShouldBe("two");
        (await cloud.EventsAsync("demo")).ShouldBe(
        [
            "UPDATE_IN_PROGRESS demo: User Initiated",
            "UPDATE_IN_PROGRESS First", "UPDATE_COMPLETE First", "UPDATE_IN_PROGRESS Second", "UPDATE_COMPLETE Second",
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS demo", "UPDATE_COMPLETE demo",
        ]);
    }

    [Fact]
    public async Task Update_SameTemplate_IsRefusedAndTouchesNothing()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair);
        cloud.Things.Log.Clear();

        (await Should.ThrowAsync<FormationException>(cloud.UpdateAsync("demo", Pair))).Message.ShouldBe("No updates are to be performed.");
        cloud.Things.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task Update_CreateOnlyProperty_ReplacesAndDeletesTheOldOneLast()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair);
        cloud.Things.Log.Clear();

        await cloud.UpdateAsync("demo", Pair.Replace("Name: first", "Name: renamed", StringComparison.Ordinal));

        cloud.Things.Log.ShouldBe(["create renamed", "delete first"]);
        (await cloud.OutputsAsync("demo"))["Arn"].ShouldBe("arn:thing:renamed");
        (await cloud.EventsAsync("demo")).ShouldBe(
        [
            "UPDATE_IN_PROGRESS demo: User Initiated",
            "UPDATE_IN_PROGRESS First: Requested update requires the creation of a new physical resource; hence creating one.",
            "UPDATE_IN_PROGRESS First: Resource creation Initiated", "UPDATE_COMPLETE First",
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS demo", "DELETE_IN_PROGRESS First", "DELETE_COMPLETE First", "UPDATE_COMPLETE demo",
        ]);
    }

    [Theory]
    [InlineData("", "", "create renamed|delete first|delete other")]
    [InlineData(", UpdateReplacePolicy: Retain", "", "create renamed|delete other")]
    [InlineData(", DeletionPolicy: Retain", ", DeletionPolicy: Retain", "create renamed|delete first")]
    [InlineData("", ", DeletionPolicy: RetainExceptOnCreate", "create renamed|delete first")]
    public async Task Update_Policies_DecideWhatIsKept(string first, string other, string log)
    {
        await using var cloud = await FormationCloud.StartAsync();
        var template = $"Resources:\n  First: {{Type: Test::Thing, Properties: {{Name: first}}{first}}}\n";
        await cloud.CreateAsync("demo", $"{template}  Other: {{Type: Test::Thing, Properties: {{Name: other}}{other}}}");
        cloud.Things.Log.Clear();

        await cloud.UpdateAsync("demo", template.Replace("Name: first", "Name: renamed", StringComparison.Ordinal));

        // What left the stack goes in the reverse of the order it came in.
        cloud.Things.Log.Order(StringComparer.Ordinal).ShouldBe(log.Split('|'));
    }

    [Fact]
    public async Task Delete_Stack_DeletesDependentsFirstAndIsKnownByItsIdOnly()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair.Replace("Value: one}}", "Value: one}, DeletionPolicy: Retain}", StringComparison.Ordinal));
        var id = FormationCloud.Text(await cloud.StackAsync("demo"), "StackId")!;
        cloud.Things.Log.Clear();

        await cloud.DeleteAsync("demo");

        cloud.Things.Log.ShouldBe(["delete second-1"]);
        (await Should.ThrowAsync<FormationException>(cloud.StackAsync("demo"))).Message.ShouldBe("Stack with id demo does not exist");
        (await cloud.StatusAsync(id)).ShouldBe("DELETE_COMPLETE");
        (await cloud.EventsAsync(id)).ShouldBe(
        [
            "DELETE_IN_PROGRESS demo: User Initiated", "DELETE_IN_PROGRESS Second", "DELETE_COMPLETE Second", "DELETE_SKIPPED First", "DELETE_COMPLETE demo",
        ]);
        await cloud.DeleteAsync("demo");
    }

    [Fact]
    public async Task Delete_ResourceThatCantBeDeleted_KeepsWhatItDependsOnAndTriesAgain()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair.Replace("Outputs:", "  Third: {Type: Test::Thing, Properties: {Name: third}}\nOutputs:", StringComparison.Ordinal));
        cloud.Things.Stuck["second-1"] = true;
        cloud.Things.Log.Clear();

        await cloud.DeleteAsync("demo");
        (await cloud.StatusAsync("demo")).ShouldBe("DELETE_FAILED The following resource(s) failed to delete: [Second].");
        (await cloud.EventsAsync("demo")).ShouldContain(line => line.StartsWith("DELETE_FAILED Second: Resource handler returned message: \"second-1 is not empty.\"", StringComparison.Ordinal));
        cloud.Things.Log.ShouldBe(["delete third"]);

        cloud.Things.Stuck.Clear();
        await cloud.DeleteAsync("demo");
        cloud.Things.Log.ShouldBe(["delete third", "delete second-1", "delete first"]);
    }

    [Fact]
    public async Task Delete_StackWithTerminationProtection_IsRefused()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair, ("EnableTerminationProtection", "true"));
        (await Should.ThrowAsync<FormationException>(cloud.DeleteAsync("demo"))).Message
            .ShouldBe("Stack [demo] cannot be deleted while TerminationProtection is enabled");

        await cloud.CallAsync("UpdateTerminationProtection", ("StackName", "demo"), ("EnableTerminationProtection", "false"));
        await cloud.DeleteAsync("demo");
        cloud.Things.Existing.ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_TemplateWithSeveralFaults_NamesThemAllAndTouchesNothing()
    {
        await using var cloud = await FormationCloud.StartAsync();
        var error = await Should.ThrowAsync<FormationException>(cloud.CreateAsync("demo", """
            Resources:
              Good: {Type: Test::Thing}
              Unknown: {Type: AWS::AppStream::Fleet, Properties: {Handler: x}}
              Wrong: {Type: Test::Thing, Properties: {Colour: red, Part: {Key: a, Weight: 1}, Parts: [{Key: a}, {Shape: b}]}}
              Invalid: {Type: Test::Thing, Properties: {Value: invalid}}
              Kept: {Type: Test::Thing, DeletionPolicy: Snapshot}
              Number: {Type: Test::Thing, Properties: {Size: large}}
            """));

        error.Message.ShouldBe("""
            Nothing was changed. The template can't be deployed to the local cloud:
              Unknown (AWS::AppStream::Fleet): the resource type is not supported by the local cloud.
              Wrong (Test::Thing): the property Colour is not supported by the local cloud.
              Wrong (Test::Thing): the property Part.Weight is not supported by the local cloud.
              Wrong (Test::Thing): the property Parts.Shape is not supported by the local cloud.
              Invalid (Test::Thing): Value must not be invalid.
              Kept (Test::Thing): the resource type does not support deletion policy Snapshot.
              Number (Test::Thing): the value of Size is of the wrong type or malformed.
            """);
        cloud.Things.Log.ShouldBeEmpty();
        (await Should.ThrowAsync<FormationException>(cloud.StackAsync("demo"))).Message.ShouldBe("Stack with id demo does not exist");
    }

    [Fact]
    public async Task Create_NameInUse_IsRefused()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair);
        var error = await Should.ThrowAsync<FormationException>(cloud.CreateAsync("demo", Pair));
        (error.Code, error.Message).ShouldBe(("AlreadyExistsException", "Stack [demo] already exists"));
    }

    [Theory]
    [InlineData("1demo")]
    [InlineData("de_mo")]
    public async Task Create_MalformedName_IsRefused(string name)
    {
        await using var cloud = await FormationCloud.StartAsync();
        (await Should.ThrowAsync<FormationException>(cloud.CreateAsync(name, Pair))).Message.ShouldContain("[a-zA-Z][-a-zA-Z0-9]*");
    }

    [Fact]
    public async Task Update_ResourceOfAnotherType_IsRefused()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair);
        (await Should.ThrowAsync<FormationException>(cloud.UpdateAsync("demo", """
            Resources:
              First: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: x}}
            """))).Message.ShouldBe("Update of resource type is not permitted. The new template modifies resource type of the following resources: [First]");
    }

    [Fact]
    public async Task Parameter_NoEcho_IsShownNowhere()
    {
        await using var cloud = await FormationCloud.StartAsync();
        const string Secret = """
            Parameters: {Secret: {Type: String, NoEcho: true}}
            Resources: {First: {Type: Test::Thing, Properties: {Name: first, Value: !Sub 'is ${Secret}'}}}
            """;
        await cloud.CreateAsync("demo", Secret, ("Parameters.member.1.ParameterKey", "Secret"), ("Parameters.member.1.ParameterValue", "hush"));

        cloud.Things.Existing["first"].Value.ShouldBe("is hush");
        FormationCloud.Text(await cloud.StackAsync("demo"), "ParameterValue").ShouldBe("****");
        var events = await cloud.CallAsync("DescribeStackEvents", ("StackName", "demo"));
        events.Value.ShouldContain("is ****");
        events.Value.ShouldNotContain("hush");
    }

    [Fact]
    public async Task Events_OfALongHistory_ComeInPagesNewestFirst()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Pair);
        for (var i = 0; i < 30; i++)
            await cloud.UpdateAsync("demo", Pair.Replace("Value: one", $"Value: v{i}", StringComparison.Ordinal));

        var ids = new List<string>();
        string? token = null;
        do
        {
            var page = await cloud.CallAsync("DescribeStackEvents", token is null ? [("StackName", "demo")] : [("StackName", "demo"), ("NextToken", token)]);
            var events = FormationCloud.Members(page, "StackEvents").ToList();
            events.Count.ShouldBeInRange(1, 100);
            ids.AddRange(events.Select(one => FormationCloud.Text(one, "Timestamp")!));
            token = page.Elements().FirstOrDefault(element => element.Name.LocalName == "NextToken")?.Value;
        }
        while (token is not null);

        ids.Count.ShouldBe(8 + (30 * 7));
        ids.ShouldBe(ids.OrderDescending(StringComparer.Ordinal));
        ids.ShouldBeUnique();
    }
}
