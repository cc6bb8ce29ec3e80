using Amazon.CDK;
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
    private readonly CfnLogGroup _group;
    private readonly CfnLogStream _stream;

    /// <summary>Creates the log group and its stream.</summary>
    public DeliveryLog(Construct scope, string id, DeliveryLogProps props)
        : base(scope, id)
    {
        _group = new CfnLogGroup(this, "Group", new CfnLogGroupProps
        {
            RetentionInDays = props.Settings.LogRetentionDays,
            KmsKeyId = props.Key.Key.KeyArn,
        });
        _stream = new CfnLogStream(this, "Stream", new CfnLogStreamProps { LogGroupName = GroupName });
        _group.ApplyRemovalPolicy(props.Settings.DataRemovalPolicy());
        _stream.ApplyRemovalPolicy(props.Settings.DataRemovalPolicy());
    }

    /// <summary>The name of the log group.</summary>
    public string GroupName => _group.Ref;

    /// <summary>The name of the stream within the group.</summary>
    public string StreamName => _stream.Ref;

    /// <summary>The ARN of the stream, which the group's own attribute doesn't lead to.</summary>
    public string StreamArn => Stack.Of(this).FormatArn(new ArnComponents
    {
        Service = "logs",
        Resource = "log-group",
        ResourceName = $"{GroupName}:log-stream:{StreamName}",
        ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
    });
}
