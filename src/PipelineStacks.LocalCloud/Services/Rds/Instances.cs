using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Ec2;
using PipelineStacks.LocalCloud.Services.Rds.Contracts;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>
/// The life of instances. A change is done when its call is answered: a server starts within a second or two, whatever the
/// cloud's time is.
/// </summary>
internal sealed partial class Instances(
    RdsState state, InstanceServers servers, MariaDbTools tools, ParameterGroups groups, SubnetGroups subnets, Ec2State network, TimeProvider time,
    Callers callers, MasterSecrets secrets, ILogger<Instances> log) : IHostedLifecycleService
{
    public async ValueTask<InstanceState> CreateAsync(Call call, CreateDBInstanceRequest request)
    {
        var id = request.DBInstanceIdentifier.ToLowerInvariant();
        var arn = call.Arn("rds", $"db:{id}");
        call.Authorize("rds:CreateDBInstance", arn);
        Check(request);
        tools.Demand();
        var version = EngineVersions.Find(request.Engine, request.EngineVersion);
        var group = groups.Find(call, "CreateDBInstance", request.DBParameterGroupName ?? $"default.{version.DBParameterGroupFamily}");
        if (group.Family != version.DBParameterGroupFamily)
            throw new ServiceException("InvalidParameterCombination", $"The Parameter Group {group.Name} with DBParameterGroupFamily {group.Family} can't be used for this instance. Please use a Parameter Group with DBParameterGroupFamily {version.DBParameterGroupFamily}");
        var instance = new InstanceState
        {
            Id = id,
            Arn = arn,
            ResourceId = "db-" + System.Security.Cryptography.RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 26),
            Status = InstanceStatus.Creating,
            Engine = version.Engine,
            EngineVersion = version.EngineVersion,
            MasterUsername = request.MasterUsername!,
            DatabaseName = request.DBName,
            Port = servers.NewPort(),
            Created = time.GetUtcNow(),
            BackupRetentionPeriod = Retention(request.BackupRetentionPeriod ?? 1),
            DeletionProtection = request.DeletionProtection ?? false,
            ParameterGroup = group.Name,
            SubnetGroup = request.DBSubnetGroupName is { } subnetGroup ? subnets.Find(call, "CreateDBInstance", subnetGroup).Name : null,
            SecurityGroups = Groups(call, request.VpcSecurityGroupIds ?? []),
            Settings = new(request.DBInstanceClass, request.AllocatedStorage ?? 20, request.StorageType ?? "gp2", request.StorageEncrypted ?? false,
                request.KmsKeyId, request.MultiAZ ?? false, request.PubliclyAccessible ?? false, request.CopyTagsToSnapshot ?? false, request.AutoMinorVersionUpgrade ?? true),
            Tags = request.Tags ?? [],
        };
        if (servers.AreExisting && state.Instances.All.Select(one => one.Value.Id).FirstOrDefault() is { } other)
            throw ServiceException.Unsupported($"A second DB instance on the one server of {ExistingMySql.Variable}, which serves {other},");
        if (!state.Instances.TryAdd(instance.Key, instance))
            throw new ServiceException("DBInstanceAlreadyExists", "DB instance already exists");
        var password = request.MasterUserPassword ?? MasterSecrets.NewPassword();
        try
        {
            await servers.Of(instance).InstallAsync();
            await servers.StartAsync(instance, group.Parameters);
            await servers.Of(instance).PrepareAsync(instance.MasterUsername, password, instance.DatabaseName);
            var secret = request.ManageMasterUserPassword == true ? secrets.Create(call, arn, instance.MasterUsername, password, request.MasterUserSecretKmsKeyId) : null;
            return Set(instance, one => one with { Status = InstanceStatus.Available, MasterSecretArn = secret, MasterSecretKey = request.MasterUserSecretKmsKeyId });
        }
        catch
        {
            await servers.DeleteAsync(instance);
            state.Instances.Remove(instance.Key);
            throw;
        }
    }

    public async ValueTask<InstanceState> ModifyAsync(Call call, ModifyDBInstanceRequest request)
    {
        var before = Find(call, "ModifyDBInstance", request.DBInstanceIdentifier, InstanceStatus.Available);
        if (request.EngineVersion is { } version && EngineVersions.Find(before.Engine, version).EngineVersion is var wanted && !wanted.StartsWith(before.EngineVersion[..3], StringComparison.Ordinal))
            throw ServiceException.Unsupported($"A change of the engine's major version from {before.EngineVersion} to {wanted}");
        var group = groups.Find(call, "ModifyDBInstance", request.DBParameterGroupName ?? before.ParameterGroup);
        var securityGroups = request.VpcSecurityGroupIds is { } ids ? Groups(call, ids) : before.SecurityGroups;
        var secret = await PasswordAsync(call, before, request);
        var after = Set(before, one => one with
        {
            MasterSecretArn = secret,
            MasterSecretKey = secret is null ? null : secret == one.MasterSecretArn ? one.MasterSecretKey : request.MasterUserSecretKmsKeyId,
            BackupRetentionPeriod = Retention(request.BackupRetentionPeriod ?? one.BackupRetentionPeriod),
            DeletionProtection = request.DeletionProtection ?? one.DeletionProtection,
            EngineVersion = request.EngineVersion is null ? one.EngineVersion : EngineVersions.Find(one.Engine, request.EngineVersion).EngineVersion,
            ParameterGroup = group.Name,
            ParameterStatus = group.Name == one.ParameterGroup ? one.ParameterStatus : "pending-reboot",
            SecurityGroups = securityGroups,
            Settings = one.Settings with
            {
                Class = request.DBInstanceClass ?? one.Settings.Class,
                AllocatedStorage = request.AllocatedStorage ?? one.Settings.AllocatedStorage,
                StorageType = request.StorageType ?? one.Settings.StorageType,
                MultiAZ = request.MultiAZ ?? one.Settings.MultiAZ,
                PubliclyAccessible = request.PubliclyAccessible ?? one.Settings.PubliclyAccessible,
                CopyTagsToSnapshot = request.CopyTagsToSnapshot ?? one.Settings.CopyTagsToSnapshot,
                AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? one.Settings.AutoMinorVersionUpgrade,
            },
        });
        // As on RDS, the first backup switches the binary log on, and a changed class takes a restart.
        return before.BackupRetentionPeriod > 0 == after.BackupRetentionPeriod > 0 && before.Settings.Class == after.Settings.Class ? after : await RestartAsync(call, after);
    }

    public async ValueTask<InstanceState> StopAsync(Call call, string id)
    {
        var instance = Find(call, "StopDBInstance", id, InstanceStatus.Available);
        await servers.Of(instance).StopAsync();
        return Set(instance, one => one with { Status = InstanceStatus.Stopped });
    }

    public ValueTask<InstanceState> StartAsync(Call call, string id) => RestartAsync(call, Find(call, "StartDBInstance", id, InstanceStatus.Stopped, InstanceStatus.Failed));

    public ValueTask<InstanceState> RebootAsync(Call call, string id) => RestartAsync(call, Find(call, "RebootDBInstance", id, InstanceStatus.Available));

    public async ValueTask<InstanceState> DeleteAsync(Call call, DeleteDBInstanceRequest request)
    {
        var instance = state.Instance(call, "DeleteDBInstance", request.DBInstanceIdentifier);
        if (instance.DeletionProtection)
            throw new ServiceException("InvalidParameterCombination", "Cannot delete protected DB Instance, please disable deletion protection and try again.");
        if (request.SkipFinalSnapshot != true && request.FinalDBSnapshotIdentifier is null)
            throw new ServiceException("InvalidParameterCombination", "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
        if (request.FinalDBSnapshotIdentifier is { } snapshot)
            await SnapshotAsync(call, instance, snapshot);
        await servers.DeleteAsync(instance);
        state.Instances.Remove(instance.Key);
        if (instance.MasterSecretArn is { } secret)
            secrets.Delete(call, secret);
        return instance with { Status = "deleting" };
    }

    /// <returns>The secret that RDS keeps the password in from now on, if it does.</returns>
    private async ValueTask<string?> PasswordAsync(Call call, InstanceState instance, ModifyDBInstanceRequest request)
    {
        var isManaged = request.ManageMasterUserPassword ?? instance.MasterSecretArn is not null;
        CheckManaged(isManaged, request.MasterUserPassword);
        if (isManaged && instance.MasterSecretArn is { } kept)
        {
            if (request.RotateMasterUserPassword == true)
                await secrets.RotateAsync(call, secrets.Find(call, kept));
            return kept;
        }

        if (instance.MasterSecretArn is not null && request.MasterUserPassword is null)
            throw new ServiceException("InvalidParameterCombination", "You must specify MasterUserPassword when you turn ManageMasterUserPassword off.");
        if ((isManaged ? MasterSecrets.NewPassword() : request.MasterUserPassword) is not { } password)
            return null;
        CheckPassword(password);
        await servers.Of(instance).SetPasswordAsync(instance.MasterUsername, password);
        if (instance.MasterSecretArn is { } former)
            secrets.Delete(call, former);
        return isManaged ? secrets.Create(call, instance.Arn, instance.MasterUsername, password, request.MasterUserSecretKmsKeyId) : null;
    }

    private static void CheckManaged(bool isManaged, string? password)
    {
        if (isManaged && password is not null)
            throw new ServiceException("InvalidParameterCombination", "You can't specify MasterUserPassword for an instance with ManageMasterUserPassword enabled.");
    }

    /// <summary>Keeps the instance's files under a snapshot's name. The server is stopped for that.</summary>
    public async ValueTask SnapshotAsync(Call call, InstanceState instance, string id)
    {
        var arn = call.Arn("rds", $"snapshot:{id.ToLowerInvariant()}");
        call.Authorize("rds:CreateDBSnapshot", arn);
        var snapshot = new SnapshotState(id.ToLowerInvariant(), arn, instance.Id, instance.Engine, instance.EngineVersion, instance.MasterUsername, instance.Port,
            instance.Settings.AllocatedStorage, time.GetUtcNow());
        if (!state.Snapshots.TryAdd(RdsState.Key(call, id), snapshot))
            throw new ServiceException("DBSnapshotAlreadyExists", $"Cannot create the snapshot because a snapshot with the identifier {snapshot.Id} already exists.");
        await servers.Of(instance).StopAsync();
        servers.Copy(instance, snapshot.Id);
    }

    /// <summary>Gives the servers that use a group its changed parameters: at once where a running server takes them.</summary>
    public async ValueTask ApplyAsync(Call call, ParameterGroupState before, ParameterGroupState after)
    {
        var changed = after.Parameters.Where(one => before.Parameters.GetValueOrDefault(one.Key) != one.Value)
            .Where(one => ParameterCatalog.OfTheServer.ContainsKey(one.Key)).ToList();
        var removed = before.Parameters.Keys.Any(name => !after.Parameters.ContainsKey(name));
        foreach (var instance in state.Instances.In(call.Account, call.Region).Where(one => one.ParameterGroup == after.Name && one.Status == InstanceStatus.Available).ToList())
        {
            if (servers.AreExisting)
                throw ServiceException.Unsupported($"A change of parameters of the server of {ExistingMySql.Variable}");
            foreach (var (name, value) in changed.Where(one => ParameterCatalog.OfTheServer[one.Key]))
                await servers.Of(instance).ExecuteAsync(Statements.SetGlobal(name, ParameterCatalog.ValueOf(name, value)));
            if (removed || changed.Any(one => !ParameterCatalog.OfTheServer[one.Key]))
                Set(instance, one => one with { ParameterStatus = "pending-reboot" });
        }
    }

    /// <summary>Brings the servers up before anything can ask for them. What a killed process was creating is cleared away.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, unfinished) in state.Instances.All.Where(one => one.Value.Status == InstanceStatus.Creating).ToList())
        {
            await servers.DeleteAsync(unfinished);
            state.Instances.Remove(unfinished.Key);
        }

        await Task.WhenAll(state.Instances.All.Where(one => one.Value.Status is InstanceStatus.Available or InstanceStatus.Failed).Select(one => ResumeAsync(one.Value)).ToList());
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After every service that may still talk to a database.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => servers.StopAllAsync();

    private async Task ResumeAsync(InstanceState instance)
    {
        try
        {
            await RestartAsync(callers.ForService(instance.Key.Account, instance.Key.Region, "rds.amazonaws.com"), instance);
        }
        catch (ServiceException error)
        {
            // One database that can't start must not keep the cloud from starting; its status says so, and the log why.
            log.LogError("DB instance {Id} failed: {Reason}", instance.Id, error.Message);
            Set(instance, one => one with { Status = InstanceStatus.Failed });
        }
    }

    private async ValueTask<InstanceState> RestartAsync(Call call, InstanceState instance)
    {
        await servers.Of(instance).StopAsync();
        await servers.StartAsync(instance, groups.Find(call, "RebootDBInstance", instance.ParameterGroup).Parameters);
        return Set(instance, one => one with { Status = InstanceStatus.Available, ParameterStatus = "in-sync" });
    }

    private InstanceState Find(Call call, string action, string id, params ReadOnlySpan<string> statuses)
    {
        var instance = state.Instance(call, action, id);
        return statuses.Contains(instance.Status)
            ? instance
            : throw new ServiceException("InvalidDBInstanceState", $"Instance {instance.Id} is not in {string.Join(" or ", statuses.ToArray())} state.");
    }

    private InstanceState Set(InstanceState instance, Func<InstanceState, InstanceState> change) =>
        state.Instances.Update(instance.Key, change) ?? throw new ServiceException("DBInstanceNotFound", $"DBInstance {instance.Id} not found.", 404);

    private List<string> Groups(Call call, IReadOnlyList<string> ids) =>
        [.. ids.Select(id => network.SecurityGroups.TryGet(Ec2State.Key(call, id), out _) ? id
            : throw new ServiceException("InvalidParameterValue", $"Invalid security group , groupId= {id}, groupName=."))];

    private static int Retention(int days) => days is >= 0 and <= 35
        ? days
        : throw new ServiceException("InvalidParameterValue", $"Invalid backup retention period: {days}. Must be between 0 and 35.");

    public static void Check(CreateDBInstanceRequest request)
    {
        if (!Identifier().IsMatch(request.DBInstanceIdentifier))
            throw new ServiceException("InvalidParameterValue", "The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.");
        if (request.MasterUsername is not { Length: >= 1 and <= 16 } user || !char.IsAsciiLetter(user[0]) || !user.All(one => char.IsAsciiLetterOrDigit(one) || one == '_'))
            throw new ServiceException("InvalidParameterValue", "The parameter MasterUsername must begin with a letter and contain 1 to 16 letters, digits and underscores.");
        if (user is "rdsadmin" or "root")
            throw new ServiceException("InvalidParameterValue", $"MasterUsername {user} cannot be used as it is a reserved word used by the engine");
        CheckManaged(request.ManageMasterUserPassword == true, request.MasterUserPassword);
        if (request.ManageMasterUserPassword != true)
            CheckPassword(request.MasterUserPassword ?? "");
        if (request.DBName is { } name && (name.Length is 0 or > 64 || !char.IsAsciiLetter(name[0]) || !name.All(one => char.IsAsciiLetterOrDigit(one) || one == '_')))
            throw new ServiceException("InvalidParameterValue", $"DBName must begin with a letter and contain only alphanumeric characters: {name}");
    }

    private static void CheckPassword(string password)
    {
        if (password.Length is < 8 or > 41 || password.Any(one => one is '/' or '@' or '"' or ' ' || !char.IsAscii(one) || char.IsControl(one)))
            throw new ServiceException("InvalidParameterValue",
                "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used, 8 to 41 of them.");
    }

    [GeneratedRegex("^(?!.*--)[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$")]
    private static partial Regex Identifier();
}
