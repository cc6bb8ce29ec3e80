using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Iam;

namespace PipelineStacks.LocalCloud.Services.SecretsManager.Provisioners;

internal sealed record SecretPolicyProperties
{
    [CreateOnly]
    public required string SecretId { get; init; }

    public required JsonNode ResourcePolicy { get; init; }

    [NoLocalEffect("Policies are stored, and not enforced yet, so none makes a secret public.")]
    public bool? BlockPublicPolicy { get; init; }
}

/// <summary><c>AWS::SecretsManager::ResourcePolicy</c>.</summary>
internal sealed class SecretPolicyProvisioner(SecretDescriptions descriptions) : Provisioner<SecretPolicyProperties>("AWS::SecretsManager::ResourcePolicy")
{
    protected override void Check(ProvisionContext context, SecretPolicyProperties properties) =>
        PolicyDocument.Check(Document(properties), PolicyKind.Resource, "MalformedPolicyDocumentException");

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SecretPolicyProperties properties)
    {
        var secret = descriptions.PutPolicy(context.Call, new() { SecretId = properties.SecretId, ResourcePolicy = Document(properties) });
        return ValueTask.FromResult(new Provisioned(secret.ARN, ("Id", secret.ARN)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, SecretPolicyProperties before, SecretPolicyProperties after) => CreateAsync(context, after);

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SecretPolicyProperties properties)
    {
        descriptions.DeletePolicy(context.Call, new() { SecretId = physicalId });
        return ValueTask.CompletedTask;
    }

    private static string Document(SecretPolicyProperties properties) =>
        properties.ResourcePolicy is JsonObject policy ? policy.ToJsonString() : properties.ResourcePolicy.GetValue<string>();
}
