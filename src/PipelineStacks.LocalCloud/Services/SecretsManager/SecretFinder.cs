using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>Finds secrets by name, by ARN, and by ARN without the six characters at its end.</summary>
internal sealed class SecretFinder(StateStore store)
{
    public StateCollection<SecretState> Secrets { get; } = store.Open<SecretState>("secretsmanager", "secrets");

    /// <summary>The secret, for a call that may do the action with it.</summary>
    /// <exception cref="ServiceException">There is none, or it is about to be deleted.</exception>
    public SecretState Find(Call call, string action, string secretId, bool evenDeleted = false)
    {
        var secret = FindOrNull(call, action, secretId) ?? throw SecretErrors.NotFound();
        return secret.DeletionDate is null || evenDeleted ? secret : throw SecretErrors.MarkedForDeletion();
    }

    public SecretState? FindOrNull(Call call, string action, string secretId)
    {
        var secret = Resolve(call, secretId);
        call.Authorize("secretsmanager:" + action,
            secret?.Arn ?? (secretId.StartsWith("arn:", StringComparison.Ordinal) ? secretId : call.Arn("secretsmanager", $"secret:{secretId}-??????")));
        return secret;
    }

    /// <summary>Changes a secret as it is at that moment.</summary>
    public SecretState Change(SecretState secret, Func<SecretState, SecretState> change) =>
        Secrets.Update(secret.Key, change) ?? throw SecretErrors.NotFound();

    private SecretState? Resolve(Call call, string secretId)
    {
        if (!secretId.StartsWith("arn:", StringComparison.Ordinal))
            return Secrets.TryGet(new(call.Account, call.Region, secretId), out var named) ? named : null;
        var parts = secretId.Split(':', 7);
        if (parts is not [_, _, "secretsmanager", var region, var account, "secret", _] || region != call.Region)
            return null;
        return Secrets.In(account, region).FirstOrDefault(secret => secret.Arn == secretId)
            ?? Secrets.In(account, region).FirstOrDefault(secret => secret.Arn[..^7] == secretId);
    }
}
