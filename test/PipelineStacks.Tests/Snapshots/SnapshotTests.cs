using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Snapshots;

/// <summary>What is deployed, as files that a review reads. A change is accepted by running the tests with ACCEPT_SNAPSHOTS=1, never in CI.</summary>
[Collection(TemplateTests.Name)]
public sealed class SnapshotTests(Templates templates)
{
    private static readonly string Folder = RepositoryRoot.PathOf("test", "PipelineStacks.Tests", "Snapshots");

    public static IEnumerable<object[]> Stacks =>
        from environment in Templates.Environments from stack in Templates.Stacks(environment) select new object[] { environment, stack };

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Template_IsTheAcceptedOne(string environment, string stack) => Compare($"{environment}-{stack}.json", Readable.Snapshot(templates[environment, stack]));

    internal static void Compare(string file, string actual)
    {
        var (path, name) = (Path.Combine(Folder, file), Path.GetFileNameWithoutExtension(file));
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", "CI compares snapshots; people accept them.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        File.Exists(path).ShouldBeTrue($"{name} has no snapshot yet. Run the tests with ACCEPT_SNAPSHOTS=1 and read what it writes.");
        var accepted = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (accepted != actual)
        {
            Assert.Fail(
                $"{name} changed. If that is meant, run the tests with ACCEPT_SNAPSHOTS=1 and commit the difference."
                + $"{Environment.NewLine}{FirstDifference(accepted, actual)}");
        }
    }

    [Fact]
    public void Snapshots_AreOnlyOfStacksThatExist() =>
        Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order()
            .ShouldBe(templates.All.Select(template => $"{template.Environment}-{template.Stack}").Order());

    private static string FirstDifference(string accepted, string actual)
    {
        var (before, after) = (accepted.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(before.Length, after.Length)).First(i => At(before, i) != At(after, i));
        return $"Line {line + 1} was:  {At(before, line)}{Environment.NewLine}Line {line + 1} is:   {At(after, line)}";

        static string At(string[] lines, int i) => i < lines.Length ? lines[i] : "(no more)";
    }
}
