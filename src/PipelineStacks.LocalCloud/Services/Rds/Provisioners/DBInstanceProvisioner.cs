using System.Globalization;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.CloudFormation.Planning;

namespace PipelineStacks.LocalCloud.Services.Rds.Provisioners;

/// <summary><c>AWS::RDS::DBInstance</c>: a real MariaDB server on a port of the loopback address.</summary>
internal sealed class DBInstanceProvisioner(RdsState state, Instances instances, InstanceServers servers)
    : Provisioner<DBInstanceProperties>("AWS::RDS::DBInstance"), ISnapshotProvisioner
{
    public async ValueTask SnapshotAsync(ProvisionContext context, string physicalId)
    {
        var instance = state.Instance(context.Call, "CreateDBSnapshot", physicalId);
        // Before the server is stopped for it: a protected instance stays, and goes on working.
        if (!instance.DeletionProtection)
            await instances.SnapshotAsync(context.Call, instance, context.NewName(maxLength: 120, lowerCase: true));
    }

    protected override void Check(ProvisionContext context, DBInstanceProperties properties)
    {
        EngineVersions.Find(properties.Engine, properties.EngineVersion);
        if (properties.MasterUsername is null || (properties.MasterUserPassword is null && properties.ManageMasterUserPassword != true))
            throw ServiceException.Unsupported($"{context.LogicalId}: a DB instance without MasterUsername and either MasterUserPassword or ManageMasterUserPassword");
        if (properties.EngineLifecycleSupport is { } support and not ("open-source-rds-extended-support" or "open-source-rds-extended-support-disabled"))
            throw new ServiceException("InvalidParameterValue", $"Invalid EngineLifecycleSupport: {support}");
    }

    protected override async ValueTask<Provisioned> CreateAsync(ProvisionContext context, DBInstanceProperties properties) =>
        Describe(await instances.CreateAsync(context.Call, new()
        {
            DBInstanceIdentifier = properties.DBInstanceIdentifier ?? context.NewName(63, lowerCase: true),
            DBInstanceClass = properties.DBInstanceClass ?? throw new ServiceException("InvalidParameterCombination", "DBInstanceClass is required."),
            Engine = properties.Engine,
            EngineVersion = properties.EngineVersion,
            DBName = properties.DBName,
            MasterUsername = properties.MasterUsername,
            MasterUserPassword = properties.MasterUserPassword,
            ManageMasterUserPassword = properties.ManageMasterUserPassword,
            MasterUserSecretKmsKeyId = properties.MasterUserSecret?.KmsKeyId,
            Port = properties.Port,
            AllocatedStorage = properties.AllocatedStorage,
            StorageType = properties.StorageType,
            StorageEncrypted = properties.StorageEncrypted,
            KmsKeyId = properties.KmsKeyId,
            BackupRetentionPeriod = properties.BackupRetentionPeriod,
            DeletionProtection = properties.DeletionProtection,
            MultiAZ = properties.MultiAZ,
            PubliclyAccessible = properties.PubliclyAccessible,
            CopyTagsToSnapshot = properties.CopyTagsToSnapshot,
            AutoMinorVersionUpgrade = properties.AutoMinorVersionUpgrade,
            DBParameterGroupName = properties.DBParameterGroupName,
            DBSubnetGroupName = properties.DBSubnetGroupName,
            VpcSecurityGroupIds = properties.VPCSecurityGroups,
            Tags = properties.Tags,
        }));

    protected override async ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, DBInstanceProperties before, DBInstanceProperties after)
    {
        var call = context.Call;
        var updated = await instances.ModifyAsync(call, new()
        {
            DBInstanceIdentifier = physicalId,
            MasterUserPassword = after.MasterUserPassword == before.MasterUserPassword ? null : after.MasterUserPassword,
            ManageMasterUserPassword = after.ManageMasterUserPassword ?? false,
            MasterUserSecretKmsKeyId = after.MasterUserSecret?.KmsKeyId,
            DBInstanceClass = after.DBInstanceClass,
            AllocatedStorage = after.AllocatedStorage,
            StorageType = after.StorageType,
            EngineVersion = after.EngineVersion == before.EngineVersion ? null : after.EngineVersion,
            BackupRetentionPeriod = after.BackupRetentionPeriod ?? 1,
            DeletionProtection = after.DeletionProtection ?? false,
            MultiAZ = after.MultiAZ ?? false,
            PubliclyAccessible = after.PubliclyAccessible ?? false,
            CopyTagsToSnapshot = after.CopyTagsToSnapshot ?? false,
            AutoMinorVersionUpgrade = after.AutoMinorVersionUpgrade ?? true,
            DBParameterGroupName = after.DBParameterGroupName,
            VpcSecurityGroupIds = after.VPCSecurityGroups ?? [],
        });
        state.Instances.Update(updated.Key, instance => instance with { Tags = after.Tags ?? [] });
        return Describe(updated);
    }

    // A snapshot that the policy asks for is there already.
    protected override async ValueTask DeleteAsync(ProvisionContext context, string physicalId, DBInstanceProperties properties) =>
        await instances.DeleteAsync(context.Call, new() { DBInstanceIdentifier = physicalId, SkipFinalSnapshot = true });

    private Provisioned Describe(InstanceState instance) => new(instance.Id, [.. Attributes(instance)]);

    private (string, JsonNode?)[] Attributes(InstanceState instance) =>
    [
        ("Endpoint.Address", servers.Host), ("Endpoint.Port", instance.Port.ToString(CultureInfo.InvariantCulture)),
        ("Endpoint.HostedZoneId", InstanceDescriptions.HostedZoneId), ("DBInstanceArn", instance.Arn), ("DbiResourceId", instance.ResourceId),
        ("DBInstanceIdentifier", JsonValue.Create(instance.Id)),
        .. instance.MasterSecretArn is { } secret ? new (string, JsonNode?)[] { ("MasterUserSecret.SecretArn", secret) } : [],
    ];
}
