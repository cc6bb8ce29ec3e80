using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Operations;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-streamconsumer.html"/></summary>
internal sealed record ConsumerProperties
{
    [CreateOnly]
    public required string ConsumerName { get; init; }

    [CreateOnly]
    public required string StreamARN { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public Dictionary<string, string> TagMap() => (Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
}

internal sealed class ConsumerProvisioner(StreamStore streams, ConsumerOperations operations)
    : Provisioner<ConsumerProperties>("AWS::Kinesis::StreamConsumer")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ConsumerProperties properties)
    {
        var made = operations.Register(context.Call, new(
            properties.StreamARN, properties.ConsumerName, properties.Tags is { Count: > 0 } ? properties.TagMap() : null));
        return ValueTask.FromResult(Describe(properties.StreamARN, made.Consumer));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, ConsumerProperties before, ConsumerProperties after)
    {
        var made = operations.Describe(context.Call, new(null, null, physicalId)).ConsumerDescription;
        var state = streams.FindConsumer(physicalId)!;
        streams.Consumers.Put(state.KeyOf(), state with { Tags = after.TagMap() });
        return ValueTask.FromResult(Describe(
            made.StreamARN, new(made.ConsumerName, made.ConsumerARN, made.ConsumerStatus, made.ConsumerCreationTimestamp)));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ConsumerProperties properties)
    {
        if (streams.FindConsumer(physicalId) is not null)
            operations.Deregister(context.Call, new(null, null, physicalId));
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(string streamArn, Consumer consumer) => new(
        consumer.ConsumerARN,
        ("ConsumerARN", consumer.ConsumerARN),
        ("ConsumerName", consumer.ConsumerName),
        ("ConsumerStatus", consumer.ConsumerStatus),
        ("ConsumerCreationTimestamp", consumer.ConsumerCreationTimestamp.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("StreamARN", streamArn));
}
