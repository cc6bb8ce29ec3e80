using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Rds.Provisioners;

/// <param name="KmsKeyId">What encrypts the secret; null for the key that AWS manages.</param>
internal sealed record MasterUserSecretProperties(string? KmsKeyId);

internal sealed record DBInstanceProperties
{
    private const string Hardware = "Kept and shown. The local server takes what the machine has.";
    private const string Upkeep = "The local server needs no maintenance: it is the one that is installed on this machine.";
    private const string Monitoring = "The local server is not monitored.";

    [CreateOnly]
    public string? DBInstanceIdentifier { get; init; }

    [CreateOnly]
    public required string Engine { get; init; }

    [NoLocalEffect("Kept and shown. Every version runs as the MariaDB server that is installed on this machine.")]
    public string? EngineVersion { get; init; }

    [NoLocalEffect("Costs of old versions don't arise locally.")]
    public string? EngineLifecycleSupport { get; init; }

    [CreateOnly]
    public string? DBName { get; init; }

    [CreateOnly]
    public string? MasterUsername { get; init; }

    public string? MasterUserPassword { get; init; }
    public bool? ManageMasterUserPassword { get; init; }
    public MasterUserSecretProperties? MasterUserSecret { get; init; }

    [CreateOnly]
    [NoLocalEffect("All local servers share one address, so each has a free port of its own; Endpoint.Port says which.")]
    public int? Port { get; init; }

    public int? BackupRetentionPeriod { get; init; }
    public bool? DeletionProtection { get; init; }
    public string? DBParameterGroupName { get; init; }

    [CreateOnly]
    public string? DBSubnetGroupName { get; init; }

    [NoLocalEffect(Ec2.Ec2State.NoPackets)]
    public IReadOnlyList<string>? VPCSecurityGroups { get; init; }

    [NoLocalEffect("The local server listens on the loopback address only.")]
    public bool? PubliclyAccessible { get; init; }

    [NoLocalEffect(Hardware)]
    public string? DBInstanceClass { get; init; }

    [NoLocalEffect(Hardware)]
    public int? AllocatedStorage { get; init; }

    [NoLocalEffect(Hardware)]
    public int? MaxAllocatedStorage { get; init; }

    [NoLocalEffect(Hardware)]
    public string? StorageType { get; init; }

    [NoLocalEffect(Hardware)]
    public int? Iops { get; init; }

    [NoLocalEffect(Hardware)]
    public int? StorageThroughput { get; init; }

    [CreateOnly]
    [NoLocalEffect("Kept and shown. The local server's files are as the disk keeps them.")]
    public bool? StorageEncrypted { get; init; }

    [CreateOnly]
    [NoLocalEffect("Kept and shown. The local server's files are as the disk keeps them.")]
    public string? KmsKeyId { get; init; }

    [NoLocalEffect("There is one server on one machine.")]
    public bool? MultiAZ { get; init; }

    [NoLocalEffect("There is one server on one machine.")]
    public string? AvailabilityZone { get; init; }

    [NoLocalEffect("Snapshots carry no tags locally.")]
    public bool? CopyTagsToSnapshot { get; init; }

    [NoLocalEffect("No backups are taken locally.")]
    public bool? DeleteAutomatedBackups { get; init; }

    [NoLocalEffect("No backups are taken locally; BackupRetentionPeriod switches the binary log on.")]
    public string? PreferredBackupWindow { get; init; }

    [NoLocalEffect(Upkeep)]
    public string? PreferredMaintenanceWindow { get; init; }

    [NoLocalEffect(Upkeep)]
    public bool? AutoMinorVersionUpgrade { get; init; }

    [NoLocalEffect(Upkeep)]
    public bool? AllowMajorVersionUpgrade { get; init; }

    [NoLocalEffect("The local server has a certificate of an authority of its own, in ca.pem beside its data.")]
    public string? CACertificateIdentifier { get; init; }

    [NoLocalEffect("The license is MariaDB's.")]
    public string? LicenseModel { get; init; }

    [NoLocalEffect("The local server's log is server.log beside its data.")]
    public IReadOnlyList<string>? EnableCloudwatchLogsExports { get; init; }

    [NoLocalEffect(Monitoring)]
    public int? MonitoringInterval { get; init; }

    [NoLocalEffect(Monitoring)]
    public string? MonitoringRoleArn { get; init; }

    [NoLocalEffect(Monitoring)]
    public bool? EnablePerformanceInsights { get; init; }

    [NoLocalEffect(Monitoring)]
    public int? PerformanceInsightsRetentionPeriod { get; init; }

    [NoLocalEffect(Monitoring)]
    public string? PerformanceInsightsKMSKeyId { get; init; }

    [NoLocalEffect(Monitoring)]
    public string? DatabaseInsightsMode { get; init; }

    [NoLocalEffect("Kept out: IAM's tokens are no passwords of the local server.")]
    public bool? EnableIAMDatabaseAuthentication { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}
