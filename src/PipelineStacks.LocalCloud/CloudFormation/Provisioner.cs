using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.CloudFormation;

/// <summary>Creates, updates and deletes resources of one type for CloudFormation. Looked up by type; there is no switch.</summary>
internal interface IResourceProvisioner
{
    /// <summary>As templates name it: <c>AWS::Kinesis::Stream</c>.</summary>
    string ResourceType { get; }

    /// <summary>The record of the properties that templates may set, for the list of what has no local effect.</summary>
    Type PropertiesType { get; }

    /// <summary>Whether the properties are ones that this cloud can honour.</summary>
    /// <exception cref="ServiceException">A property is unknown, unsupported or malformed; the message names it.</exception>
    void Check(ProvisionContext context, JsonObject properties);

    /// <summary>Whether the change needs a new resource in the old one's place.</summary>
    bool NeedsReplacement(ProvisionContext context, JsonObject before, JsonObject after);

    ValueTask<Provisioned> CreateAsync(ProvisionContext context, JsonObject properties);

    ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, JsonObject before, JsonObject after);

    ValueTask DeleteAsync(ProvisionContext context, string physicalId, JsonObject properties);
}

/// <summary>What CloudFormation knows of a resource after it was made.</summary>
/// <param name="PhysicalId">What <c>Ref</c> returns.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> returns, by attribute name, dotted where the attribute is nested.</param>
internal sealed record Provisioned(string PhysicalId, IReadOnlyDictionary<string, JsonNode?> Attributes)
{
    public Provisioned(string physicalId, params ReadOnlySpan<(string Name, JsonNode? Value)> attributes)
        : this(physicalId, ToDictionary(attributes))
    {
    }

    private static Dictionary<string, JsonNode?> ToDictionary(ReadOnlySpan<(string Name, JsonNode? Value)> attributes)
    {
        var all = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
            all.Add(name, value);
        return all;
    }
}

/// <summary>For whom and as what a resource is provisioned.</summary>
/// <param name="Call">A call of the stack's role or of whoever executes the change set.</param>
internal sealed record ProvisionContext(Call Call, string StackId, string StackName, string LogicalId, string ResourceType)
{
    /// <summary>A name as CloudFormation makes it for a resource without one: <c>stack-logicalid-1A2B3C4D5E6F</c>.</summary>
    public string NewName(int maxLength = 64, bool lowerCase = false)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var suffix = "-" + System.Security.Cryptography.RandomNumberGenerator.GetString(alphabet, 12);
        var name = $"{StackName}-{LogicalId}";
        name = name[..Math.Min(name.Length, maxLength - suffix.Length)].TrimEnd('-') + suffix;
        return lowerCase ? name.ToLowerInvariant() : name;
    }
}

/// <summary>Changing the property replaces the resource, as the resource's schema lists under <c>createOnlyProperties</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CreateOnlyAttribute : Attribute;

/// <summary>The property is accepted and has no effect here. The explicit list of house rule 2 is made from these.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoLocalEffectAttribute(string why) : Attribute
{
    public string Why => why;
}

/// <summary>
/// A provisioner over a record of properties. Members of the record are what templates may set: anything else is refused by
/// name. Members marked <see cref="CreateOnlyAttribute"/> force a replacement, those marked <see cref="NoLocalEffectAttribute"/>
/// are accepted for what they are.
/// </summary>
internal abstract class Provisioner<TProperties>(string resourceType) : IResourceProvisioner where TProperties : class
{
    private static readonly string[] CreateOnly =
        [.. typeof(TProperties).GetProperties().Where(property => property.IsDefined(typeof(CreateOnlyAttribute))).Select(property => property.Name)];

    public string ResourceType => resourceType;

    public Type PropertiesType => typeof(TProperties);

    public void Check(ProvisionContext context, JsonObject properties) => Check(context, Read(context, properties));

    public virtual bool NeedsReplacement(ProvisionContext context, JsonObject before, JsonObject after) =>
        CreateOnly.Any(name => !JsonNode.DeepEquals(before[name], after[name]));

    public ValueTask<Provisioned> CreateAsync(ProvisionContext context, JsonObject properties) => CreateAsync(context, Read(context, properties));

    public ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, JsonObject before, JsonObject after) =>
        UpdateAsync(context, physicalId, Read(context, before), Read(context, after));

    public ValueTask DeleteAsync(ProvisionContext context, string physicalId, JsonObject properties) =>
        DeleteAsync(context, physicalId, Read(context, properties));

    /// <summary>Checks beyond the shape, before anything of the stack is touched. Values of other resources may still be missing.</summary>
    protected virtual void Check(ProvisionContext context, TProperties properties)
    {
    }

    protected abstract ValueTask<Provisioned> CreateAsync(ProvisionContext context, TProperties properties);

    protected abstract ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, TProperties before, TProperties after);

    protected abstract ValueTask DeleteAsync(ProvisionContext context, string physicalId, TProperties properties);

    private static TProperties Read(ProvisionContext context, JsonObject properties)
    {
        try
        {
            return properties.Deserialize<TProperties>(Wire.Pascal)
                ?? throw new ServiceException("ValidationError", $"{context.LogicalId} ({context.ResourceType}) has no properties.");
        }
        catch (JsonException error)
        {
            throw new ServiceException("ValidationError", JsonErrors.Explain($"{context.LogicalId} ({context.ResourceType})", error));
        }
    }
}
