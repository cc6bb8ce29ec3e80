using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>The life of secrets, from creation to the end of their recovery window.</summary>
internal sealed class Secrets(SecretFinder finder, SecretValues values, SecretCipher cipher, CloudClock clock) : IHostedService
{
    private const string SuffixCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public SecretVersionResponse Create(Call call, CreateSecretRequest request)
    {
        var suffix = System.Security.Cryptography.RandomNumberGenerator.GetString(SuffixCharacters, 6);
        var arn = call.Arn("secretsmanager", $"secret:{request.Name}-{suffix}");
        call.Authorize("secretsmanager:CreateSecret", arn);
        CheckName(request.Name);
        if (finder.Secrets.TryGet(new(call.Account, call.Region, request.Name), out var existing))
            return Repeat(call, existing, request);
        var now = clock.GetUtcNow();
        var secret = new SecretState(request.Name, arn, request.Description, request.KmsKeyId, now, now, null, null, null, null, [], request.Tags ?? []);
        SecretVersion? version = null;
        if (request.SecretString is not null || request.SecretBinary is not null)
        {
            version = values.NewVersion(call, secret, request.KmsKeyId, request.ClientRequestToken, request.SecretString, request.SecretBinary, [Stage.Current]);
            secret = values.Add(call, secret, version);
        }

        return finder.Secrets.TryAdd(secret.Key, secret) ? new(arn, secret.Name, version?.Id) : throw Exists(secret.Name);
    }

    public SecretVersionResponse Update(Call call, UpdateSecretRequest request)
    {
        var secret = finder.Find(call, "UpdateSecret", request.SecretId);
        var keyId = request.KmsKeyId ?? secret.KmsKeyId;
        // As on AWS, the versions that are there stay under the key that they were made with.
        var version = request.SecretString is null && request.SecretBinary is null
            ? null
            : values.NewVersion(call, secret, keyId, request.ClientRequestToken, request.SecretString, request.SecretBinary, [Stage.Current]);
        finder.Change(secret, one =>
        {
            one = one with { Description = request.Description ?? one.Description, KmsKeyId = keyId, Changed = clock.GetUtcNow() };
            return version is null ? one : values.Add(call, one, version);
        });
        return new(secret.Arn, secret.Name, version?.Id);
    }

    public DeleteSecretResponse Delete(Call call, DeleteSecretRequest request)
    {
        var now = clock.GetUtcNow();
        var secret = finder.FindOrNull(call, "DeleteSecret", request.SecretId);
        var force = request.ForceDeleteWithoutRecovery == true;
        if (force && request.RecoveryWindowInDays is not null)
            throw SecretErrors.Parameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        if (request.RecoveryWindowInDays is { } asked and not (>= 7 and <= 30))
            throw SecretErrors.Parameter($"The RecoveryWindowInDays value must be between 7 and 30 days (inclusive), and not {asked}.");
        if (force)
        {
            // As documented, what isn't there counts as deleted.
            if (secret is not null)
                finder.Secrets.Remove(secret.Key);
            return new(secret?.Arn ?? call.Arn("secretsmanager", $"secret:{request.SecretId}"), secret?.Name ?? request.SecretId, now);
        }

        if (secret is null)
            throw SecretErrors.NotFound();
        if (secret.DeletionDate is not null)
            throw SecretErrors.MarkedForDeletion();
        var due = now + TimeSpan.FromDays(request.RecoveryWindowInDays ?? 30);
        finder.Change(secret, one => one with { Deleted = now, DeletionDate = due });
        Schedule(secret.Key, due);
        return new(secret.Arn, secret.Name, due);
    }

    public SecretResponse Restore(Call call, SecretRequest request)
    {
        var secret = finder.Find(call, "RestoreSecret", request.SecretId, evenDeleted: true);
        finder.Change(secret, one => one with { Deleted = null, DeletionDate = null });
        return new(secret.Arn, secret.Name);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, secret) in finder.Secrets.All)
            if (secret.DeletionDate is { } due)
                Schedule(key, due);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A restored secret may have been deleted again since, so what is due is decided when the time has come.
    private void Schedule(ResourceKey key, DateTimeOffset due) => clock.At(due, $"deleting the secret {key.Name}", () =>
    {
        if (finder.Secrets.TryGet(key, out var secret) && secret.DeletionDate <= clock.GetUtcNow())
            finder.Secrets.Remove(key);
        return Task.CompletedTask;
    });

    private SecretVersionResponse Repeat(Call call, SecretState existing, CreateSecretRequest request)
    {
        if (existing.DeletionDate is not null)
            throw SecretErrors.Invalid("You can't create this secret because a secret with this name is already scheduled for deletion.");
        var value = request.SecretBinary ?? (request.SecretString is null ? null : System.Text.Encoding.UTF8.GetBytes(request.SecretString));
        return request.ClientRequestToken is { } token && existing.Versions.Find(version => version.Id == token) is { } version && value is not null
            && cipher.Open(call, existing.Arn, version).AsSpan().SequenceEqual(value)
            ? new(existing.Arn, existing.Name, token)
            : throw Exists(existing.Name);
    }

    private static ServiceException Exists(string name) =>
        new("ResourceExistsException", $"The operation failed because the secret {name} already exists.");

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > 512 || !name.All(one => char.IsAsciiLetterOrDigit(one) || "/_+=.@-!".Contains(one, StringComparison.Ordinal)))
            throw new ServiceException("ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
    }
}
