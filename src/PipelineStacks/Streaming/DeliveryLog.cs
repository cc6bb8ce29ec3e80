using Amazon.CDK.AWS.Logs;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;

namespace PipelineStacks.Streaming;

/// <summary>What <see cref="DeliveryLog"/> is made of.</summary>
public sealed record DeliveryLogProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What encrypts it: an error's text can quote the record.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>Where a delivery stream reports errors. Firehose creates neither the group nor the stream and stays silent without them.</summary>
public sealed class DeliveryLog : Construct
{
    /// <summary>Creates the log group and its stream.</summary>
    public DeliveryLog(Construct scope, string id, DeliveryLogProps props)
        : base(scope, id)
    {
        var removal = props.Settings.DataRemovalPolicy();
        Group = new LogGroup(this, "Group", new LogGroupProps { Retention = (RetentionDays)props.Settings.LogRetentionDays, EncryptionKey = props.Key.Key, RemovalPolicy = removal });
        Stream = new LogStream(this, "Stream", new LogStreamProps { LogGroup = Group, RemovalPolicy = removal });
    }

    /// <summary>The log group.</summary>
    public LogGroup Group { get; }

    /// <summary>The stream within the group.</summary>
    public LogStream Stream { get; }
}
