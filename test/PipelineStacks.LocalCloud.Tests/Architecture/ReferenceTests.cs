using System.Xml.Linq;

namespace PipelineStacks.LocalCloud.Tests.Architecture;

/// <summary>
/// The local cloud learns of pipelines from templates and API calls alone, as AWS does. Were it to know the CDK app, the model or our own AWS
/// client, it could agree with them about something that AWS would not. IoT SQL's library is the one exception: it is AWS's language and nothing of
/// the project's, and the CDK app's check of a rule, the CLI's trial and the rules engine have to read it alike. It refers to nothing itself.
/// </summary>
public sealed class ReferenceTests
{
    private const string Language = "PipelineStacks.IotSql";
    private static readonly string[] Unknown = ["Amazon.", "AWSSDK", "Constructs", "PipelineStacks"];

    [Fact]
    public void LocalCloud_UsesNothingOfTheCdkTheModelOrTheAwsClients() =>
        typeof(LocalCloudHost).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ShouldAllBe(name => !IsUnknown(name));

    [Fact]
    public void LocalCloud_DoesNotEvenReferToThem()
    {
        var project = XDocument.Load(RepositoryRoot.PathOf("src", "PipelineStacks.LocalCloud", "PipelineStacks.LocalCloud.csproj"));

        project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)).ShouldBe([Language]);
        project.Descendants("PackageReference").Select(package => (string)package.Attribute("Include")!).ShouldAllBe(name => !IsUnknown(name));
    }

    [Fact]
    public void TheLanguage_RefersToNothingButTheFramework() =>
        typeof(IotSql.MqttMessage).Assembly.GetReferencedAssemblies().ShouldAllBe(assembly => assembly.Name!.StartsWith("System.", StringComparison.Ordinal));

    private static bool IsUnknown(string name) => name != Language && Unknown.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
