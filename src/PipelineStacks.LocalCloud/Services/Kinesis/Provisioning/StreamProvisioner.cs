using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Operations;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html"/></summary>
internal sealed record StreamProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    public int? ShardCount { get; init; }

    public int? RetentionPeriodHours { get; init; }

    public StreamModeDetails? StreamModeDetails { get; init; }

    public StreamEncryptionProperties? StreamEncryption { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    [NoLocalEffect("Metrics are kept per stream here; the setting is stored and described.")]
    public IReadOnlyList<string>? DesiredShardLevelMetrics { get; init; }

    public int? MaxRecordSizeInKiB { get; init; }

    public string Mode => StreamModeDetails?.StreamMode ?? StreamState.Provisioned;
}

internal sealed record StreamEncryptionProperties(string EncryptionType, string KeyId);

/// <summary>Provisions streams. Everything but the name is updated in place, records and all.</summary>
internal sealed class StreamProvisioner(StreamStore streams, StreamOperations operations, StreamSettings settings)
    : Provisioner<StreamProperties>("AWS::Kinesis::Stream")
{
    protected override void Check(ProvisionContext context, StreamProperties properties)
    {
        if (properties.Mode == StreamState.OnDemand && properties.ShardCount is not null)
            throw new ServiceException("ValidationError", $"{context.LogicalId} ({ResourceType}): ShardCount can't be set in ON_DEMAND mode.");
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, StreamProperties properties)
    {
        var name = properties.Name ?? context.NewName(128);
        operations.Create(context.Call, new CreateStreamRequest(
            name, properties.Mode == StreamState.OnDemand ? null : properties.ShardCount ?? 1, new(properties.Mode), properties.Tags is { Count: > 0 } ? Tags(properties) : null,
            properties.MaxRecordSizeInKiB));
        var stream = Find(context, name);
        Apply(context.Call, stream, properties);
        return ValueTask.FromResult(Describe(stream));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, StreamProperties before, StreamProperties after)
    {
        var stream = Find(context, physicalId);
        if (stream.State.Mode != after.Mode)
            settings.UpdateMode(context.Call, new(stream.Arn, new(after.Mode)));
        // CloudFormation leaves the shards alone where the template names no count, as after a switch from on-demand.
        if (after.Mode == StreamState.Provisioned && after.ShardCount is { } count && count != stream.State.OpenShards.Count())
            ShardCounts.Update(streams, stream, count);
        Apply(context.Call, stream, after);
        lock (stream.Changing)
            stream.Change(stream.State with { Tags = Tags(after) });
        return ValueTask.FromResult(Describe(stream));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, StreamProperties properties)
    {
        if (streams.Find(new ResourceKey(context.Call.Account, context.Call.Region, physicalId)) is not null)
            operations.Delete(context.Call, new(physicalId, null, EnforceConsumerDeletion: true));
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(KinesisStream stream) => new(stream.Name, ("Arn", stream.Arn));

    private static Dictionary<string, string> Tags(StreamProperties properties) =>
        (properties.Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);

    private KinesisStream Find(ProvisionContext context, string name) =>
        streams.Get(context.Call, "kinesis:DescribeStreamSummary", name, null);

    private void Apply(Call call, KinesisStream stream, StreamProperties properties)
    {
        var retention = new ChangeRetentionRequest(null, stream.Arn, properties.RetentionPeriodHours ?? StreamOperations.DefaultRetentionHours);
        if (retention.RetentionPeriodHours > stream.State.RetentionHours)
            settings.IncreaseRetention(call, retention);
        else if (retention.RetentionPeriodHours < stream.State.RetentionHours)
            settings.DecreaseRetention(call, retention);

        var key = properties.StreamEncryption?.KeyId;
        if (key is not null && key != stream.State.KeyId)
            settings.StartEncryption(call, new(null, stream.Arn, properties.StreamEncryption!.EncryptionType, key));
        else if (key is null && stream.State.KeyId is { } old)
            settings.StopEncryption(call, new(null, stream.Arn, "KMS", old));

        var record = properties.MaxRecordSizeInKiB ?? StreamOperations.DefaultMaxRecordKiB;
        if (record != stream.State.MaxRecordKiB)
            settings.UpdateMaxRecordSize(call, new(stream.Arn, record));

        var metrics = properties.DesiredShardLevelMetrics ?? [];
        if (!metrics.SequenceEqual(stream.State.ShardLevelMetrics))
        {
            lock (stream.Changing)
                stream.Change(stream.State with { ShardLevelMetrics = [.. metrics] });
        }
    }
}
