using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms.Provisioners;

internal sealed record CompositeAlarmProperties : AlarmBasics, IAlarmProperties
{
    [CreateOnly]
    public string? AlarmName { get; init; }

    public required string AlarmRule { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::CloudWatch::CompositeAlarm</c>.</summary>
internal sealed class CompositeAlarmProvisioner(AlarmOperations alarms) : AlarmProvisioner<CompositeAlarmProperties>("AWS::CloudWatch::CompositeAlarm", alarms)
{
    protected override void Put(Call call, string name, CompositeAlarmProperties properties) => Alarms.PutComposite(call, name, properties.AlarmRule, properties, properties.Tags);
}
