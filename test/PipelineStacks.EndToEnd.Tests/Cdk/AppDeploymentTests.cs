using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Cdk;

/// <summary>This project's own app, synthesised once and deployed as users deploy it.</summary>
public sealed class AppDeploymentTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>, IAsyncLifetime
{
    private readonly string _assembly = Directory.CreateTempSubdirectory("app-").FullName;

    public async Task InitializeAsync() =>
        (await cloud.CdkAsync("synth", "--quiet", "--app", $"dotnet \"{Repository.App}\"", "--output", _assembly)).Succeeded();

    public Task DisposeAsync()
    {
        Directory.Delete(_assembly, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Environment_DeployedTwiceComparedAndDestroyed_IsDoneAndUndone()
    {
        (await CdkAsync("deploy", "Dev/*", "--require-approval", "never")).Succeeded();
        foreach (var stack in Repository.DevStacks)
            (await StatusAsync(stack)).ShouldBe("CREATE_COMPLETE");

        var again = (await CdkAsync("deploy", "Dev/*", "--require-approval", "never", "--force")).Printed();
        again.Split("(no changes)").Length.ShouldBe(Repository.DevStacks.Count + 1, again);
        (await CdkAsync("diff", "Dev/*")).Printed().ShouldContain("Number of stacks with differences: 0");

        (await CdkAsync("destroy", "Dev/*", "--force")).Succeeded();
        (await cloud.AwsAsync("cloudformation", "list-exports", "--query", "Exports", "--output", "json")).Succeeded().Trim().ShouldBe("[]");
        (await cloud.AwsAsync("glue", "get-databases", "--query", "DatabaseList[].Name", "--output", "json")).Succeeded().Trim().ShouldBe("[]");
    }

    private Task<ToolResult> CdkAsync(params string[] arguments) => cloud.CdkAsync([.. arguments, "--app", _assembly]);

    private async Task<string> StatusAsync(string stack) =>
        (await cloud.AwsAsync("cloudformation", "describe-stacks", "--stack-name", stack, "--query", "Stacks[0].StackStatus", "--output", "text")).Succeeded().Trim();
}
