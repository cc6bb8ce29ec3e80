using PipelineStacks.Aws;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Run;

/// <summary>What was sent.</summary>
/// <param name="Since">When it began.</param>
/// <param name="Counts">Count what was sent since then.</param>
internal sealed record SentEvents(GenerateReport Report, DateTimeOffset Since, ZoneCounts Counts);

/// <summary>Sends events through one deployed pipeline and follows them to the zones.</summary>
internal sealed class PipelineRun(CliContext context, AwsClients aws, DeployedEnvironment environment, EnvironmentSettings settings, Dataset dataset)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public async Task<SentEvents> SendAsync(RunOptions options, CancellationToken cancel)
    {
        var stream = await environment.OutputAsync(environment.Names.StreamingStack, Names.StreamOutput(dataset.Name), cancel);
        var workGroup = await environment.OutputAsync(environment.Names.AnalyticsStack, Names.WorkGroupOutput, cancel);
        var since = await NextSecondAsync(cancel);
        var counts = new ZoneCounts(aws.Athena, workGroup, environment.Names, dataset, since);
        var before = await counts.TotalAsync(cancel);
        if (before > 0)
            context.Terminal.Say($"  The landing zone already holds {before:N0} rows; only what is sent now is counted.");

        var generate = new GenerateOptions
        {
            Template = ((StreamSource)dataset.Source).SampleTemplate,
            Count = options.Events,
            Pace = new FastestPace(),
            Seed = options.Seed ?? (ulong)Random.Shared.NextInt64(),
            Broken = options.Broken,
        };
        var report = await GenerateRun.RunAsync(new Generator(generate, new StreamTarget(aws.Kinesis, stream), context.Time), generate, context, cancel);
        cancel.ThrowIfCancellationRequested();
        return new(report, since, counts);
    }

    /// <summary>Waits until what was sent has been delivered, and counts it.</summary>
    public async Task<StreamSummary> FollowAsync(SentEvents sent, CancellationToken cancel)
    {
        var (report, since, counts) = sent;
        var bucket = await environment.OutputAsync(environment.Names.StorageStack, Names.BucketOutput(ZoneName.Landing), cancel);
        var (delivered, quarantined) = (0L, 0L);
        await new DeliveryWait(context, "events", settings.Delivery.BufferSeconds).WaitAsync(report.Tally.AcceptedCount, CountAsync, cancel);
        var endToEnd = await LastFile.UnderAsync(aws, bucket, $"{dataset.Name}/", since, cancel) - since;
        var reconciliation = new Reconciliation
        {
            Sent = report.Tally.SentCount,
            Accepted = report.Tally.AcceptedCount,
            Delivered = delivered,
            Different = await counts.DifferentAsync(cancel),
            Quarantined = quarantined,
            Broken = report.Tally.Broken.Values.Sum(),
        };
        return await SummarizeAsync(report, reconciliation, counts, endToEnd, cancel);

        async Task<long> CountAsync()
        {
            (delivered, quarantined) = (await counts.DeliveredAsync(cancel), await counts.QuarantinedAsync(cancel));
            return delivered + quarantined;
        }
    }

    // Events carry whole seconds: what an earlier run sent within this one must not be taken for this run's.
    private async Task<DateTimeOffset> NextSecondAsync(CancellationToken cancel)
    {
        var now = context.Time.GetUtcNow();
        var next = new DateTimeOffset(now.Ticks - (now.Ticks % Second.Ticks), TimeSpan.Zero) + Second;
        while (context.Time.GetUtcNow() < next)
            await Task.Delay(next - context.Time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero, context.Time, cancel);
        return next;
    }

    private static async Task<StreamSummary> SummarizeAsync(
        GenerateReport report, Reconciliation reconciliation, ZoneCounts counts, TimeSpan endToEnd, CancellationToken cancel) => new()
    {
        Sent = reconciliation.Sent,
        Accepted = reconciliation.Accepted,
        Delivered = reconciliation.Delivered,
        Quarantined = reconciliation.Quarantined,
        Retried = report.Tally.RetriedCount,
        Broken = StreamSummary.Name(report.Tally.Broken),
        QuarantineReasons = reconciliation.Quarantined == 0 ? new Dictionary<string, long>() : await counts.ReasonsAsync(cancel),
        Difference = reconciliation.Difference,
        RowsInLanding = await counts.TotalAsync(cancel),
        Seed = report.Seed,
        SendSeconds = Math.Round(report.Duration.TotalSeconds, 3),
        SentPerSecond = Math.Round(report.PerSecond),
        EndToEndSeconds = Math.Round(endToEnd.TotalSeconds, 3),
    };
}
