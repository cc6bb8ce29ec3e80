using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

internal sealed record SecurityConfigurationProperties
{
    [CreateOnly]
    public required string Name { get; init; }

    [CreateOnly]
    [NoLocalEffect("Data lies unencrypted on this machine; only the names of log groups follow it.")]
    public required EncryptionProvision EncryptionConfiguration { get; init; }
}

/// <summary>As <see cref="EncryptionConfiguration"/>, whose list of S3's has another name in templates.</summary>
internal sealed record EncryptionProvision(
    IReadOnlyList<S3Encryption>? S3Encryptions, CloudWatchEncryption? CloudWatchEncryption, JobBookmarksEncryption? JobBookmarksEncryption,
    DataQualityEncryption? DataQualityEncryption)
{
    public EncryptionConfiguration Configuration => new(S3Encryptions, CloudWatchEncryption, JobBookmarksEncryption, DataQualityEncryption);
}

/// <summary><c>AWS::Glue::SecurityConfiguration</c>.</summary>
internal sealed class SecurityConfigurationProvisioner(SecurityConfigurations configurations)
    : Provisioner<SecurityConfigurationProperties>("AWS::Glue::SecurityConfiguration")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SecurityConfigurationProperties properties)
    {
        configurations.Create(context.Call, new(properties.Name, properties.EncryptionConfiguration.Configuration));
        return ValueTask.FromResult(new Provisioned(properties.Name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, SecurityConfigurationProperties before, SecurityConfigurationProperties after) =>
        ValueTask.FromResult(new Provisioned(physicalId));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SecurityConfigurationProperties properties)
    {
        Gone.Ignored(() => configurations.Delete(context.Call, new(physicalId)));
        return ValueTask.CompletedTask;
    }
}
