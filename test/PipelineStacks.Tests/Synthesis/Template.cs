using System.Text.Json.Nodes;

namespace PipelineStacks.Tests.Synthesis;

/// <summary>A synthesised template and what the assembly says of its stack.</summary>
public sealed record Template(
    string Environment, string Stack, string StackName, string Path, JsonObject Root, IReadOnlyDictionary<string, string> Tags, bool IsProtected)
{
    public IReadOnlyList<Resource> Resources { get; } =
        [.. ((JsonObject)Root[nameof(Resources)]!).Select(pair => new Resource(StackName, pair.Key, (JsonObject)pair.Value!))];

    public IEnumerable<Resource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    public Resource Single(string type, string id) => OfType(type).Single(resource => resource.Id.StartsWith(id, StringComparison.Ordinal));

    public override string ToString() => StackName;
}

/// <summary>A resource of a template.</summary>
public sealed record Resource(string StackName, string Id, JsonObject Json)
{
    public string Type => (string)Json[nameof(Type)]!;

    public string? DeletionPolicy => (string?)Json[nameof(DeletionPolicy)];

    public string? UpdateReplacePolicy => (string?)Json[nameof(UpdateReplacePolicy)];

    public JsonObject Properties => Json[nameof(Properties)] as JsonObject ?? [];

    /// <summary>What stands at a path such as <c>BucketEncryption.ServerSideEncryptionConfiguration.0</c>; null where nothing does.</summary>
    public JsonNode? At(string path) => path.Split('.').Aggregate((JsonNode?)Properties, (node, part) => node switch
    {
        JsonArray array => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) is var i && i < array.Count ? array[i] : null,
        JsonObject json => json[part],
        _ => null,
    });

    public string? Text(string path) => At(path)?.ToString();

    /// <summary>The whole resource as one line: for asking what it mentions.</summary>
    public override string ToString() => $"{StackName}/{Id} {Readable.Line(Json)}";
}
