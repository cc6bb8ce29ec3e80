using System.Security.Cryptography;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kms;

/// <summary>Finds keys by id, ARN, alias or alias ARN, and makes the keys that AWS manages when they are first asked for.</summary>
internal sealed partial class KeyFinder(KmsState state, TimeProvider time)
{
    private readonly Lock _making = new();

    /// <summary>The key, for a call that may do the action with it.</summary>
    /// <exception cref="ServiceException"><c>NotFoundException</c>.</exception>
    public KeyState Find(Call call, string action, string keyId)
    {
        var key = Resolve(call, keyId);
        call.Authorize(action, key?.Arn ?? (keyId.StartsWith("arn:", StringComparison.Ordinal) ? keyId : call.Arn("kms", $"key/{keyId}")));
        return key ?? throw new ServiceException("NotFoundException", keyId.Contains("alias/", StringComparison.Ordinal)
            ? $"Alias {(keyId.StartsWith("arn:", StringComparison.Ordinal) ? keyId : call.Arn("kms", keyId))} is not found."
            : $"Key '{(keyId.StartsWith("arn:", StringComparison.Ordinal) ? keyId : call.Arn("kms", $"key/{keyId}"))}' does not exist");
    }

    public KeyState New(Call call, string description, string policy, string? managedBy)
    {
        var id = Guid.NewGuid().ToString();
        return new(id, call.Arn("kms", $"key/{id}"), RandomNumberGenerator.GetBytes(32), description, true, time.GetUtcNow(), null, policy,
            managedBy is null ? null : 365, managedBy, []);
    }

    public static ResourceKey KeyOf(KeyState key) => key.Arn.Split(':') is var parts ? new(parts[4], parts[3], key.Id) : default;

    /// <summary>What KMS gives a key without a policy: the account decides by its IAM policies.</summary>
    public static string DefaultPolicy(string account) =>
        $$"""{"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{account}}:root"},"Action":"kms:*","Resource":"*"}]}""";

    private KeyState? Resolve(Call call, string keyId)
    {
        var (account, region, name) = (call.Account, call.Region, keyId);
        if (Arn().Match(keyId) is { Success: true } arn)
            (account, region, name) = (arn.Groups["account"].Value, arn.Groups["region"].Value, arn.Groups["name"].Value);
        if (region != call.Region)
            return null;
        if (name.StartsWith("alias/aws/", StringComparison.Ordinal))
            return Managed(call, account, name);
        if (name.StartsWith("alias/", StringComparison.Ordinal))
            return state.Aliases.TryGet(new(account, region, name), out var alias) && state.Keys.TryGet(new(account, region, alias.KeyId), out var aliased)
                ? aliased
                : null;
        return state.Keys.TryGet(new(account, region, name.StartsWith("key/", StringComparison.Ordinal) ? name[4..] : name), out var key) ? key : null;
    }

    private KeyState? Managed(Call call, string account, string alias)
    {
        if (account != call.Account)
            return null;
        lock (_making)
        {
            if (state.Aliases.TryGet(new(account, call.Region, alias), out var known) && state.Keys.TryGet(new(account, call.Region, known.KeyId), out var key))
                return key;
            key = New(call, $"Default key that protects my {alias[(alias.LastIndexOf('/') + 1)..]} data when no other key is defined", DefaultPolicy(account), alias);
            state.Keys.Put(KeyOf(key), key);
            state.Aliases.Put(new(account, call.Region, alias), new(alias, call.Arn("kms", alias), key.Id, key.Created, key.Created));
            return key;
        }
    }

    [GeneratedRegex(@"^arn:aws:kms:(?<region>[^:]+):(?<account>\d{12}):(?<name>(key|alias)/.+)$")]
    private static partial Regex Arn();
}
