using Amazon.CDK;
using Amazon.CDK.AWS.RDS;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Network;
using PipelineStacks.Storage;

namespace PipelineStacks.SourceDatabase;

/// <summary>What <see cref="ReplicableDatabase"/> is made of.</summary>
public sealed record ReplicableDatabaseProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Where it is.</summary>
    public required DatabaseNetwork Network { get; init; }

    /// <summary>What encrypts it and its secrets.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>
/// RDS for MySQL, set up so that DMS can follow its changes. When its stack goes a last snapshot stays, unless both keys agree that data goes.
/// </summary>
public sealed class ReplicableDatabase : Construct
{
    private const string AdminName = "admin";

    /// <summary>Creates the database with its parameter group and secrets.</summary>
    public ReplicableDatabase(Construct scope, string id, ReplicableDatabaseProps props)
        : base(scope, id)
    {
        var database = props.Settings.Database;
        var parameters = new CfnDBParameterGroup(this, "Parameters", new CfnDBParameterGroupProps
        {
            Description = "MySQL whose changes can be followed",
            Family = "mysql8.4",
            Parameters = Parameters(database),
        });
        var subnets = new CfnDBSubnetGroup(this, "Subnets", new CfnDBSubnetGroupProps
        {
            DbSubnetGroupDescription = "The isolated subnets",
            SubnetIds = props.Network.SubnetIds,
        });
        var admin = database.RotateAdminPassword ? null : Credentials.Generate(this, "AdminSecret", AdminName, "Administers the database", props.Settings, props.Key);
        var replication = Credentials.Generate(this, "ReplicationSecret", "dms", "Replicates the database", props.Settings, props.Key);
        Instance = new CfnDBInstance(this, "Instance", InstanceProps(props, parameters, subnets, admin));
        Instance.ApplyRemovalPolicy(props.Settings.DestroysData ? RemovalPolicy.DESTROY : RemovalPolicy.SNAPSHOT);
        Admin = admin is null
            ? new Credentials(Instance.AttrMasterUserSecretSecretArn, props.Key.Key.KeyArn)
            : Credentials.Attached(this, "AdminSecretAttachment", admin, Instance, props.Key);
        Replication = Credentials.Attached(this, "ReplicationSecretAttachment", replication, Instance, props.Key);
    }

    /// <summary>The instance itself.</summary>
    public CfnDBInstance Instance { get; }

    /// <summary>The administrator.</summary>
    public Credentials Admin { get; }

    /// <summary>DMS's user.</summary>
    public Credentials Replication { get; }

    private static CfnDBInstanceProps InstanceProps(ReplicableDatabaseProps props, CfnDBParameterGroup parameters, CfnDBSubnetGroup subnets, CfnSecret? admin)
    {
        var (settings, database) = (props.Settings, props.Settings.Database);
        return new CfnDBInstanceProps
        {
            Engine = "mysql",
            EngineVersion = database.EngineVersion,
            // Patches only within 8.4: the next release is for somebody to choose.
            AutoMinorVersionUpgrade = true,
            AllowMajorVersionUpgrade = false,
            EngineLifecycleSupport = "open-source-rds-extended-support-disabled",
            DbInstanceClass = database.InstanceClass,
            StorageType = "gp3",
            AllocatedStorage = $"{database.StorageGigabytes}",
            MaxAllocatedStorage = database.MaximumStorageGigabytes,
            StorageEncrypted = true,
            KmsKeyId = props.Key.Key.KeyArn,
            // The switch of the binary log. It is said even where it is the default, which CloudFormation's isn't.
            BackupRetentionPeriod = database.BackupDays,
            CopyTagsToSnapshot = true,
            DeleteAutomatedBackups = settings.DestroysData,
            DeletionProtection = database.DeletionProtection ?? settings.IsProtected,
            MultiAz = database.MultiAz ?? settings.IsProduction,
            // Attached from the beginning: a group that comes later waits for a restart.
            DbParameterGroupName = parameters.Ref,
            DbSubnetGroupName = subnets.Ref,
            VpcSecurityGroups = [props.Network.Database.SecurityGroupId],
            PubliclyAccessible = false,
            // MySQL's own port is left to RDS, and on one machine with several servers to the local cloud.
            Port = database.Port == 3306 ? null : $"{database.Port}",
            CaCertificateIdentifier = CertificateAuthority.Name,
            EnableIamDatabaseAuthentication = true,
            MasterUsername = admin is null ? AdminName : Resolved(admin, "username"),
            MasterUserPassword = admin is null ? null : Resolved(admin, "password"),
            ManageMasterUserPassword = admin is null ? true : null,
            MasterUserSecret = admin is null ? new CfnDBInstance.MasterUserSecretProperty { KmsKeyId = props.Key.Key.KeyArn } : null,
        };
    }

    private static string Resolved(CfnSecret secret, string key) => $"{{{{resolve:secretsmanager:{secret.Ref}:SecretString:{key}::}}}}";

    private static Dictionary<string, string> Parameters(DatabaseSettings database) => new()
    {
        // DMS reads rows with all their columns, and neither checksums nor compressed transactions.
        ["binlog_format"] = "ROW",
        ["binlog_row_image"] = "FULL",
        ["binlog_checksum"] = "NONE",
        ["binlog_transaction_compression"] = "0",
        // Sakila has triggers, and who loads it isn't a superuser.
        ["log_bin_trust_function_creators"] = "1",
        ["require_secure_transport"] = database.Tls == DatabaseTls.None ? "0" : "1",
    };
}
