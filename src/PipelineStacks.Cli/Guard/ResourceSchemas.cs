using System.IO.Compression;
using System.Text.Json;

namespace PipelineStacks.Cli.Guard;

/// <summary>Whether changing a property makes CloudFormation create the resource anew.</summary>
internal enum Replacement
{
    No,

    /// <summary>It depends on the values, as with an RDS instance's storage type.</summary>
    Maybe,
    Yes,
}

/// <summary>
/// What CloudFormation's resource schemas say about replacement, read from the copy that the pinned CDK CLI brings: the same by which
/// <c>cdk diff</c> judges.
/// </summary>
internal sealed class ResourceSchemas
{
    // What else would be lost with the resource, and why, beside those that the schemas call stateful.
    private static readonly string[] AlsoStateful =
    [
        "AWS::DMS::ReplicationTask", // its checkpoint: a new task loads every table again
        "AWS::DMS::ReplicationConfig",
        "AWS::KinesisFirehose::DeliveryStream", // a new one reads its stream from now on, and what came before is missed
    ];

    private readonly Dictionary<string, JsonElement> _resources;
    private readonly Dictionary<string, JsonElement> _definitions;

    private ResourceSchemas(JsonElement schema)
    {
        _resources = Entities(schema, "resource").ToDictionary(entity => entity.GetProperty("cloudFormationType").GetString()!, StringComparer.Ordinal);
        _definitions = Entities(schema, "typeDefinition").ToDictionary(entity => entity.GetProperty("$id").GetString()!, StringComparer.Ordinal);
    }

    /// <summary>The schemas beside the CDK CLI of a checkout.</summary>
    /// <exception cref="UserError">They are not there.</exception>
    public static ResourceSchemas Read(string checkout)
    {
        var file = Path.Combine(checkout, "node_modules", "aws-cdk", "db.json.gz");
        if (!File.Exists(file))
            throw new UserError(ExitCode.Unavailable, $"The resource schemas are missing: they come with the CDK CLI, which `npm ci` installs in {checkout}.");
        using var packed = File.OpenRead(file);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return new(JsonDocument.Parse(unpacked).RootElement.GetProperty("schema"));
    }

    /// <summary>Whether data or a position in it is lost with a resource of this type.</summary>
    public bool IsStateful(string type) =>
        AlsoStateful.Contains(type) || (_resources.TryGetValue(type, out var resource) && resource.TryGetProperty("isStateful", out var stateful) && stateful.GetBoolean());

    /// <summary>The properties of a resource type; none of a type without a schema, such as a custom resource's.</summary>
    public SchemaNode? Properties(string type) => _resources.TryGetValue(type, out var resource) ? new(this, resource, Replacement.No) : null;

    private static JsonElement.ArrayEnumerator Entities(JsonElement schema, string name) => schema.GetProperty(name).GetProperty("entities").EnumerateArray();

    /// <summary>A place in a schema: a resource, or one of its properties.</summary>
    internal sealed record SchemaNode(ResourceSchemas Schemas, JsonElement? Entity, Replacement Replacement)
    {
        /// <summary>The property below this place.</summary>
        public SchemaNode? Property(string name)
        {
            if (Entity is not { } entity || !entity.GetProperty("properties").TryGetProperty(name, out var property))
                return null;
            var replacement = property.TryGetProperty("causesReplacement", out var causes)
                ? causes.GetString() switch { "yes" => Replacement.Yes, "maybe" => Replacement.Maybe, _ => Replacement.No }
                : Replacement.No;
            return new(Schemas, Definition(property.GetProperty("type")), replacement);
        }

        // Elements of lists are what the list is of.
        private JsonElement? Definition(JsonElement type) => type.GetProperty("type").GetString() switch
        {
            "ref" => Schemas._definitions[type.GetProperty("reference").GetProperty("$ref").GetString()!],
            "array" or "map" => Definition(type.GetProperty("element")),
            _ => null,
        };
    }
}
