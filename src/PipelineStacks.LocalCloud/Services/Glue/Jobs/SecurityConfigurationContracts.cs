namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

internal sealed record S3Encryption(string? S3EncryptionMode, string? KmsKeyArn);

internal sealed record CloudWatchEncryption(string? CloudWatchEncryptionMode, string? KmsKeyArn);

internal sealed record JobBookmarksEncryption(string? JobBookmarksEncryptionMode, string? KmsKeyArn);

internal sealed record DataQualityEncryption(string? DataQualityEncryptionMode, string? KmsKeyArn);

internal sealed record EncryptionConfiguration(
    IReadOnlyList<S3Encryption>? S3Encryption, CloudWatchEncryption? CloudWatchEncryption, JobBookmarksEncryption? JobBookmarksEncryption,
    DataQualityEncryption? DataQualityEncryption);

internal sealed record SecurityConfiguration(string Name, DateTimeOffset CreatedTimeStamp, EncryptionConfiguration EncryptionConfiguration);

internal sealed record CreateSecurityConfigurationRequest(string Name, EncryptionConfiguration EncryptionConfiguration);

internal sealed record CreateSecurityConfigurationResponse(string Name, DateTimeOffset CreatedTimestamp);

internal sealed record SecurityConfigurationNameRequest(string Name);

internal sealed record GetSecurityConfigurationResponse(SecurityConfiguration SecurityConfiguration);

internal sealed record GetSecurityConfigurationsRequest(string? NextToken, int? MaxResults);

internal sealed record GetSecurityConfigurationsResponse(IReadOnlyList<SecurityConfiguration> SecurityConfigurations, string? NextToken);
