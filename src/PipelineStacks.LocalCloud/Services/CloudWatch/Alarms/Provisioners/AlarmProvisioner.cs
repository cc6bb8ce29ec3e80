using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms.Provisioners;

/// <summary>What the properties of both kinds of alarms have besides the definition.</summary>
internal interface IAlarmProperties
{
    string? AlarmName { get; }
    IReadOnlyList<Tag>? Tags { get; }
}

/// <summary>Alarms of either kind: they differ in how they are put.</summary>
internal abstract class AlarmProvisioner<TProperties>(string resourceType, AlarmOperations alarms) : Provisioner<TProperties>(resourceType)
    where TProperties : class, IAlarmProperties
{
    protected AlarmOperations Alarms => alarms;

    protected abstract void Put(Call call, string name, TProperties properties);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, TProperties properties) =>
        ValueTask.FromResult(Put(context, properties.AlarmName ?? context.NewName(255), properties));

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, TProperties before, TProperties after)
    {
        var made = Put(context, physicalId, after);
        var arn = AlarmOperations.ArnOf(context.Call, physicalId);
        alarms.Untag(context.Call, new() { ResourceARN = arn, TagKeys = [.. (before.Tags ?? []).Select(tag => tag.Key)] });
        alarms.Tag(context.Call, new() { ResourceARN = arn, Tags = after.Tags ?? [] });
        return ValueTask.FromResult(made);
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, TProperties properties)
    {
        alarms.Delete(context.Call, new() { AlarmNames = [physicalId] });
        return ValueTask.CompletedTask;
    }

    private Provisioned Put(ProvisionContext context, string name, TProperties properties)
    {
        Put(context.Call, name, properties);
        return new(name, ("Arn", AlarmOperations.ArnOf(context.Call, name)));
    }
}
