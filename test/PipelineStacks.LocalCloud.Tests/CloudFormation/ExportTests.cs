namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class ExportTests
{
    private const string Owner = """
        Resources: {First: {Type: Test::Thing, Properties: {Name: first}}}
        Outputs: {Name: {Value: !Ref First, Export: {Name: !Sub '${AWS::StackName}:Name'}}}
        """;

    private const string User = """
        Resources: {Second: {Type: Test::Thing, Properties: {Value: !ImportValue owner:Name}}}
        """;

    [Fact]
    public async Task Import_ExportOfAnotherStack_IsItsValueAndListed()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("owner", Owner);
        await cloud.CreateAsync("user", User);

        cloud.Things.Existing["second-1"].Value.ShouldBe("first");
        FormationCloud.Text(await cloud.CallAsync("ListExports"), "Name").ShouldBe("owner:Name");
        (await cloud.CallAsync("ListImports", ("ExportName", "owner:Name"))).Value.ShouldBe("user");
    }

    [Fact]
    public async Task Import_UnknownExport_IsRefusedBeforeAnythingIsMade()
    {
        await using var cloud = await FormationCloud.StartAsync();
        (await Should.ThrowAsync<FormationException>(cloud.CreateAsync("user", User))).Message.ShouldBe("No export named owner:Name found");
        cloud.Things.Log.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Outputs: {Name: {Value: !Ref First, Export: {Name: !Sub '${AWS::StackName}:Name'}}}", "", "Export owner:Name cannot be deleted as it is in use by user.")]
    [InlineData("Name: first", "Name: renamed", "Export owner:Name cannot be updated as it is in use by user.")]
    public async Task Update_ExportInUse_IsRolledBack(string before, string after, string reason)
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("owner", Owner);
        await cloud.CreateAsync("user", User);

        await cloud.UpdateAsync("owner", Owner.Replace(before, after, StringComparison.Ordinal));

        (await cloud.StatusAsync("owner")).ShouldBe("UPDATE_ROLLBACK_COMPLETE");
        (await cloud.EventsAsync("owner")).ShouldContain($"UPDATE_ROLLBACK_IN_PROGRESS owner: {reason}");
        cloud.Things.Existing.ContainsKey("first").ShouldBeTrue();
        (await cloud.OutputsAsync("owner"))["Name"].ShouldBe("first");
    }

    [Fact]
    public async Task Delete_ExportInUse_IsCancelledUntilNobodyUsesIt()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("owner", Owner);
        await cloud.CreateAsync("user", User);

        await cloud.DeleteAsync("owner");
        (await cloud.StatusAsync("owner")).ShouldBe("CREATE_COMPLETE Delete canceled. Cannot delete export owner:Name as it is in use by user.");

        await cloud.DeleteAsync("user");
        await cloud.DeleteAsync("owner");
        cloud.Things.Existing.ShouldBeEmpty();
        (await Should.ThrowAsync<FormationException>(cloud.CallAsync("ListImports", ("ExportName", "owner:Name")))).Message
            .ShouldBe("Export 'owner:Name' is not imported by any stack.");
    }

    [Fact]
    public async Task Create_ExportNameOfAnotherStack_IsRolledBack()
    {
        await using var cloud = await FormationCloud.StartAsync();
        await cloud.CreateAsync("owner", Owner);
        await cloud.CreateAsync("thief", Owner.Replace("first", "other", StringComparison.Ordinal).Replace("${AWS::StackName}", "owner", StringComparison.Ordinal));
        (await cloud.StatusAsync("thief")).ShouldBe("ROLLBACK_COMPLETE");
        (await cloud.EventsAsync("thief")).ShouldContain(
            "ROLLBACK_IN_PROGRESS thief: Export with name owner:Name is already exported by stack owner. Rollback requested by user.");
        cloud.Things.Existing.Keys.ShouldBe(["first"]);
    }
}
