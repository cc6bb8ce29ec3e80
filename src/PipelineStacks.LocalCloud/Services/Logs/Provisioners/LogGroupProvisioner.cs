using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Logs.Provisioners;

internal sealed record LogGroupProperties
{
    [CreateOnly]
    public string? LogGroupName { get; init; }

    public int? RetentionInDays { get; init; }

    [NoLocalEffect("Kept and shown by DescribeLogGroups; logs are files of the user and not encrypted.")]
    public string? KmsKeyId { get; init; }

    public string? LogGroupClass { get; init; }
    public bool? DeletionProtectionEnabled { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::Logs::LogGroup</c>.</summary>
internal sealed class LogGroupProvisioner(LogGroups groups) : Provisioner<LogGroupProperties>("AWS::Logs::LogGroup")
{
    protected override void Check(ProvisionContext context, LogGroupProperties properties)
    {
        if (properties.LogGroupClass is not (null or "STANDARD"))
            throw ServiceException.Unsupported($"{context.LogicalId}: the log group class {properties.LogGroupClass}");
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, LogGroupProperties properties)
    {
        var name = properties.LogGroupName ?? context.NewName(512);
        groups.Create(context.Call, new()
        {
            LogGroupName = name,
            KmsKeyId = properties.KmsKeyId,
            LogGroupClass = properties.LogGroupClass,
            DeletionProtectionEnabled = properties.DeletionProtectionEnabled,
            Tags = ToMap(properties.Tags),
        });
        if (properties.RetentionInDays is { } days)
            groups.PutRetention(context.Call, new() { LogGroupName = name, RetentionInDays = days });
        return ValueTask.FromResult(Describe(context.Call, name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, LogGroupProperties before, LogGroupProperties after)
    {
        var call = context.Call;
        if (after.RetentionInDays is { } days)
            groups.PutRetention(call, new() { LogGroupName = physicalId, RetentionInDays = days });
        else
            groups.DeleteRetention(call, new() { LogGroupName = physicalId });
        groups.AssociateKey(call, new() { LogGroupName = physicalId, KmsKeyId = after.KmsKeyId });
        groups.PutDeletionProtection(call, new() { LogGroupIdentifier = physicalId, DeletionProtectionEnabled = after.DeletionProtectionEnabled == true });
        groups.Untag(call, new() { LogGroupName = physicalId, Tags = [.. ToMap(before.Tags).Keys] });
        groups.Tag(call, new() { LogGroupName = physicalId, Tags = ToMap(after.Tags) });
        return ValueTask.FromResult(Describe(call, physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, LogGroupProperties properties)
    {
        groups.Delete(context.Call, new() { LogGroupName = physicalId });
        return ValueTask.CompletedTask;
    }

    private Provisioned Describe(Call call, string name) => new(name, ("Arn", groups.Find(call, "logs:DescribeLogGroups", name).Arn + ":*"));

    private static Dictionary<string, string> ToMap(IReadOnlyList<Tag>? tags) => (tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
}
