using PipelineStacks.Aws.Athena;
using PipelineStacks.Aws.CloudFormation;
using PipelineStacks.Aws.CloudWatch;
using PipelineStacks.Aws.Dms;
using PipelineStacks.Aws.Firehose;
using PipelineStacks.Aws.Glue;
using PipelineStacks.Aws.Iot;
using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Aws.Lambda;
using PipelineStacks.Aws.Logs;
using PipelineStacks.Aws.S3;

namespace PipelineStacks.Aws;

/// <summary>The services that this project calls, each made on first use and sharing one set of settings.</summary>
/// <param name="time">Paces waits between polls.</param>
public sealed class AwsClients(AwsSettings settings, TimeProvider time) : IDisposable
{
    private readonly List<IDisposable> _made = [];

    /// <summary>Where calls go and as whom.</summary>
    public AwsSettings Settings => settings;

    /// <summary>Amazon Kinesis Data Streams.</summary>
    public KinesisClient Kinesis => field ??= Keep(new KinesisClient(settings));

    /// <summary>Amazon Data Firehose.</summary>
    public FirehoseClient Firehose => field ??= Keep(new FirehoseClient(settings));

    /// <summary>Amazon Athena.</summary>
    public AthenaClient Athena => field ??= Keep(new AthenaClient(settings, time));

    /// <summary>AWS CloudFormation.</summary>
    public CloudFormationClient CloudFormation => field ??= Keep(new CloudFormationClient(settings));

    /// <summary>Amazon CloudWatch.</summary>
    public CloudWatchClient CloudWatch => field ??= Keep(new CloudWatchClient(settings));

    /// <summary>AWS Database Migration Service.</summary>
    public DmsClient Dms => field ??= Keep(new DmsClient(settings));

    /// <summary>AWS Glue.</summary>
    public GlueClient Glue => field ??= Keep(new GlueClient(settings));

    /// <summary>AWS IoT.</summary>
    public IotClient Iot => field ??= Keep(new IotClient(settings));

    /// <summary>AWS Lambda.</summary>
    public LambdaClient Lambda => field ??= Keep(new LambdaClient(settings));

    /// <summary>Amazon CloudWatch Logs.</summary>
    public LogsClient Logs => field ??= Keep(new LogsClient(settings));

    /// <summary>Amazon S3.</summary>
    public S3Client S3 => field ??= Keep(new S3Client(settings));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _made)
            client.Dispose();
    }

    private T Keep<T>(T client) where T : IDisposable
    {
        _made.Add(client);
        return client;
    }
}
