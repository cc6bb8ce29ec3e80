using System.Text.Json;
using PipelineStacks.Cli.Bootstrap;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Tests.Bootstrap;

public sealed class BootstrapGuideTests : IDisposable
{
    private const string Delivery = """
        {"context":{"environments":{"dev":{},"qa":{"account":"222222222222","region":"eu-west-1"},"prod":{"account":"333333333333","region":"eu-west-1"}},
         "delivery":{"account":"111111111111","region":"eu-west-1","source":{"codeCommitRepository":"pipelines"}}}}
        """;

    /// <summary>Prefixes of actions that are spelled otherwise than in the types of resources.</summary>
    private static readonly Dictionary<string, string> Prefixes = new()
    {
        ["KinesisFirehose"] = "firehose",
        ["CodeStarNotifications"] = "codestar-notifications",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("bootstrap-").FullName;

    public BootstrapGuideTests() => File.WriteAllText(Path.Combine(_folder, "PipelineStacks.sln"), "");

    [Fact]
    public void Targets_WithADelivery_AreItsAccountAndThoseOfItsStages_WhichTrustIt() =>
        BootstrapTarget.Of(SettingsFile.Parse(Delivery)).Select(target => target.BootstrapCommand).ShouldBe([
            "npx cdk bootstrap aws://111111111111/eu-west-1 --cloudformation-execution-policies arn:aws:iam::111111111111:policy/pipelines-cloudformation-execution",
            $"npx cdk bootstrap aws://{BootstrapTarget.AnyAccount}/${{AWS_REGION:?}} --cloudformation-execution-policies arn:aws:iam::{BootstrapTarget.AnyAccount}:policy/pipelines-cloudformation-execution",
            "npx cdk bootstrap aws://222222222222/eu-west-1 --trust 111111111111 --cloudformation-execution-policies arn:aws:iam::222222222222:policy/pipelines-cloudformation-execution",
            "npx cdk bootstrap aws://333333333333/eu-west-1 --trust 111111111111 --cloudformation-execution-policies arn:aws:iam::333333333333:policy/pipelines-cloudformation-execution",
        ]);

    [Fact]
    public void Targets_OfOnePlace_AreOne_AndNobodyTrustsItself()
    {
        var target = BootstrapTarget.Of(SettingsFile.Parse(Delivery.Replace("222222222222", "111111111111", StringComparison.Ordinal).Replace("333333333333", "111111111111", StringComparison.Ordinal)))[0];
        target.UsedBy.ShouldBe(["delivery", "qa", "prod"]);
        target.BootstrapCommand.ShouldNotContain("--trust");
    }

    [Fact]
    public async Task Guide_PrintsEachPlaceWithItsCommands()
    {
        var (code, output, _) = await GuideAsync(Delivery);
        code.ShouldBe(ExitCode.Done);
        output.ShouldContain("│ 333333333333 │ eu-west-1 │ prod");
        output.ShouldContain("# With credentials of an administrator of 222222222222, for qa:\naws iam create-policy --policy-name pipelines-cloudformation-execution ");
        output.Split('\n').Count(line => line.StartsWith("npx cdk bootstrap", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task Guide_AsJson_HoldsThePlacesAndThePolicy()
    {
        var (_, output, error) = await GuideAsync("""{"context":{"environments":{"dev":{}}}}""", "--format", "json");
        error.ShouldBeEmpty();
        var guide = JsonDocument.Parse(output).RootElement;
        guide.GetProperty("targets")[0].GetProperty("bootstrapCommand").GetString()!.ShouldStartWith("npx cdk bootstrap ");
        guide.GetProperty("policy").GetProperty("Statement").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public async Task Policy_FitsIntoOne_AndCoversEveryServiceOfTheStacks()
    {
        var (_, output, _) = await GuideAsync(Delivery, "--policy");
        JsonDocument.Parse(output).RootElement.GetProperty("Version").GetString().ShouldBe("2012-10-17");
        string.Concat(output.Where(c => !char.IsWhiteSpace(c))).Length.ShouldBeLessThanOrEqualTo(6144, "IAM takes no longer policies");
        var services = Types().Select(type => type.Split("::")[1]).Where(service => service != "IAM").Select(service => Prefixes.GetValueOrDefault(service, service.ToLowerInvariant())).Distinct().ToList();
        services.Count.ShouldBeGreaterThan(10);
        services.ShouldAllBe(service => output.Contains($"\"{service}:*\"", StringComparison.Ordinal));
        output.ShouldNotContain("\"iam:*\",");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Of the templates as they are accepted.
    private static IEnumerable<string> Types() =>
        Directory.EnumerateFiles(Path.Combine(Project.FindRoot(AppContext.BaseDirectory)!, "test", "PipelineStacks.Tests", "Snapshots"), "*.json", SearchOption.AllDirectories)
            .SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("Resources").EnumerateObject())
            .Select(resource => resource.Value.GetProperty("Type").GetString()!).Distinct();

    private async Task<(ExitCode Code, string Output, string Error)> GuideAsync(string settings, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "cdk.json"), settings);
        var (code, output, error) = await Fixtures.Cli.RunAsync(new Dictionary<string, string?>(), _folder, ["bootstrap-guide", .. arguments]);
        return (code, output.ReplaceLineEndings("\n"), error);
    }
}
