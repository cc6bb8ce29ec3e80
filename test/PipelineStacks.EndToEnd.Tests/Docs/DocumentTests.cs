using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Docs;

public sealed class DocumentTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    public static TheoryData<string> Documents => [.. Document.All];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_LinksAndScripts_Exist(string path)
    {
        var document = new Document(path);
        document.Links.Concat(document.Scripts).Where(target => !Path.Exists(Path.Combine(Repository.Root, target))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Readme_CommandsMarkedToRun_SucceedAgainstTheLocalCloud()
    {
        // What is deployed last in the document is what its first block explores, so the blocks run once in its order after a deployment.
        (await CommandLine.RunAsync("npx cdk deploy \"Dev/*\" -c env=dev --require-approval never", cloud)).Succeeded();

        var commands = new Document("README.md").Commands.ToArray();
        commands.Length.ShouldBeGreaterThan(5);
        foreach (var command in commands)
            (await CommandLine.RunAsync(command, cloud)).Succeeded();
    }
}
