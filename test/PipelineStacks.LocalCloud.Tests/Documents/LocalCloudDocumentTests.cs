using System.Text;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Tests.Documents;

/// <summary>
/// docs/local-cloud-properties.md is made from the code: what templates may set, what of it has no effect here and why, and
/// which operations there are. A change is accepted by running this test with ACCEPT_DOCS=1, never in CI.
/// </summary>
public sealed class LocalCloudDocumentTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    private const string Name = "docs/local-cloud-properties.md";

    [Fact]
    public void Document_IsWhatTheCodeSays()
    {
        var path = RepositoryRoot.PathOf(Name);
        var actual = Write();
        if (Environment.GetEnvironmentVariable("ACCEPT_DOCS") == "1")
        {
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", "CI compares documents; people accept them.");
            File.WriteAllText(path, actual);
        }

        File.Exists(path).ShouldBeTrue($"{Name} is missing. Run the tests with ACCEPT_DOCS=1 and read what it writes.");
        if (File.ReadAllText(path).ReplaceLineEndings("\n") != actual)
            Assert.Fail($"{Name} is not what the code says. Run the tests with ACCEPT_DOCS=1, read the difference and commit it.");
    }

    [Fact]
    public void PropertiesWithoutEffect_AllSayWhy()
    {
        foreach (var provisioner in Provisioners())
            foreach (var (path, why) in PropertyList.Of(provisioner.PropertiesType).WithoutEffect)
                why.ShouldMatch(@"^[^\s].{15,}\.$", $"{provisioner.ResourceType} {path}");
    }

    private string Write()
    {
        var text = new StringBuilder();
        text.Append("# What the local cloud takes\n\n");
        text.Append("Made from the code by its tests (`ACCEPT_DOCS=1 scripts/test --filter LocalCloudDocument`). What is not listed here is refused by name.\n\n");
        text.Append("## Resource types\n\n");
        foreach (var provisioner in Provisioners())
            Write(text, provisioner.ResourceType, PropertyList.Of(provisioner.PropertiesType));
        text.Append("## Operations\n\n");
        foreach (var (service, operations) in Operations())
            text.Append($"**{service}**: {string.Join(", ", operations.Distinct().Order(StringComparer.Ordinal))}\n\n");
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Write(StringBuilder text, string type, PropertyList list)
    {
        text.Append($"### {type}\n\n");
        text.Append($"Properties: {Code(list.Supported)}.\n\n");
        if (list.Replacing.Count > 0)
            text.Append($"A change of {Code(list.Replacing)} replaces the resource.\n\n");
        if (list.WithoutEffect.Count == 0)
            return;
        text.Append("| accepted without local effect | why |\n|---|---|\n");
        foreach (var (path, why) in list.WithoutEffect)
            text.Append($"| `{path}` | {why.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        text.Append('\n');
    }

    private static string Code(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names.Select(name => $"`{name}`"));

    private IEnumerable<IResourceProvisioner> Provisioners() =>
        cloud.Get<IEnumerable<IResourceProvisioner>>().OrderBy(provisioner => provisioner.ResourceType, StringComparer.Ordinal);

    private IEnumerable<(string Service, IEnumerable<string> Operations)> Operations() =>
        cloud.Get<IEnumerable<IJsonService>>().Select(service => service.Operations)
            .Concat(cloud.Get<IEnumerable<IQueryService>>().Select(service => service.Operations))
            .Select(table => (table.Service, table.Names))
            .Concat(cloud.Get<IEnumerable<IRestService>>().Select(service => (service.Service, Names: service.Operations)))
            .GroupBy(service => service.Service, (service, tables) => (service, tables.SelectMany(table => table.Names)))
            .OrderBy(service => service.service, StringComparer.Ordinal);
}
