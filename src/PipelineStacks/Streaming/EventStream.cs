using Amazon.CDK;
using Amazon.CDK.AWS.Kinesis;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using KinesisStream = Amazon.CDK.AWS.Kinesis.Stream;
using KinesisStreamMode = Amazon.CDK.AWS.Kinesis.StreamMode;
using StreamMode = PipelineStacks.Model.Settings.StreamMode;

namespace PipelineStacks.Streaming;

/// <summary>What <see cref="EventStream"/> is made of.</summary>
public sealed record EventStreamProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What encrypts it. Producers need <c>kms:GenerateDataKey</c> on it, consumers <c>kms:Decrypt</c>.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>A Kinesis data stream. CloudFormation names it, so that one which was retained never stands in the way of the next.</summary>
public sealed class EventStream : Construct
{
    /// <summary>Creates the stream.</summary>
    public EventStream(Construct scope, string id, EventStreamProps props)
        : base(scope, id)
    {
        var stream = props.Settings.Stream;
        Stream = new KinesisStream(this, "Stream", new StreamProps
        {
            StreamMode = stream.Mode == StreamMode.OnDemand ? KinesisStreamMode.ON_DEMAND : KinesisStreamMode.PROVISIONED,
            ShardCount = stream.Shards,
            RetentionPeriod = Duration.Hours(stream.RetentionHours),
            Encryption = StreamEncryption.KMS,
            EncryptionKey = props.Key.Key,
            RemovalPolicy = props.Settings.DataRemovalPolicy(),
        });
    }

    /// <summary>The stream itself.</summary>
    public KinesisStream Stream { get; }
}
