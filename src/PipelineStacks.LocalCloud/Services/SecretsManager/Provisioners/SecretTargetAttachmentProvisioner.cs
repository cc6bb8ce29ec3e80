using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.SecretsManager.Provisioners;

internal sealed record SecretTargetAttachmentProperties
{
    [CreateOnly]
    public required string SecretId { get; init; }

    public required string TargetId { get; init; }
    public required string TargetType { get; init; }
}

/// <summary><c>AWS::SecretsManager::SecretTargetAttachment</c>: adds to a secret what it takes to connect to its database.</summary>
internal sealed class SecretTargetAttachmentProvisioner(SecretValues values, IEnumerable<ISecretTarget> targets)
    : Provisioner<SecretTargetAttachmentProperties>("AWS::SecretsManager::SecretTargetAttachment")
{
    private readonly Dictionary<string, ISecretTarget> _targets = targets.ToDictionary(target => target.TargetType, StringComparer.Ordinal);

    protected override void Check(ProvisionContext context, SecretTargetAttachmentProperties properties) => Target(properties);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SecretTargetAttachmentProperties properties)
    {
        var details = Target(properties).ConnectionDetails(context.Call, properties.TargetId);
        var secret = Change(context.Call, properties.SecretId, members =>
        {
            foreach (var (name, value) in details)
                members[name] = value?.DeepClone();
        });
        return ValueTask.FromResult(new Provisioned(secret, ("Id", secret)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, SecretTargetAttachmentProperties before, SecretTargetAttachmentProperties after) => CreateAsync(context, after);

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SecretTargetAttachmentProperties properties)
    {
        Change(context.Call, physicalId, members =>
        {
            foreach (var name in (string[])["engine", "host", "port", "dbname", "dbInstanceIdentifier"])
                members.Remove(name);
        });
        return ValueTask.CompletedTask;
    }

    private ISecretTarget Target(SecretTargetAttachmentProperties properties) =>
        _targets.TryGetValue(properties.TargetType, out var target)
            ? target
            : throw ServiceException.Unsupported($"The secret's target type {properties.TargetType}");

    private string Change(Call call, string secretId, Action<JsonObject> change)
    {
        var secret = values.Get(call, new() { SecretId = secretId });
        var members = Members(secret.SecretString) ?? throw SecretErrors.Invalid($"The value of the secret {secret.Name} is not a JSON object.");
        change(members);
        values.Put(call, new() { SecretId = secretId, SecretString = members.ToJsonString(Protocols.Wire.Pascal) });
        return secret.ARN;
    }

    private static JsonObject? Members(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
