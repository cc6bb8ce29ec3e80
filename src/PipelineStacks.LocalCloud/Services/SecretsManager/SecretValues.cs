using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>The versions of secrets and the labels on them.</summary>
internal sealed class SecretValues(SecretFinder finder, SecretCipher cipher, TimeProvider time)
{
    private const int MaxLength = 65_536;

    // A version without a label is deprecated; AWS deletes such versions when there are about a hundred.
    private const int MaxVersions = 100;

    public GetSecretValueResponse Get(Call call, GetSecretValueRequest request)
    {
        var secret = finder.Find(call, "GetSecretValue", request.SecretId);
        var version = Pick(secret, request);
        var value = cipher.Open(call, secret.Arn, version);
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        // Kept by the day, as on AWS, which also spares a write for every read.
        if (secret.Accessed != today || version.Accessed != today)
            finder.Change(secret, one => one with
            {
                Accessed = today,
                Versions = one.Versions.ConvertAll(each => each.Id == version.Id ? each with { Accessed = today } : each),
            });
        return new(secret.Arn, secret.Name, version.Id, version.IsBinary ? value : null, version.IsBinary ? null : Encoding.UTF8.GetString(value),
            [.. version.Stages], version.Created);
    }

    public PutSecretValueResponse Put(Call call, PutSecretValueRequest request)
    {
        var secret = finder.Find(call, "PutSecretValue", request.SecretId);
        if (request.SecretString is null && request.SecretBinary is null)
            throw SecretErrors.Parameter("You must provide either SecretString or SecretBinary.");
        if (request.VersionStages is { Count: 0 or > 20 })
            throw SecretErrors.Parameter("A version has between 1 and 20 staging labels.");
        var version = NewVersion(call, secret, secret.KmsKeyId, request.ClientRequestToken, request.SecretString, request.SecretBinary, request.VersionStages ?? [Stage.Current]);
        version = finder.Change(secret, one => Add(call, one, version)).Versions.Find(one => one.Id == version.Id)!;
        return new(secret.Arn, secret.Name, version.Id, [.. version.Stages]);
    }

    public SecretResponse UpdateStage(Call call, UpdateSecretVersionStageRequest request)
    {
        var secret = finder.Find(call, "UpdateSecretVersionStage", request.SecretId);
        finder.Change(secret, one =>
        {
            foreach (var id in new[] { request.RemoveFromVersionId, request.MoveToVersionId }.OfType<string>())
                if (one.Versions.All(version => version.Id != id))
                    throw SecretErrors.NoValue($"VersionId: {id}");
            var holder = one.Staged(request.VersionStage);
            if (request.RemoveFromVersionId is { } from && holder?.Id != from)
                throw SecretErrors.Parameter($"The staging label {request.VersionStage} isn't attached to version {from}.");
            if (holder is not null && request.RemoveFromVersionId is null && holder.Id != request.MoveToVersionId)
                throw SecretErrors.Parameter($"The parameter RemoveFromVersionId can't be empty. Staging label {request.VersionStage} is currently attached to version {holder.Id}, so you must explicitly reference that version in RemoveFromVersionId.");
            if (request.VersionStage == Stage.Current && request.MoveToVersionId is null)
                throw SecretErrors.Parameter($"You can only move staging label {Stage.Current} to a different secret version. It can't be completely removed.");
            return Label(one, request.VersionStage, request.MoveToVersionId) with { Changed = time.GetUtcNow() };
        });
        return new(secret.Arn, secret.Name);
    }

    public ListSecretVersionIdsResponse List(Call call, ListSecretVersionIdsRequest request)
    {
        var secret = finder.Find(call, "ListSecretVersionIds", request.SecretId, evenDeleted: true);
        var page = Page<SecretVersion>.Of(secret.Versions.Where(version => request.IncludeDeprecated == true || version.Stages.Count > 0),
            request.NextToken, request.MaxResults ?? 100, "InvalidNextTokenException");
        return new([.. page.Items.Select(version => new SecretVersionsListEntry(version.Id, version.Stages.Count == 0 ? null : [.. version.Stages], version.Accessed, version.Created))],
            page.Next, secret.Arn, secret.Name);
    }

    /// <summary>A version with a value, checked and encrypted; not yet the secret's.</summary>
    public SecretVersion NewVersion(
        Call call, SecretState secret, string? keyId, string? token, string? text, byte[]? binary, IReadOnlyList<string> stages)
    {
        if (text is not null && binary is not null)
            throw SecretErrors.Parameter("You can't specify both a binary secret value and a string secret value in the same secret.");
        var value = binary ?? Encoding.UTF8.GetBytes(text!);
        if (value.Length is 0 or > MaxLength)
            throw ServiceException.Validation(binary is null ? "secretString" : "secretBinary", null, $"Member must have length between 1 and {MaxLength}");
        if (token is { Length: < 32 or > 64 })
            throw ServiceException.Validation("clientRequestToken", token, "Member must have length between 32 and 64");
        var id = token ?? Guid.NewGuid().ToString();
        return new(id, binary is not null, cipher.Seal(call, keyId, secret.Arn, id, value), [.. stages], time.GetUtcNow(), null);
    }

    /// <summary>The secret with the version. The same version once more changes nothing, which makes a request safe to repeat.</summary>
    public SecretState Add(Call call, SecretState secret, SecretVersion version)
    {
        if (secret.Versions.Find(one => one.Id == version.Id) is { } existing)
            return existing.IsBinary == version.IsBinary && cipher.Open(call, secret.Arn, existing).AsSpan().SequenceEqual(cipher.Open(call, secret.Arn, version))
                ? secret
                : throw new ServiceException("ResourceExistsException", $"You can't use ClientRequestToken {version.Id} because that value is already in use for a version of secret {secret.Arn}.");
        var stages = version.Stages;
        // The first value is the current one, whatever else it is.
        if (secret.Versions.IsEmpty)
            stages = stages.Add(Stage.Current);
        secret = secret with { Versions = secret.Versions.Insert(0, version with { Stages = [] }), Changed = version.Created };
        foreach (var stage in stages)
            secret = Label(secret, stage, version.Id);
        var deprecated = secret.Versions.Where(one => one.Stages.Count == 0).Skip(MaxVersions).ToHashSet();
        return secret with { Versions = secret.Versions.RemoveAll(deprecated.Contains) };
    }

    // A label is on one version at most. The version that loses AWSCURRENT becomes the previous one.
    private static SecretState Label(SecretState secret, string stage, string? to)
    {
        var holder = secret.Staged(stage);
        if (holder?.Id == to)
            return secret;
        secret = secret with
        {
            Versions = secret.Versions.ConvertAll(version =>
                version.Id == to ? version with { Stages = version.Stages.Add(stage) }
                : version.Id == holder?.Id ? version with { Stages = version.Stages.Remove(stage) }
                : version),
        };
        return stage == Stage.Current && holder is not null ? Label(secret, Stage.Previous, holder.Id) : secret;
    }

    private static SecretVersion Pick(SecretState secret, GetSecretValueRequest request)
    {
        if (request.VersionId is null)
            return secret.Staged(request.VersionStage ?? Stage.Current)
                ?? throw SecretErrors.NoValue($"staging label: {request.VersionStage ?? Stage.Current}");
        var version = secret.Versions.Find(one => one.Id == request.VersionId) ?? throw SecretErrors.NoValue($"VersionId: {request.VersionId}");
        return request.VersionStage is null || version.Stages.Contains(request.VersionStage)
            ? version
            : throw SecretErrors.Invalid("You provided a VersionStage that is not associated to the provided VersionId.");
    }
}
