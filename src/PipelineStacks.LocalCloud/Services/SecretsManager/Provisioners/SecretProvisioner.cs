using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.SecretsManager.Provisioners;

internal sealed record SecretProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    public string? Description { get; init; }
    public string? KmsKeyId { get; init; }
    public string? SecretString { get; init; }
    public GenerateSecretString? GenerateSecretString { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record GenerateSecretString
{
    public int? PasswordLength { get; init; }
    public string? ExcludeCharacters { get; init; }
    public bool ExcludeNumbers { get; init; }
    public bool ExcludePunctuation { get; init; }
    public bool ExcludeUppercase { get; init; }
    public bool ExcludeLowercase { get; init; }
    public bool IncludeSpace { get; init; }
    public bool RequireEachIncludedType { get; init; } = true;

    /// <summary>The JSON object that the password is added to, under <see cref="GenerateStringKey"/>.</summary>
    public string? SecretStringTemplate { get; init; }

    public string? GenerateStringKey { get; init; }
}

/// <summary><c>AWS::SecretsManager::Secret</c>.</summary>
internal sealed class SecretProvisioner(Secrets secrets, SecretDescriptions descriptions) : Provisioner<SecretProperties>("AWS::SecretsManager::Secret")
{
    private const string SuffixCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    protected override void Check(ProvisionContext context, SecretProperties properties)
    {
        if (properties is { SecretString: not null, GenerateSecretString: not null })
            throw SecretErrors.Parameter("You can't specify both SecretString and GenerateSecretString.");
        if (properties.GenerateSecretString is { } rules)
            Template(rules);
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SecretProperties properties)
    {
        var created = secrets.Create(context.Call, new()
        {
            Name = properties.Name ?? $"{context.LogicalId}-{RandomNumberGenerator.GetString(SuffixCharacters, 12)}",
            Description = properties.Description,
            KmsKeyId = properties.KmsKeyId,
            SecretString = properties.SecretString ?? Generate(properties.GenerateSecretString ?? new()),
            Tags = properties.Tags,
        });
        return ValueTask.FromResult(Describe(created.ARN));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, SecretProperties before, SecretProperties after)
    {
        var call = context.Call;
        secrets.Update(call, new()
        {
            SecretId = physicalId,
            Description = after.Description ?? "",
            KmsKeyId = after.KmsKeyId,
            SecretString = after.SecretString is not null && after.SecretString != before.SecretString ? after.SecretString
                : after.SecretString is null && after.GenerateSecretString != before.GenerateSecretString ? Generate(after.GenerateSecretString ?? new()) : null,
        });
        descriptions.Untag(call, new() { SecretId = physicalId, TagKeys = [.. (before.Tags ?? []).Select(tag => tag.Key)] });
        descriptions.Tag(call, new() { SecretId = physicalId, Tags = after.Tags ?? [] });
        return ValueTask.FromResult(Describe(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SecretProperties properties)
    {
        // CloudFormation leaves no recovery window, so that a stack can be made again under the same names.
        secrets.Delete(context.Call, new() { SecretId = physicalId, ForceDeleteWithoutRecovery = true });
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(string arn) => new(arn, ("Id", arn));

    private static string Generate(GenerateSecretString rules)
    {
        var password = RandomPasswords.New(new()
        {
            PasswordLength = rules.PasswordLength,
            ExcludeCharacters = rules.ExcludeCharacters,
            ExcludeNumbers = rules.ExcludeNumbers,
            ExcludePunctuation = rules.ExcludePunctuation,
            ExcludeUppercase = rules.ExcludeUppercase,
            ExcludeLowercase = rules.ExcludeLowercase,
            IncludeSpace = rules.IncludeSpace,
            RequireEachIncludedType = rules.RequireEachIncludedType,
        });
        if (Template(rules) is not { } template)
            return password;
        template[rules.GenerateStringKey!] = password;
        return template.ToJsonString(Protocols.Wire.Pascal);
    }

    private static JsonObject? Template(GenerateSecretString rules)
    {
        if (rules.SecretStringTemplate is null != rules.GenerateStringKey is null)
            throw SecretErrors.Invalid("SecretStringTemplate and GenerateStringKey must be given together.");
        if (rules.SecretStringTemplate is null)
            return null;
        try
        {
            return JsonNode.Parse(rules.SecretStringTemplate) as JsonObject
                ?? throw SecretErrors.Invalid("SecretStringTemplate is not a JSON object.");
        }
        catch (JsonException)
        {
            throw SecretErrors.Invalid("Could not parse SecretStringTemplate JSON.");
        }
    }
}
