using PipelineStacks.Aws;
using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Status;

/// <summary>Gathers an environment's status from CloudFormation, CloudWatch, S3 and Athena.</summary>
internal sealed class StatusReader(CliContext context, AwsClients aws, DeployedEnvironment environment)
{
    private Names Names => environment.Names;

    public async Task<EnvironmentStatus> ReadAsync(TimeSpan since, CancellationToken cancel)
    {
        List<StackStatus> stacks = [];
        foreach (var name in environment.Stacks)
        {
            var stack = await environment.FindStackAsync(name, cancel);
            stacks.Add(new(name, stack?.Status, stack?.Changed, stack?.StatusReason));
        }

        var pipelines = new Dictionary<string, PipelineStatus>(StringComparer.Ordinal);
        foreach (var dataset in DatasetCatalog.All)
        {
            if (StackOf(dataset) is { } stack && await IsDeployedAsync(dataset, stack, cancel))
                pipelines[dataset.Pipeline] = await ReadAsync(dataset, stack, since, cancel);
        }

        return new(Names.Environment, aws.Settings.Region, aws.Settings.Endpoint?.GetLeftPart(UriPartial.Authority), stacks, pipelines);
    }

    // Of a dataset that comes by a stream, or is passed on by one.
    private string? StackOf(Dataset dataset) => dataset.Source switch
    {
        StreamSource => Names.StreamingStack,
        TopicSource => Names.IotStack,
        _ => null,
    };

    private async Task<bool> IsDeployedAsync(Dataset dataset, string stack, CancellationToken cancel) =>
        await environment.FindStackAsync(Names.StorageStack, cancel) is not null
        && await environment.FindStackAsync(stack, cancel) is { } streaming
        && streaming.Outputs.ContainsKey(Names.DeliveryStreamOutput(dataset.Name));

    private async Task<PipelineStatus> ReadAsync(Dataset dataset, string stack, TimeSpan since, CancellationToken cancel)
    {
        var bucket = await environment.OutputAsync(Names.StorageStack, Names.BucketOutput(ZoneName.Landing), cancel);
        var stream = await environment.OutputAsync(stack, Names.StreamOutput(dataset.Name), cancel);
        var delivery = await environment.OutputAsync(stack, Names.DeliveryStreamOutput(dataset.Name), cancel);
        var now = context.Time.GetUtcNow();
        var (objects, bytes) = await aws.S3.SumAsync(bucket, $"{dataset.Name}/", cancel);
        var quarantined = await new QuarantineStore(aws.S3, bucket).ListAsync(new(dataset.Name), cancel);
        return new(
            stream,
            (await aws.Kinesis.DescribeStreamSummaryAsync(stream, cancel)).StreamStatus,
            delivery,
            (await aws.Firehose.DescribeDeliveryStreamAsync(delivery, cancel)).DeliveryStreamStatus,
            await aws.CloudWatch.SumAsync("AWS/Kinesis", "IncomingRecords", "StreamName", stream, now - since, now, cancel),
            objects,
            bytes,
            await CountAsync(dataset.Name, cancel),
            quarantined.Count,
            await CountAsync(dataset.Name + Tables.QuarantineSuffix, cancel));
    }

    private async Task<long?> CountAsync(string table, CancellationToken cancel)
    {
        if (await environment.FindStackAsync(Names.AnalyticsStack, cancel) is not { } stack || !stack.Outputs.TryGetValue(Names.WorkGroupOutput, out var workGroup))
            return null;
        var result = await aws.Athena.RunAsync($"SELECT count(*) AS row_count FROM {table}", workGroup, Names.Database(ZoneName.Landing), cancel);
        return result.Number();
    }
}
