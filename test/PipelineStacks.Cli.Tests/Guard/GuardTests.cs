using System.Text.Json.Nodes;
using PipelineStacks.Cli.Guard;

namespace PipelineStacks.Cli.Tests.Guard;

public sealed class GuardTests : IDisposable
{
    // Read once: the schemas of all of AWS take a moment.
    private static readonly Lazy<ResourceSchemas> Schemas = new(() => ResourceSchemas.Read(Project.FindRoot(AppContext.BaseDirectory)!));

    private readonly string _folder = Directory.CreateTempSubdirectory("guard-").FullName;

    public static TheoryData<string> Names => new(GuardCases.All.Select(pair => pair.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Guard_OfAChange_SaysWhatItDoes(string name)
    {
        var (_, edit, says) = GuardCases.All.Single(pair => pair.Name == name);
        var head = GuardCases.Base;
        edit(head);
        var changes = new AssemblyComparison(Schemas.Value).Compare(CloudAssembly.Read(Assembly("base", GuardCases.Base)), CloudAssembly.Read(Assembly("head", head)));
        changes.Select(change => $"{(change.Fails ? "✗ " : "")}{change.Kind} {change.LogicalId}{(change is { Type: "IAM", Kind: ChangeKind.Added } ? " IAM" : "")}")
            .Order(StringComparer.Ordinal).ShouldBe(says.Order(StringComparer.Ordinal), name);
    }

    [Fact]
    public async Task Guard_WithAnAllowedChange_PassesAndTellsTheReason()
    {
        var head = GuardCases.Base;
        head["S"]!["Resources"]!["Landing"]!["DeletionPolicy"] = "Delete";
        var allow = Write("allow.json", """[{ "resource": "Prod/Storage/Landing/Bucket", "change": "weakened", "reason": "the lake moves", "expires": "2999-01-01" }]""");
        var (code, output, error) = await CompareAsync(GuardCases.Base, head, "--format", "markdown", "--allow", allow);
        (code, error).ShouldBe((ExitCode.Done, ""));
        output.ReplaceLineEndings("\n").ShouldBe("""
            ### ✅ 1 less protected. Nothing that holds data would be lost.

            #### Prod/S

            | | change | resource | type | what |
            |---|---|---|---|---|
            | ! | less protected | `Prod/Storage/Landing/Bucket` | AWS::S3::Bucket | DeletionPolicy: Retain → Delete<br>allowed: the lake moves |

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Guard_OfALoss_FailsAndSaysWhatToDo()
    {
        var head = GuardCases.Base;
        head["S"]!["Resources"]!["Landing"]!["DeletionPolicy"] = "Delete";
        var (code, output, error) = await CompareAsync(GuardCases.Base, head, "--format", "json");
        (code, error).ShouldBe((ExitCode.Failed, ""));
        var report = JsonNode.Parse(output)!;
        ((bool)report["passes"]!).ShouldBeFalse();
        ((string)report["verdict"]!).ShouldBe("1 less protected. 1 of these must not be deployed like this; name it in .ci/guard-allow.json with a reason and a day to allow it.");
        ((string)report["changes"]![0]!["kind"]!).ShouldBe("Weakened");
    }

    [Fact]
    public async Task Guard_WithAnAllowanceThatNothingNeeds_AsksToRemoveIt()
    {
        var allow = Write("allow.json", """[{ "resource": "Prod/Old", "change": "deleted", "reason": "r", "expires": "2999-01-01" }]""");
        var (code, output, error) = await CompareAsync(GuardCases.Base, GuardCases.Base, "--allow", allow);
        (code, output.Trim()).ShouldBe((ExitCode.Done, "Nothing changes."));
        error.Trim().ShouldBe("Prod/Old (deleted) is allowed, but nothing of the kind changes: remove the entry.");
    }

    [Fact]
    public async Task Guard_WithAListOfMistakes_NamesThemAll()
    {
        var allow = Write("allow.json", """[{ "resource": "Prod/A", "change": "forgotten", "expires": "2020-01-01" }, { "change": "deleted", "reason": "r" }]""");
        var (code, _, error) = await CompareAsync(GuardCases.Base, GuardCases.Base, "--allow", allow);
        code.ShouldBe(ExitCode.BadInput);
        error.ReplaceLineEndings("\n").Trim().Split('\n').ShouldBe([
            $"{allow}: entry 1 (Prod/A): change 'forgotten': choose one of replaced, deleted, weakened, refused.",
            $"{allow}: entry 1 (Prod/A): give a reason: it goes into the approval.",
            $"{allow}: entry 1 (Prod/A): it expired on 2020-01-01: remove it, or think again and give another day.",
            $"{allow}: entry 2 (no resource): give the resource as the report names it, such as \"Prod/Storage/Landing/Bucket\".",
            $"{allow}: entry 2 (no resource): give the day on which it expires, such as \"2026-12-31\".",
        ]);
    }

    [Fact]
    public async Task Guard_WithoutAnAssembly_SaysHowToMakeOne()
    {
        var (code, _, error) = await Fixtures.Cli.RunAsync("guard", _folder, _folder);
        code.ShouldBe(ExitCode.BadInput);
        error.Trim().ShouldBe($"{_folder} is no cloud assembly: it has no manifest.json. Make one: npx cdk synth --output {_folder}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<(ExitCode Code, string Output, string Error)> CompareAsync(JsonObject was, JsonObject now, params string[] options) =>
        Fixtures.Cli.RunAsync(["guard", Assembly("base", was), Assembly("head", now), .. options]);

    // As `cdk synth` lays it out: a stage's stacks lie in an assembly of their own.
    private string Assembly(string name, JsonObject stacks)
    {
        var folder = Path.Combine(_folder, name);
        var artifacts = new JsonObject();
        foreach (var (id, template) in stacks)
        {
            Write($"{name}/assembly-Prod/{id}.template.json", template!.ToJsonString());
            artifacts[$"Prod{id}"] = new JsonObject
            {
                ["type"] = "aws:cloudformation:stack",
                ["displayName"] = $"Prod/{id}",
                ["properties"] = new JsonObject { ["templateFile"] = $"{id}.template.json", ["stackName"] = $"pipelines-prod-{id}" },
            };
        }

        Write($"{name}/assembly-Prod/manifest.json", new JsonObject { ["artifacts"] = artifacts }.ToJsonString());
        Write($"{name}/manifest.json", """{ "artifacts": { "assembly-Prod": { "type": "cdk:cloud-assembly", "properties": { "directoryName": "assembly-Prod" } }, "Tree": { "type": "cdk:tree" } } }""");
        return folder;
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
