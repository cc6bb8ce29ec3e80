using System.Text.Json.Nodes;
using Amazon.CDK;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using Names = PipelineStacks.Model.Names;

namespace PipelineStacks.Tests.Synthesis;

/// <summary>Every template of the app as cdk.json has it, synthesised once for all tests.</summary>
public sealed class Templates : IDisposable
{
    public static IReadOnlyList<string> Environments { get; } = ["dev", "qa", "prod"];

    /// <summary>The stacks of an environment as cdk.json has it, by the last part of their names.</summary>
    public static IReadOnlyList<string> Stacks(string environment) =>
        [.. new Names(environment).StacksOf(CdkJson.Settings.Environment(environment)).Select(name => name.Split('-')[^1])];

    public IReadOnlyList<Template> All { get; } = Of(CdkJson.App());

    public IEnumerable<Resource> Resources => All.SelectMany(template => template.Resources);

    public Template this[string environment, string stack] => All.Single(template => template.Environment == environment && template.Stack == stack);

    public IEnumerable<Resource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    public void Dispose() => TemporaryFolder.DeleteAll();

    /// <summary>The templates that an app makes of the project's datasets.</summary>
    internal static IReadOnlyList<Template> Of(App app) => Of(app, Context.Read(app).Environments, DatasetCatalog.All);

    internal static IReadOnlyList<Template> Of(App app, IReadOnlyList<EnvironmentSettings> environments, IReadOnlyList<Dataset> datasets)
    {
        PipelineApp.Build(app, environments, datasets);
        var assembly = app.Synth();
        return [.. Directory.EnumerateDirectories(assembly.Directory, "assembly-*").SelectMany(Read)];
    }

    internal static IEnumerable<Template> Read(string folder)
    {
        var artifacts = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")))!["artifacts"]!;
        foreach (var artifact in artifacts.Select(pair => pair.Value!).Where(artifact => (string)artifact["type"]! == "aws:cloudformation:stack"))
        {
            var properties = artifact["properties"]!;
            var name = (string)properties["stackName"]!;
            var path = Path.Combine(folder, (string)properties["templateFile"]!);
            var tags = properties["tags"] as JsonObject ?? [];
            yield return new Template(
                name.Split('-')[1],
                name.Split('-')[^1],
                name,
                path,
                (JsonObject)JsonNode.Parse(File.ReadAllText(path))!,
                tags.ToDictionary(tag => tag.Key, tag => (string)tag.Value!),
                (bool?)properties["terminationProtection"] ?? false);
        }
    }
}

/// <summary>The tests that share the templates.</summary>
[CollectionDefinition(Name)]
public sealed class TemplateTests : ICollectionFixture<Templates>
{
    public const string Name = "templates";
}
