using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms.Provisioners;

internal sealed record CompositeAlarmProperties
{
    [CreateOnly]
    public string? AlarmName { get; init; }

    public string? AlarmDescription { get; init; }
    public required string AlarmRule { get; init; }
    public bool? ActionsEnabled { get; init; }
    public IReadOnlyList<string>? OKActions { get; init; }
    public IReadOnlyList<string>? AlarmActions { get; init; }
    public IReadOnlyList<string>? InsufficientDataActions { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::CloudWatch::CompositeAlarm</c>.</summary>
internal sealed class CompositeAlarmProvisioner(AlarmOperations alarms) : Provisioner<CompositeAlarmProperties>("AWS::CloudWatch::CompositeAlarm")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, CompositeAlarmProperties properties) =>
        ValueTask.FromResult(Put(context, properties.AlarmName ?? context.NewName(255), properties));

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, CompositeAlarmProperties before, CompositeAlarmProperties after)
    {
        var made = Put(context, physicalId, after);
        var arn = AlarmOperations.ArnOf(context.Call, physicalId);
        alarms.Untag(context.Call, new() { ResourceARN = arn, TagKeys = [.. (before.Tags ?? []).Select(tag => tag.Key)] });
        alarms.Tag(context.Call, new() { ResourceARN = arn, Tags = after.Tags ?? [] });
        return ValueTask.FromResult(made);
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, CompositeAlarmProperties properties)
    {
        alarms.Delete(context.Call, new() { AlarmNames = [physicalId] });
        return ValueTask.CompletedTask;
    }

    private Provisioned Put(ProvisionContext context, string name, CompositeAlarmProperties properties)
    {
        alarms.PutComposite(context.Call, new()
        {
            AlarmName = name,
            AlarmDescription = properties.AlarmDescription,
            AlarmRule = properties.AlarmRule,
            ActionsEnabled = properties.ActionsEnabled,
            OKActions = properties.OKActions,
            AlarmActions = properties.AlarmActions,
            InsufficientDataActions = properties.InsufficientDataActions,
            Tags = properties.Tags,
        });
        return new(name, ("Arn", AlarmOperations.ArnOf(context.Call, name)));
    }
}
