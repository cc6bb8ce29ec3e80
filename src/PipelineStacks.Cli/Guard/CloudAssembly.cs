using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>The stacks that <c>cdk synth</c> wrote to a folder, those of its stages included.</summary>
internal static class CloudAssembly
{
    private const string Manifest = "manifest.json";

    /// <exception cref="UserError">The folder isn't a cloud assembly, or a file of it can't be read.</exception>
    public static IReadOnlyList<AssemblyStack> Read(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Manifest)))
            throw new UserError($"{folder} is no cloud assembly: it has no {Manifest}. Make one: npx cdk synth --output {folder}");
        return [.. Stacks(folder).OrderBy(stack => stack.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<AssemblyStack> Stacks(string folder)
    {
        var artifacts = Parse(Path.Combine(folder, Manifest))["artifacts"]?.AsObject() ?? [];
        foreach (var (name, artifact) in artifacts)
        {
            var properties = artifact!["properties"];
            switch ((string?)artifact["type"])
            {
                case "cdk:cloud-assembly":
                    foreach (var stack in Stacks(Path.Combine(folder, (string)properties!["directoryName"]!)))
                        yield return stack;
                    break;
                case "aws:cloudformation:stack":
                    var template = Parse(Path.Combine(folder, (string)properties!["templateFile"]!));
                    yield return new((string?)artifact["displayName"] ?? name, (string?)properties["stackName"] ?? name, template);
                    break;
            }
        }
    }

    private static JsonObject Parse(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new UserError($"{file} can't be read: {error.Message}");
        }
    }
}

/// <summary>A stack as it was synthesised.</summary>
/// <param name="Id">Its place in the app, such as <c>Prod/Storage</c>.</param>
/// <param name="Name">Its name in CloudFormation, by which a deployment finds it.</param>
internal sealed record AssemblyStack(string Id, string Name, JsonObject Template)
{
    private const string ExportName = "Name";

    /// <summary>The resources by their logical ids, without the CDK's own note of versions.</summary>
    public IReadOnlyDictionary<string, JsonObject> Resources { get; } = Section(Template, "Resources")
        .Where(resource => (string?)resource.Value["Type"] != "AWS::CDK::Metadata")
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The exported values by the names of the exports.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Exports { get; } = Section(Template, "Outputs")
        .Where(output => output.Value["Export"]?[ExportName] is JsonValue)
        .ToDictionary(output => (string)output.Value["Export"]![ExportName]!, output => output.Value["Value"], StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, JsonObject>> Section(JsonObject template, string name) =>
        (template[name]?.AsObject() ?? []).Select(member => KeyValuePair.Create(member.Key, member.Value!.AsObject()));
}
