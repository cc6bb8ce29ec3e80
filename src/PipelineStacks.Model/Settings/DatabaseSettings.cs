namespace PipelineStacks.Model.Settings;

/// <summary>The MySQL database that is replicated: one that is deployed for the environment, or one that exists.</summary>
public sealed record DatabaseSettings : IChecked
{
    /// <summary>An existing database's host name, to replicate that one instead of deploying one.</summary>
    /// <value>None by default: RDS for MySQL is deployed.</value>
    [Shaped("[A-Za-z0-9][A-Za-z0-9.-]*", "a host name such as films.example.com")]
    public string? Host { get; init; }

    /// <summary>The port of the database.</summary>
    /// <value>3306 by default.</value>
    [Between(1, 65535, "port numbers")]
    public int Port { get; init; } = 3306;

    /// <summary>The existing database's secret for DMS, with the keys username, password, host and port.</summary>
    /// <value>None by default; needed with <c>host</c>.</value>
    [Shaped(SecretArn, SecretShape)]
    public string? ReplicationSecretArn { get; init; }

    /// <summary>The existing database's secret of an administrator, with the same keys.</summary>
    /// <value>None by default: then there is no function that prepares the database.</value>
    [Shaped(SecretArn, SecretShape)]
    public string? AdminSecretArn { get; init; }

    /// <summary>The key that encrypts the existing secrets, where it isn't AWS's own.</summary>
    /// <value>None by default.</value>
    [Shaped("arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+", "the ARN of a key")]
    public string? SecretKeyArn { get; init; }

    /// <summary>Whether DMS insists on TLS and on a certificate of RDS. A database that isn't RDS's has another and needs <c>none</c>.</summary>
    /// <value><c>verify-ca</c> by default.</value>
    public DatabaseTls Tls { get; init; } = DatabaseTls.VerifyCa;

    /// <summary>The version of MySQL, of the long-term release 8.4.</summary>
    /// <value>8.4.8 by default.</value>
    [Shaped(@"8\.4\.[0-9]+", "a version of MySQL 8.4 such as 8.4.8")]
    public string EngineVersion { get; init; } = "8.4.8";

    /// <summary>The instance class.</summary>
    /// <value>db.t4g.medium by default.</value>
    [Shaped(@"db\.[a-z0-9]+\.[a-z0-9]+", "an instance class such as db.t4g.medium")]
    public string InstanceClass { get; init; } = "db.t4g.medium";

    /// <summary>Gigabytes of gp3 storage.</summary>
    /// <value>20 by default.</value>
    [Between(20, 65536, "gigabytes")]
    public int StorageGigabytes { get; init; } = 20;

    /// <summary>Gigabytes up to which RDS lets the storage grow by itself.</summary>
    /// <value>100 by default.</value>
    [Between(20, 65536, "gigabytes")]
    public int MaximumStorageGigabytes { get; init; } = 100;

    /// <summary>Whether a standby runs in a second zone.</summary>
    /// <value>By default true for the environment named prod and false for others.</value>
    public bool? MultiAz { get; init; }

    /// <summary>Whether RDS refuses to delete the database.</summary>
    /// <value>By default as <c>terminationProtection</c>.</value>
    public bool? DeletionProtection { get; init; }

    /// <summary>Days that backups stay. Without any, RDS writes no binary log and nothing can be replicated.</summary>
    /// <value>7 by default.</value>
    [Between(1, 35, "days")]
    public int BackupDays { get; init; } = 7;

    /// <summary>Hours that the binary log stays: for how long replication may stand still and still resume.</summary>
    /// <value>24 by default.</value>
    [Between(24, 168, "hours")]
    public int BinlogHours { get; init; } = 24;

    /// <summary>
    /// Whether RDS keeps the administrator's password and rotates it each week. The password of DMS's user isn't rotated: the only ready-made
    /// rotation deploys somebody else's function.
    /// </summary>
    /// <value>false by default.</value>
    public bool RotateAdminPassword { get; init; }

    /// <summary>Whether the database exists already.</summary>
    public bool IsExisting => Host is not null;

    /// <summary>Whether there is anything to deploy for it: the database, or the function that administers it.</summary>
    public bool IsDeployed => !IsExisting || AdminSecretArn is not null;

    private const string SecretArn = "arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:.+-[A-Za-z0-9]{6}";
    private const string SecretShape = "the whole ARN of a secret, with the six characters at its end";

    IEnumerable<SettingsError> IChecked.Check(string path)
    {
        if (Host is not null && ReplicationSecretArn is null)
        {
            yield return new(
                $"{path}.replicationSecretArn",
                null,
                "missing, and an existing database needs it",
                "Give the ARN of the secret with username, password, host and port for DMS.");
        }
        if (Host is null && (ReplicationSecretArn ?? AdminSecretArn ?? SecretKeyArn) is not null)
            yield return new($"{path}.host", null, "missing, and a secret of an existing database is given", "Give its host name, or remove the ARNs.");
        if (Host is not null && RotateAdminPassword)
            yield return new($"{path}.rotateAdminPassword", "true", "not possible for an existing database", "Let its owner rotate it, and remove this.");
        if (MaximumStorageGigabytes < StorageGigabytes)
        {
            yield return new(
                $"{path}.maximumStorageGigabytes",
                $"{MaximumStorageGigabytes}",
                "less than there is from the beginning",
                $"Give at least {StorageGigabytes}.");
        }
    }
}

/// <summary>How a connection to the database is protected.</summary>
public enum DatabaseTls
{
    /// <summary>By TLS, with a certificate that the Region's authority of RDS has signed. DMS knows no weaker kind for MySQL.</summary>
    VerifyCa,

    /// <summary>Not at all: for databases whose certificate nobody can check.</summary>
    None,
}
