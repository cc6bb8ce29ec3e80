namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class ChangeSetTests
{
    private const string Template = """
        Parameters: {Size: {Type: Number, Default: 1}}
        Resources:
          First: {Type: Test::Thing, Properties: {Name: first, Value: one}}
          Second: {Type: Test::Thing, Properties: {Value: !GetAtt First.Value, Size: !Ref Size}, Metadata: {path: a}}
          Third: {Type: Test::Thing, Properties: {Name: !Sub 'of-${First}'}}
        """;

    [Theory]
    // what changes | action resource replacement scope: property evaluation source
    [InlineData("Value: one", "Value: two", "Modify First False: Value Static DirectModification|Modify Second False: Value Dynamic ResourceAttribute First.Value")]
    [InlineData("Name: first", "Name: other",
        "Modify First True: Name Static DirectModification|Modify Second False: Value Dynamic ResourceAttribute First.Value|Modify Third Conditional: Name Dynamic ResourceReference First")]
    [InlineData("Default: 1", "Default: 2", "Modify Second False: Size Static ParameterReference Size")]
    [InlineData("path: a", "path: b", "Modify Second False: Metadata Static DirectModification")]
    [InlineData("Metadata: {path: a}", "Metadata: {path: a}, DeletionPolicy: Retain", "Modify Second False: DeletionPolicy Static DirectModification")]
    [InlineData("  Third: {Type: Test::Thing, Properties: {Name: !Sub 'of-${First}'}}", "", "Remove Third")]
    [InlineData("Resources:", "Resources:\n  New: {Type: Test::Thing}", "Add New")]
    public async Task ChangeSet_OneDifference_ShowsWhatItChangesAndWhy(string before, string after, string changes)
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template);
        await CreateAsync(cloud, "UPDATE", Template.Replace(before, after, StringComparison.Ordinal));

        (await ChangesAsync(cloud)).ShouldBe(changes.Split('|'));
        await cloud.CallAsync("ExecuteChangeSet", ("StackName", "demo"), ("ChangeSetName", "changes"));
        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_COMPLETE");
    }

    [Theory]
    [InlineData("Delete", "Delete", "ReplaceAndDelete", "Delete")]
    [InlineData("Retain", "Retain", "ReplaceAndRetain", "Retain")]
    public async Task ChangeSet_Policies_ShowWhatBecomesOfTheOldResource(string replacing, string deleting, string replaced, string removed)
    {
        await using var cloud = await FormationCloud.StartAsync();
        var first = $"Resources:\n  First: {{Type: Test::Thing, UpdateReplacePolicy: {replacing}, Properties: {{Name: first}}}}\n";
        await cloud.CreateAsync("demo", $"{first}  Second: {{Type: Test::Thing, DeletionPolicy: {deleting}}}");
        await CreateAsync(cloud, "UPDATE", first.Replace("Name: first", "Name: other", StringComparison.Ordinal));
        var described = await DescribeAsync(cloud);
        FormationCloud.Members(described, "Changes").Select(change => FormationCloud.Text(change, "PolicyAction")).ShouldBe([replaced, removed]);
    }

    [Fact]
    public async Task ChangeSet_WithoutChanges_FailsInAwsWords()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template);
        await CreateAsync(cloud, "UPDATE", Template);

        var described = await DescribeAsync(cloud);
        FormationCloud.Text(described, "Status").ShouldBe("FAILED");
        FormationCloud.Text(described, "ExecutionStatus").ShouldBe("UNAVAILABLE");
        FormationCloud.Text(described, "StatusReason").ShouldBe("The submitted information didn't contain changes. Submit different information to create a change set.");
        (await Should.ThrowAsync<FormationException>(cloud.CallAsync("ExecuteChangeSet", ("StackName", "demo"), ("ChangeSetName", "changes"))))
            .Code.ShouldBe("InvalidChangeSetStatus");
    }

    [Theory]
    [InlineData("Outputs: {O: {Value: x}}", "")]
    [InlineData("", "team")]
    public async Task ChangeSet_OutputsOrTagsOnly_IsExecutedWithoutTouchingResources(string outputs, string tag)
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template);
        cloud.Things.Log.Clear();
        await CreateAsync(cloud, "UPDATE", $"{Template}\n{outputs}", tag.Length == 0 ? [] : [("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "data")]);
        (await ChangesAsync(cloud)).ShouldBeEmpty();
        await cloud.CallAsync("ExecuteChangeSet", ("StackName", "demo"), ("ChangeSetName", "changes"));

        (await cloud.StatusAsync("demo")).ShouldBe("UPDATE_COMPLETE");
        cloud.Things.Log.ShouldBeEmpty();
        var stack = await cloud.StackAsync("demo");
        FormationCloud.Members(stack, "Tags").Select(one => FormationCloud.Text(one, "Value")).ShouldBe(tag.Length == 0 ? [] : ["data"]);
        (await cloud.OutputsAsync("demo")).Count.ShouldBe(outputs.Length == 0 ? 0 : 1);
    }

    [Fact]
    public async Task ChangeSet_OfANewStack_IsReviewedExecutedAndGone()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await CreateAsync(cloud, "CREATE", Template);
        (await cloud.StatusAsync("demo")).ShouldBe("REVIEW_IN_PROGRESS User Initiated");
        (await ChangesAsync(cloud)).ShouldBe(["Add First", "Add Second", "Add Third"]);
        cloud.Things.Log.ShouldBeEmpty();

        await cloud.CallAsync("ExecuteChangeSet", ("StackName", "demo"), ("ChangeSetName", "changes"));
        (await cloud.StatusAsync("demo")).ShouldBe("CREATE_COMPLETE");
        (await Should.ThrowAsync<FormationException>(DescribeAsync(cloud))).Code.ShouldBe("ChangeSetNotFound");
        (await Should.ThrowAsync<FormationException>(CreateAsync(cloud, "CREATE", Template))).Message
            .ShouldBe("Stack [demo] already exists and cannot be created again with the changeSet [changes].");
    }

    [Fact]
    public async Task ChangeSet_Deleted_ChangesNothing()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await CreateAsync(cloud, "CREATE", Template);
        await cloud.CallAsync("DeleteChangeSet", ("StackName", "demo"), ("ChangeSetName", "changes"));
        await cloud.CallAsync("DeleteChangeSet", ("StackName", "demo"), ("ChangeSetName", "changes"));
        FormationCloud.Members(await cloud.CallAsync("ListChangeSets", ("StackName", "demo")), "Summaries").ShouldBeEmpty();
        await cloud.DeleteAsync("demo");
        cloud.Things.Log.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("IMPORT", "The change set type IMPORT")]
    [InlineData("NONE", "The change set type NONE")]
    public async Task ChangeSet_UnsupportedType_IsRefusedByName(string type, string what)
    {
        await using var cloud = await FormationCloud.StartAsync();
        (await Should.ThrowAsync<FormationException>(CreateAsync(cloud, type, Template))).Message.ShouldContain(what);
    }

    [Fact]
    public async Task ChangeSet_UsingThePreviousTemplateAndValues_ChangesTheRestOnly()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("demo", Template, ("Parameters.member.1.ParameterKey", "Size"), ("Parameters.member.1.ParameterValue", "7"));
        await cloud.CallAsync("CreateChangeSet", ("StackName", "demo"), ("ChangeSetName", "changes"), ("UsePreviousTemplate", "true"),
            ("Parameters.member.1.ParameterKey", "Size"), ("Parameters.member.1.UsePreviousValue", "true"), ("Capabilities", ""));
        FormationCloud.Text(await DescribeAsync(cloud), "Status").ShouldBe("FAILED");
        (await cloud.StackAsync("demo")).Value.ShouldContain("Size7");
    }

    private static Task<System.Xml.Linq.XElement> CreateAsync(FormationCloud cloud, string type, string template, params (string, string)[] more) => cloud.CallAsync(
        "CreateChangeSet", [("StackName", "demo"), ("ChangeSetName", "changes"), ("ChangeSetType", type), ("TemplateBody", template), .. more]);

    private static Task<System.Xml.Linq.XElement> DescribeAsync(FormationCloud cloud) =>
        cloud.CallAsync("DescribeChangeSet", ("StackName", "demo"), ("ChangeSetName", "changes"));

    private static async Task<IEnumerable<string>> ChangesAsync(FormationCloud cloud) =>
        FormationCloud.Members(await DescribeAsync(cloud), "Changes").Select(change =>
        {
            var details = FormationCloud.Members(change.Elements().Single(element => element.Name.LocalName == "ResourceChange"), "Details").Select(detail =>
                $"{FormationCloud.Text(detail, "Name") ?? FormationCloud.Text(detail, "Attribute")} {FormationCloud.Text(detail, "Evaluation")} "
                + $"{FormationCloud.Text(detail, "ChangeSource")} {FormationCloud.Text(detail, "CausingEntity")}".TrimEnd());
            var head = $"{FormationCloud.Text(change, "Action")} {FormationCloud.Text(change, "LogicalResourceId")} {FormationCloud.Text(change, "Replacement")}".TrimEnd();
            return string.Join(", ", details) is { Length: > 0 } all ? $"{head}: {all}" : head;
        });
}
