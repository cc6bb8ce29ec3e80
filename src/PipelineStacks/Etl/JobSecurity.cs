using Amazon.CDK.AWS.Glue;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using static Amazon.CDK.AWS.Glue.CfnSecurityConfiguration;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="JobSecurity"/> encrypts with.</summary>
public sealed record JobSecurityProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The key of the environment's data.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>Encrypts what jobs and crawlers write: files, logs and bookmarks.</summary>
public sealed class JobSecurity : Construct
{
    private readonly CfnSecurityConfiguration _configuration;

    /// <summary>Creates the configuration.</summary>
    public JobSecurity(Construct scope, string id, JobSecurityProps props)
        : base(scope, id) => _configuration = new CfnSecurityConfiguration(this, "Configuration", new CfnSecurityConfigurationProps
        {
            Name = new Names(props.Settings.Name).JobSecurity,
            EncryptionConfiguration = new EncryptionConfigurationProperty
            {
                S3Encryptions = new[] { new S3EncryptionProperty { S3EncryptionMode = "SSE-KMS", KmsKeyArn = props.Key.Key.KeyArn } },
                CloudWatchEncryption = new CloudWatchEncryptionProperty { CloudWatchEncryptionMode = "SSE-KMS", KmsKeyArn = props.Key.Key.KeyArn },
                JobBookmarksEncryption = new JobBookmarksEncryptionProperty { JobBookmarksEncryptionMode = "CSE-KMS", KmsKeyArn = props.Key.Key.KeyArn },
            },
        });

    /// <summary>The name as CloudFormation knows it.</summary>
    public string Name => _configuration.Ref;
}
