using System.Text.Json;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.SecretsManager;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>The master passwords that RDS keeps itself, in Secrets Manager: generated, changed every seven days, and deleted with the instance.</summary>
internal sealed class MasterSecrets(
    RdsState state, InstanceServers servers, Secrets secrets, SecretFinder finder, SecretValues values, CloudClock clock, Callers callers) : IManagedSecretOwner, IHostedService
{
    private const int Days = 7;
    private const int PasswordLength = 28;

    public string Service => "rds";

    public static string NewPassword() => RandomPasswords.New(new() { PasswordLength = PasswordLength, ExcludeCharacters = "/@\"\\' " });

    /// <returns>The secret's ARN.</returns>
    public string Create(Call call, string instanceArn, string user, string password, string? keyId)
    {
        var created = secrets.Create(call, new()
        {
            Name = $"rds!db-{Guid.NewGuid()}",
            Description = $"Secret associated with primary RDS DB instance: {instanceArn}",
            KmsKeyId = keyId,
            SecretString = Value(user, password),
            Tags = [new("aws:secretsmanager:owningService", Service), new("aws:rds:primaryDBInstanceArn", instanceArn)],
        });
        var secret = finder.Find(call, "DescribeSecret", created.ARN);
        var next = clock.GetUtcNow().AddDays(Days);
        finder.Change(secret, one => one with { OwningService = Service, Rotation = new(Days, null, next) });
        Schedule(secret.Arn, next);
        return secret.Arn;
    }

    public SecretState Find(Call call, string arn) => finder.Find(call, "RotateSecret", arn);

    public void Delete(Call call, string arn) => secrets.Delete(call, new() { SecretId = arn, ForceDeleteWithoutRecovery = true });

    /// <summary>The value is kept as pending before the server has it, so that whatever ends this in between, one of both opens the database.</summary>
    public async ValueTask<string> RotateAsync(Call call, SecretState secret)
    {
        var instance = InstanceOf(secret.Arn);
        if (instance is not { Status: InstanceStatus.Available })
            throw SecretErrors.Invalid($"The secret {secret.Name} can't be rotated: its DB instance is not available.");
        var password = NewPassword();
        var version = values.Put(call, new() { SecretId = secret.Arn, SecretString = Value(instance.MasterUsername, password), VersionStages = [Stage.Pending] }).VersionId;
        await FinishAsync(call, instance, secret, version, password);
        return version;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, secret) in finder.Secrets.All.Where(one => one.Value.OwningService == Service).ToList())
        {
            var call = callers.ForService(key.Account, key.Region, "rds.amazonaws.com");
            if (secret.Staged(Stage.Pending) is { } pending && !pending.Stages.Contains(Stage.Current) && InstanceOf(secret.Arn) is { Status: InstanceStatus.Available } instance)
            {
                var value = values.Get(call, new() { SecretId = secret.Arn, VersionId = pending.Id }).SecretString!;
                await FinishAsync(call, instance, secret, pending.Id, JsonDocument.Parse(value).RootElement.GetProperty("password").GetString()!);
            }

            if (secret.Rotation is { } rotation)
                Schedule(secret.Arn, rotation.Next);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task FinishAsync(Call call, InstanceState instance, SecretState secret, string version, string password)
    {
        await servers.Of(instance).SetPasswordAsync(instance.MasterUsername, password);
        var current = finder.Find(call, "DescribeSecret", secret.Arn).Staged(Stage.Current);
        values.UpdateStage(call, new() { SecretId = secret.Arn, VersionStage = Stage.Current, MoveToVersionId = version, RemoveFromVersionId = current?.Id });
        values.UpdateStage(call, new() { SecretId = secret.Arn, VersionStage = Stage.Pending, RemoveFromVersionId = version });
        var now = clock.GetUtcNow();
        finder.Change(secret, one => one with { Rotation = new(Days, now, now.AddDays(Days)) });
        Schedule(secret.Arn, now.AddDays(Days));
    }

    // Whether it is still due is decided then: the secret may be gone, or rotated by hand since.
    private void Schedule(string arn, DateTimeOffset due) => clock.At(due, $"rotating {arn}", async () =>
    {
        if (finder.Secrets.All.Select(one => one.Value).FirstOrDefault(one => one.Arn == arn) is not { Rotation: { } rotation } secret || rotation.Next > clock.GetUtcNow())
            return;
        if (InstanceOf(arn) is { Status: InstanceStatus.Available })
            await RotateAsync(callers.ForService(secret.Key.Account, secret.Key.Region, "rds.amazonaws.com"), secret);
        else
            Schedule(arn, clock.GetUtcNow().AddDays(1));
    });

    private InstanceState? InstanceOf(string secretArn) => state.Instances.All.Select(one => one.Value).FirstOrDefault(one => one.MasterSecretArn == secretArn);

    private static string Value(string user, string password) => JsonSerializer.Serialize(new Dictionary<string, string> { ["username"] = user, ["password"] = password });
}
