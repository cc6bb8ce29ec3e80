using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Cdk;

/// <summary>The CLI prints what it does to the error stream.</summary>
internal static class CdkResults
{
    public static string Printed(this ToolResult result) => result.Succeeded() + result.Error;

    /// <summary>What a command printed that must have failed.</summary>
    public static string Refused(this ToolResult result)
    {
        result.ExitCode.ShouldBe(1, $"{result.Command}\n{result.Output}\n{result.Error}");
        return result.Output + result.Error;
    }
}

/// <summary>The real CDK CLI against a local cloud in a process of its own.</summary>
public sealed class CdkTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    private const string Template = """
        {
          "Resources": {
            "Level": { "Type": "AWS::SSM::Parameter", "Properties": { "Type": "String", "Value": "one" } },
            "Copy": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "/NAME/copy", "Type": "String", "Value": { "Fn::GetAtt": ["Level", "Value"] } } }
          },
          "Outputs": { "Copy": { "Value": { "Ref": "Copy" }, "Export": { "Name": "NAME:Copy" } } }
        }
        """;

    [Fact]
    public async Task Deploy_CreateNoOpUpdateAndDestroy_DoWhatTheyPrint()
    {
        using var assembly = new CloudAssembly().With("life", Template.Replace("NAME", "life", StringComparison.Ordinal));
        (await DeployAsync(assembly, "life")).Printed().ShouldContain("life.Copy = /life/copy");
        (await ValueAsync("/life/copy")).ShouldBe("one");

        (await DeployAsync(assembly, "life")).Printed().ShouldContain("(no changes)");

        assembly.With("life", Template.Replace("NAME", "life", StringComparison.Ordinal).Replace("\"one\"", "\"two\"", StringComparison.Ordinal));
        var diff = (await CdkAsync(assembly, "diff", "life")).Printed();
        diff.ShouldContain("[+] two");
        diff.ShouldContain("Number of stacks with differences: 1");
        (await DeployAsync(assembly, "life")).Printed().ShouldContain("UPDATE_COMPLETE");
        (await ValueAsync("/life/copy")).ShouldBe("two");
        (await CdkAsync(assembly, "diff", "life")).Printed().ShouldContain("Number of stacks with differences: 0");

        (await CdkAsync(assembly, "destroy", "life", "--force")).Succeeded();
        (await cloud.AwsAsync("ssm", "get-parameter", "--name", "/life/copy")).Error.ShouldContain("ParameterNotFound");
    }

    [Fact]
    public async Task Deploy_UpdateThatFails_IsRolledBackAndPrintsTheReason()
    {
        var template = Template.Replace("NAME", "failing", StringComparison.Ordinal);
        using var assembly = new CloudAssembly().With("failing", template);
        (await DeployAsync(assembly, "failing")).Succeeded();
        (await cloud.AwsAsync("ssm", "put-parameter", "--name", "/taken", "--type", "String", "--value", "x")).Succeeded();

        assembly.With("failing", template.Replace("\"one\"", "\"two\"", StringComparison.Ordinal).Replace("\"Resources\": {",
            """ "Resources": { "Taken": { "Type": "AWS::SSM::Parameter", "DependsOn": "Copy", "Properties": { "Name": "/taken", "Type": "String", "Value": "y" } },""",
            StringComparison.Ordinal));
        var failed = (await DeployAsync(assembly, "failing")).Refused();
        failed.ShouldContain("UPDATE_ROLLBACK_COMPLETE");
        failed.ShouldContain("The parameter already exists.");
        (await ValueAsync("/failing/copy")).ShouldBe("one");
    }

    [Fact]
    public async Task Deploy_CreationThatFails_IsRolledBackAndDeployedAfresh()
    {
        var template = Template.Replace("NAME", "afresh", StringComparison.Ordinal);
        (await cloud.AwsAsync("ssm", "put-parameter", "--name", "/afresh/copy", "--type", "String", "--value", "x")).Succeeded();
        using var assembly = new CloudAssembly().With("afresh", template);
        var failed = (await DeployAsync(assembly, "afresh")).Refused();
        failed.ShouldContain("ROLLBACK_COMPLETE");
        failed.ShouldContain("The parameter already exists.");

        (await cloud.AwsAsync("ssm", "delete-parameter", "--name", "/afresh/copy")).Succeeded();
        (await DeployAsync(assembly, "afresh")).Printed().ShouldContain("afresh.Copy = /afresh/copy");
    }

    [Fact]
    public async Task Deploy_FailingWithoutRollback_IsRolledBackByTheCli()
    {
        var template = Template.Replace("NAME", "paused", StringComparison.Ordinal);
        using var assembly = new CloudAssembly().With("paused", template);
        (await DeployAsync(assembly, "paused")).Succeeded();
        assembly.With("paused", template.Replace("\"one\"", "\"two\"", StringComparison.Ordinal).Replace("\"Resources\": {",
            """ "Resources": { "Taken": { "Type": "AWS::SSM::Parameter", "DependsOn": "Copy", "Properties": { "Name": "/cdk-taken", "Type": "String", "Value": "y" } },""",
            StringComparison.Ordinal));
        (await cloud.AwsAsync("ssm", "put-parameter", "--name", "/cdk-taken", "--type", "String", "--value", "x")).Succeeded();

        (await DeployAsync(assembly, "paused", "--no-rollback")).Refused();
        (await ValueAsync("/paused/copy")).ShouldBe("two");
        (await CdkAsync(assembly, "rollback", "paused")).Succeeded();
        (await ValueAsync("/paused/copy")).ShouldBe("one");
    }

    [Fact]
    public async Task Deploy_UnsupportedTemplate_NamesAllOfItAndChangesNothing()
    {
        using var assembly = new CloudAssembly().With("strange", """
            { "Resources": {
              "Good": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "/strange", "Type": "String", "Value": "x" } },
              "Fleet": { "Type": "AWS::AppStream::Fleet", "Properties": {} },
              "Odd": { "Type": "AWS::SSM::Parameter", "Properties": { "Type": "String", "Value": "x", "Policies": "[]" } } } }
            """);
        var failed = (await DeployAsync(assembly, "strange")).Refused();
        failed.ShouldContain("Fleet (AWS::AppStream::Fleet): the resource type is not supported by the local cloud.");
        failed.ShouldContain("Odd (AWS::SSM::Parameter): the property Policies is not supported by the local cloud.");
        (await cloud.AwsAsync("ssm", "get-parameter", "--name", "/strange")).Error.ShouldContain("ParameterNotFound");
        (await cloud.AwsAsync("cloudformation", "describe-stacks", "--stack-name", "strange")).Error.ShouldContain("Stack with id strange does not exist");
    }

    [Fact]
    public async Task Destroy_ExportInUse_IsRefusedUntilItsUserIsGone()
    {
        using var assembly = new CloudAssembly()
            .With("owner", Template.Replace("NAME", "owner", StringComparison.Ordinal))
            .With("user", """
                { "Resources": { "Import": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "/user", "Type": "String", "Value": { "Fn::ImportValue": "owner:Copy" } } } } }
                """, dependsOn: "owner");
        (await DeployAsync(assembly, "--all")).Succeeded();
        (await ValueAsync("/user")).ShouldBe("/owner/copy");

        (await CdkAsync(assembly, "destroy", "owner", "--exclusively", "--force")).Refused();
        (await cloud.AwsAsync("cloudformation", "describe-stacks", "--stack-name", "owner", "--query", "Stacks[0].StackStatusReason")).Succeeded()
            .ShouldContain("Delete canceled. Cannot delete export owner:Copy as it is in use by user.");
        assembly.With("owner", Template.Replace("NAME", "owner", StringComparison.Ordinal).Replace("/owner/copy", "/owner/renamed", StringComparison.Ordinal));
        var failed = (await DeployAsync(assembly, "owner")).Refused();
        failed.ShouldContain("Export owner:Copy cannot be updated as it is in use by user");

        (await CdkAsync(assembly, "destroy", "--all", "--force")).Succeeded();
        (await cloud.AwsAsync("cloudformation", "list-exports", "--query", "length(Exports[?starts_with(Name, 'owner')])", "--output", "text")).Succeeded().Trim().ShouldBe("0");
    }

    [Fact]
    public async Task Destroy_ProtectedStack_IsRefusedUntilTheProtectionIsTakenAway()
    {
        var template = Template.Replace("NAME", "protected", StringComparison.Ordinal);
        using var assembly = new CloudAssembly().With("protected", template, terminationProtection: true);
        (await DeployAsync(assembly, "protected")).Succeeded();
        var refused = (await CdkAsync(assembly, "destroy", "protected", "--force")).Refused();
        refused.ShouldContain("cannot be deleted while TerminationProtection is enabled");

        assembly.With("protected", template);
        (await DeployAsync(assembly, "protected")).Succeeded();
        (await CdkAsync(assembly, "destroy", "protected", "--force")).Succeeded();
    }

    [Fact]
    public async Task Deploy_AfterKillMinusNine_FindsItsStackAsItWas()
    {
        await using var disposal = new AsyncDisposal(new LocalCloudProcess());
        var own = disposal.Cloud;
        await own.StartAsync();
        using var assembly = new CloudAssembly().With("killed", Template.Replace("NAME", "killed", StringComparison.Ordinal));
        (await own.CdkAsync("deploy", "killed", "--app", assembly.Folder, "--require-approval", "never")).Succeeded();
        await own.KillAsync();
        await own.StartAsync();
        (await own.CdkAsync("deploy", "killed", "--app", assembly.Folder, "--require-approval", "never")).Printed().ShouldContain("(no changes)");
        (await own.CdkAsync("destroy", "killed", "--app", assembly.Folder, "--force")).Succeeded();
    }

    [Fact]
    public async Task Deploy_WhileVirtualTimeStandsStill_Finishes()
    {
        await using var disposal = new AsyncDisposal(new LocalCloudProcess { Options = ["--virtual-time"] });
        await disposal.Cloud.StartAsync();
        using var assembly = new CloudAssembly().With("still", Template.Replace("NAME", "still", StringComparison.Ordinal));
        (await disposal.Cloud.CdkAsync("deploy", "still", "--app", assembly.Folder, "--require-approval", "never")).Printed().ShouldContain("still.Copy");
        (await disposal.Cloud.CdkAsync("destroy", "still", "--app", assembly.Folder, "--force")).Succeeded();
    }

    [Fact]
    public async Task Bootstrap_OfTheLocalCloud_IsSaidToBeThere() =>
        (await cloud.CdkAsync("bootstrap", $"aws://000000000000/{LocalCloudProcess.Region}")).Printed().ShouldContain("Bootstrap stack already at version 30");

    private Task<ToolResult> DeployAsync(CloudAssembly assembly, params string[] arguments) =>
        CdkAsync(assembly, ["deploy", .. arguments, "--require-approval", "never"]);

    private Task<ToolResult> CdkAsync(CloudAssembly assembly, params string[] arguments) => cloud.CdkAsync([.. arguments, "--app", assembly.Folder]);

    private async Task<string> ValueAsync(string name) =>
        (await cloud.AwsAsync("ssm", "get-parameter", "--name", name, "--query", "Parameter.Value", "--output", "text")).Succeeded().Trim();

    private sealed class AsyncDisposal(LocalCloudProcess process) : IAsyncDisposable
    {
        public LocalCloudProcess Cloud => process;

        public ValueTask DisposeAsync() => new(process.DisposeAsync());
    }
}
