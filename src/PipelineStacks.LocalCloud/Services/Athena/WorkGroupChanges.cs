namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>What UpdateWorkGroup changes: members given replace, <c>Remove…</c> takes away, the rest stays.</summary>
internal static class WorkGroupChanges
{
    public static WorkGroupConfiguration Apply(WorkGroupConfiguration before, WorkGroupConfigurationUpdates? updates) => updates is null ? before : before with
    {
        EnforceWorkGroupConfiguration = updates.EnforceWorkGroupConfiguration ?? before.EnforceWorkGroupConfiguration,
        ResultConfiguration = Apply(before.ResultConfiguration ?? new(), updates.ResultConfigurationUpdates),
        PublishCloudWatchMetricsEnabled = updates.PublishCloudWatchMetricsEnabled ?? before.PublishCloudWatchMetricsEnabled,
        BytesScannedCutoffPerQuery = updates.RemoveBytesScannedCutoffPerQuery == true
            ? null : updates.BytesScannedCutoffPerQuery ?? before.BytesScannedCutoffPerQuery,
        RequesterPaysEnabled = updates.RequesterPaysEnabled ?? before.RequesterPaysEnabled,
        AdditionalConfiguration = updates.AdditionalConfiguration ?? before.AdditionalConfiguration,
        ExecutionRole = updates.ExecutionRole ?? before.ExecutionRole,
        CustomerContentEncryptionConfiguration = updates.RemoveCustomerContentEncryptionConfiguration == true
            ? null : updates.CustomerContentEncryptionConfiguration ?? before.CustomerContentEncryptionConfiguration,
    };

    private static ResultConfiguration Apply(ResultConfiguration before, ResultConfigurationUpdates? updates) => updates is null ? before : new()
    {
        OutputLocation = updates.RemoveOutputLocation == true ? null : updates.OutputLocation ?? before.OutputLocation,
        EncryptionConfiguration = updates.RemoveEncryptionConfiguration == true ? null : updates.EncryptionConfiguration ?? before.EncryptionConfiguration,
        ExpectedBucketOwner = updates.RemoveExpectedBucketOwner == true ? null : updates.ExpectedBucketOwner ?? before.ExpectedBucketOwner,
        AclConfiguration = updates.RemoveAclConfiguration == true ? null : updates.AclConfiguration ?? before.AclConfiguration,
    };
}
