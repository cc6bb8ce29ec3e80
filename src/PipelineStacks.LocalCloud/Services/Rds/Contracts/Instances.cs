namespace PipelineStacks.LocalCloud.Services.Rds.Contracts;

internal sealed record CreateDBInstanceRequest
{
    public required string DBInstanceIdentifier { get; init; }
    public required string DBInstanceClass { get; init; }
    public required string Engine { get; init; }
    public string? EngineVersion { get; init; }
    public string? DBName { get; init; }
    public string? MasterUsername { get; init; }
    public string? MasterUserPassword { get; init; }
    public bool? ManageMasterUserPassword { get; init; }
    public string? MasterUserSecretKmsKeyId { get; init; }
    public int? Port { get; init; }
    public int? AllocatedStorage { get; init; }
    public string? StorageType { get; init; }
    public bool? StorageEncrypted { get; init; }
    public string? KmsKeyId { get; init; }
    public int? BackupRetentionPeriod { get; init; }
    public bool? DeletionProtection { get; init; }
    public bool? MultiAZ { get; init; }
    public bool? PubliclyAccessible { get; init; }
    public bool? CopyTagsToSnapshot { get; init; }
    public bool? AutoMinorVersionUpgrade { get; init; }
    public string? DBParameterGroupName { get; init; }
    public string? DBSubnetGroupName { get; init; }
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ModifyDBInstanceRequest
{
    public required string DBInstanceIdentifier { get; init; }
    public string? MasterUserPassword { get; init; }
    public bool? ManageMasterUserPassword { get; init; }
    public string? MasterUserSecretKmsKeyId { get; init; }
    public bool? RotateMasterUserPassword { get; init; }
    public string? DBInstanceClass { get; init; }
    public int? AllocatedStorage { get; init; }
    public string? StorageType { get; init; }
    public string? EngineVersion { get; init; }
    public int? BackupRetentionPeriod { get; init; }
    public bool? DeletionProtection { get; init; }
    public bool? MultiAZ { get; init; }
    public bool? PubliclyAccessible { get; init; }
    public bool? CopyTagsToSnapshot { get; init; }
    public bool? AutoMinorVersionUpgrade { get; init; }
    public string? DBParameterGroupName { get; init; }
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }

    /// <summary>Changes are applied at once here, whether asked for or not.</summary>
    public bool? ApplyImmediately { get; init; }
}

internal sealed record DeleteDBInstanceRequest
{
    public required string DBInstanceIdentifier { get; init; }
    public bool? SkipFinalSnapshot { get; init; }
    public string? FinalDBSnapshotIdentifier { get; init; }
    public bool? DeleteAutomatedBackups { get; init; }
}

internal sealed record DBInstanceRequest
{
    public required string DBInstanceIdentifier { get; init; }
}

internal sealed record DescribeDBInstancesRequest
{
    public string? DBInstanceIdentifier { get; init; }
    public int? MaxRecords { get; init; }
    public string? Marker { get; init; }
}

internal sealed record DBInstanceResponse(DBInstance DBInstance);

internal sealed record DescribeDBInstancesResponse(IReadOnlyList<DBInstance> DBInstances, string? Marker);

internal sealed record DBInstance
{
    public required string DBInstanceIdentifier { get; init; }
    public required string DBInstanceArn { get; init; }
    public required string DbiResourceId { get; init; }
    public required string DBInstanceStatus { get; init; }
    public required string DBInstanceClass { get; init; }
    public required string Engine { get; init; }
    public required string EngineVersion { get; init; }
    public required string MasterUsername { get; init; }
    public MasterUserSecret? MasterUserSecret { get; init; }
    public string? DBName { get; init; }
    public DBEndpoint? Endpoint { get; init; }
    public required DateTimeOffset InstanceCreateTime { get; init; }
    public required int AllocatedStorage { get; init; }
    public required string StorageType { get; init; }
    public required bool StorageEncrypted { get; init; }
    public string? KmsKeyId { get; init; }
    public required int BackupRetentionPeriod { get; init; }
    public required bool DeletionProtection { get; init; }
    public required bool MultiAZ { get; init; }
    public required bool PubliclyAccessible { get; init; }
    public required bool CopyTagsToSnapshot { get; init; }
    public required bool AutoMinorVersionUpgrade { get; init; }
    public required IReadOnlyList<DBParameterGroupStatus> DBParameterGroups { get; init; }
    public required IReadOnlyList<VpcSecurityGroupMembership> VpcSecurityGroups { get; init; }
    public DBSubnetGroup? DBSubnetGroup { get; init; }
    public required IReadOnlyList<Tag> TagList { get; init; }
}

internal sealed record MasterUserSecret(string SecretArn, string SecretStatus, string? KmsKeyId);

internal sealed record DBEndpoint(string Address, int Port, string HostedZoneId);

internal sealed record DBParameterGroupStatus(string DBParameterGroupName, string ParameterApplyStatus);

internal sealed record VpcSecurityGroupMembership(string VpcSecurityGroupId, string Status);

internal sealed record DescribeDBSnapshotsRequest
{
    public string? DBInstanceIdentifier { get; init; }
    public string? DBSnapshotIdentifier { get; init; }
    public string? SnapshotType { get; init; }
    public int? MaxRecords { get; init; }
    public string? Marker { get; init; }
}

internal sealed record DBSnapshotRequest
{
    public required string DBSnapshotIdentifier { get; init; }
}

internal sealed record DBSnapshot(
    string DBSnapshotIdentifier, string DBSnapshotArn, string DBInstanceIdentifier, string Engine, string EngineVersion, string MasterUsername, int Port,
    int AllocatedStorage, DateTimeOffset SnapshotCreateTime, string Status, string SnapshotType);

internal sealed record DBSnapshotResponse(DBSnapshot DBSnapshot);

internal sealed record DescribeDBSnapshotsResponse(IReadOnlyList<DBSnapshot> DBSnapshots, string? Marker);
