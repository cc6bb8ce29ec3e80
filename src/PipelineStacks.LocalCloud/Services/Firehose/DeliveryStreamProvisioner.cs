using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisfirehose-deliverystream.html"/></summary>
internal sealed record DeliveryStreamProperties
{
    [CreateOnly]
    public string? DeliveryStreamName { get; init; }

    [CreateOnly]
    public string? DeliveryStreamType { get; init; }

    [CreateOnly]
    public KinesisStreamSourceConfiguration? KinesisStreamSourceConfiguration { get; init; }

    [NoLocalEffect("Throughput grows as it is needed here; the hint is stored and described.")]
    public DirectPutSourceConfiguration? DirectPutSourceConfiguration { get; init; }

    [NoLocalEffect("Records lie unencrypted on this machine's disk; the setting is stored and described.")]
    public EncryptionInput? DeliveryStreamEncryptionConfigurationInput { get; init; }

    public S3Settings? S3DestinationConfiguration { get; init; }

    public ExtendedS3DestinationConfiguration? ExtendedS3DestinationConfiguration { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary>Provisions delivery streams. The destination is updated in place, as UpdateDestination does it.</summary>
internal sealed class DeliveryStreamProvisioner(DeliveryStreams streams, DeliveryStreamStore store, DeliveryStreamTags tags)
    : Provisioner<DeliveryStreamProperties>("AWS::KinesisFirehose::DeliveryStream")
{
    protected override void Check(ProvisionContext context, DeliveryStreamProperties properties)
    {
        if (properties.ExtendedS3DestinationConfiguration is { } destination)
            DestinationRules.CheckSupported(destination);
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, DeliveryStreamProperties properties)
    {
        var name = properties.DeliveryStreamName ?? context.NewName();
        var created = streams.Create(context.Call, new()
        {
            DeliveryStreamName = name,
            DeliveryStreamType = properties.DeliveryStreamType,
            DirectPutSourceConfiguration = properties.DirectPutSourceConfiguration,
            KinesisStreamSourceConfiguration = properties.KinesisStreamSourceConfiguration,
            DeliveryStreamEncryptionConfigurationInput = properties.DeliveryStreamEncryptionConfigurationInput,
            S3DestinationConfiguration = properties.S3DestinationConfiguration,
            ExtendedS3DestinationConfiguration = properties.ExtendedS3DestinationConfiguration,
            Tags = properties.Tags,
        });
        return ValueTask.FromResult(new Provisioned(name, ("Arn", created.DeliveryStreamARN)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, DeliveryStreamProperties before, DeliveryStreamProperties after)
    {
        var (call, stream) = (context.Call, store.Get(context.Call, physicalId));
        streams.UpdateDestination(call, new()
        {
            DeliveryStreamName = physicalId,
            CurrentDeliveryStreamVersionId = stream.Version.ToString(CultureInfo.InvariantCulture),
            DestinationId = DeliveryStreamText.DestinationId,
            S3DestinationUpdate = after.S3DestinationConfiguration,
            ExtendedS3DestinationUpdate = after.ExtendedS3DestinationConfiguration is { } destination
                ? new(destination) { S3BackupUpdate = destination.S3BackupConfiguration } : null,
        });
        UpdateEncryption(call, physicalId, before.DeliveryStreamEncryptionConfigurationInput, after.DeliveryStreamEncryptionConfigurationInput);
        var kept = (after.Tags ?? []).Select(tag => tag.Key).ToHashSet(StringComparer.Ordinal);
        tags.Untag(call, new(physicalId, [.. stream.Tags.Keys.Where(key => !kept.Contains(key))]));
        tags.Tag(call, new(physicalId, after.Tags ?? []));
        return ValueTask.FromResult(new Provisioned(physicalId, ("Arn", stream.Arn)));
    }

    protected override async ValueTask DeleteAsync(ProvisionContext context, string physicalId, DeliveryStreamProperties properties)
    {
        if (store.Find(context.Call, physicalId) is not null)
            await streams.DeleteAsync(context.Call, new(physicalId));
    }

    private void UpdateEncryption(Call call, string name, EncryptionInput? before, EncryptionInput? after)
    {
        if (before == after)
            return;
        if (after is null)
            streams.StopEncryption(call, new(name));
        else
            streams.StartEncryption(call, new(name, after));
    }
}
