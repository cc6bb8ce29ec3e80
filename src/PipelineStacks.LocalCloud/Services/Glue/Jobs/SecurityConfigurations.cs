using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>How jobs and crawlers are to encrypt. Data lies unencrypted on this machine; the names of log groups follow it.</summary>
internal sealed class SecurityConfigurations(JobState state, TimeProvider time) : IGlueOperations
{
    public OperationTable AddTo(OperationTable table) => table
        .Add<CreateSecurityConfigurationRequest, CreateSecurityConfigurationResponse>("CreateSecurityConfiguration", Create)
        .Add<SecurityConfigurationNameRequest, GetSecurityConfigurationResponse>("GetSecurityConfiguration", Get)
        .Add<GetSecurityConfigurationsRequest, GetSecurityConfigurationsResponse>("GetSecurityConfigurations", List)
        .Add<SecurityConfigurationNameRequest, Empty>("DeleteSecurityConfiguration", Delete);

    public CreateSecurityConfigurationResponse Create(Call call, CreateSecurityConfigurationRequest request)
    {
        call.Authorize("glue:CreateSecurityConfiguration", "*");
        Check(request.EncryptionConfiguration);
        var configuration = new SecurityConfiguration(request.Name, time.GetUtcNow(), request.EncryptionConfiguration);
        return state.SecurityConfigurations.TryAdd(JobState.Key(call, request.Name), configuration)
            ? new(request.Name, configuration.CreatedTimeStamp)
            : throw GlueErrors.Exists($"Security configuration {request.Name}");
    }

    public GetSecurityConfigurationResponse Get(Call call, SecurityConfigurationNameRequest request)
    {
        call.Authorize("glue:GetSecurityConfiguration", "*");
        return new(state.SecurityConfigurations.TryGet(JobState.Key(call, request.Name), out var found) ? found : throw Missing(request.Name));
    }

    public GetSecurityConfigurationsResponse List(Call call, GetSecurityConfigurationsRequest request)
    {
        call.Authorize("glue:GetSecurityConfigurations", "*");
        var page = GluePages.Of(state.SecurityConfigurations.In(call.Account, call.Region), request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public Empty Delete(Call call, SecurityConfigurationNameRequest request)
    {
        call.Authorize("glue:DeleteSecurityConfiguration", "*");
        return state.SecurityConfigurations.Remove(JobState.Key(call, request.Name)) ? Empty.Value : throw Missing(request.Name);
    }

    public static void Check(EncryptionConfiguration wanted)
    {
        var faults = new List<string>();
        foreach (var s3 in wanted.S3Encryption ?? [])
            Check("S3Encryption", s3.S3EncryptionMode, s3.KmsKeyArn, "DISABLED", "SSE-S3", "SSE-KMS");
        Check("CloudWatchEncryption", wanted.CloudWatchEncryption?.CloudWatchEncryptionMode, wanted.CloudWatchEncryption?.KmsKeyArn, "DISABLED", "SSE-KMS");
        Check("JobBookmarksEncryption", wanted.JobBookmarksEncryption?.JobBookmarksEncryptionMode, wanted.JobBookmarksEncryption?.KmsKeyArn, "DISABLED", "CSE-KMS");
        Check("DataQualityEncryption", wanted.DataQualityEncryption?.DataQualityEncryptionMode, wanted.DataQualityEncryption?.KmsKeyArn, "DISABLED", "SSE-KMS");
        if (faults.Count > 0)
            throw GlueErrors.Invalid(string.Join("; ", faults) + ".");

        void Check(string name, string? mode, string? key, params string[] modes)
        {
            if (mode is not null && !modes.Contains(mode))
                faults.Add($"{name}Mode must be one of {string.Join(", ", modes)}, and is {mode}");
            if (mode?.EndsWith("-KMS", StringComparison.Ordinal) == true && string.IsNullOrEmpty(key))
                faults.Add($"{name} with {mode} needs a KmsKeyArn");
        }
    }

    private static ServiceException Missing(string name) => GlueErrors.NotFound($"Security Configuration {name} not found.");
}
