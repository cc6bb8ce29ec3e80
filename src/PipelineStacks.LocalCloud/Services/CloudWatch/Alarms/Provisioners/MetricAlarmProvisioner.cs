using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms.Provisioners;

internal sealed record AlarmProperties : AlarmSettings, IAlarmProperties
{
    [CreateOnly]
    public string? AlarmName { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::CloudWatch::Alarm</c>.</summary>
internal sealed class MetricAlarmProvisioner(AlarmOperations alarms) : AlarmProvisioner<AlarmProperties>("AWS::CloudWatch::Alarm", alarms)
{
    protected override void Put(Call call, string name, AlarmProperties properties) => Alarms.Put(call, name, properties, properties.Tags);
}
