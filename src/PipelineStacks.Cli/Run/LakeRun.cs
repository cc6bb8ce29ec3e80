using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Cli.Workflows;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Run;

/// <summary>Drops files where a pipeline is fed by them, runs the workflow from landing to curated, and counts what came out of it.</summary>
internal sealed class LakeRun(CliContext context, AwsClients aws, DeployedEnvironment environment, IReadOnlyList<Dataset> datasets)
{
    // As many files as start the workflow that waits for them, and enough lines that every minute has some.
    private const int LinesPerFile = 2000;

    private Names Names => environment.Names;

    public async Task<LakeSummary> RunAsync(int arrivalFiles, ulong seed, CancellationToken cancel)
    {
        var start = context.Time.GetTimestamp();
        var bucket = await environment.OutputAsync(Names.StorageStack, Names.BucketOutput(ZoneName.Landing), cancel);
        List<string> failures = [];
        foreach (var dataset in datasets.Where(dataset => dataset.Source is FileSource))
            failures.AddRange(await DropAsync(dataset, bucket, arrivalFiles, seed, cancel));

        var lake = new WorkflowControl(context, aws, new WorkflowName(Names, WorkflowName.Lake));
        context.Terminal.Say($"Running {lake.Name.Full} from landing to curated ...");
        var running = context.Time.GetTimestamp();
        var outcome = await lake.WatchAsync(await lake.StartAsync(cancel), cancel);
        var ran = context.Time.GetElapsedTime(running);
        if (!outcome.Succeeded)
            failures.Add(outcome.Explain(lake.Name));

        var store = new QuarantineStore(aws.S3, bucket);
        var workGroup = await environment.OutputAsync(Names.AnalyticsStack, Names.WorkGroupOutput, cancel);
        var source = datasets.Any(dataset => dataset.Source is DatabaseSource) ? await (await DatabaseAdmin.OfAsync(environment, aws, cancel)).CountsAsync(cancel) : null;
        var counts = new LakeCounts(aws.Athena, workGroup, Names, store);
        var clean = outcome.Succeeded ? await counts.CleanAsync(datasets, source, cancel) : [];
        var curated = outcome.Succeeded ? await counts.CuratedAsync(CuratedCatalog.Of([.. datasets.Select(dataset => dataset.Pipeline).Distinct()]), cancel) : [];
        failures.AddRange(clean.Concat(curated).Where(table => table.Difference is not null).Select(table => $"{table.Table}: {table.Difference}"));
        return new()
        {
            Workflow = lake.Name.Full,
            RunId = outcome.Run.WorkflowRunId,
            Succeeded = outcome.Succeeded,
            Difference = failures.Count == 0 ? null : string.Join(Environment.NewLine, failures),
            Clean = clean,
            Curated = curated,
            Quarantine = await new QuarantineCounts(store).ReadAsync(new(), cancel),
            WorkflowSeconds = Math.Round(ran.TotalSeconds, 3),
            EndToEndSeconds = Math.Round(context.Time.GetElapsedTime(start).TotalSeconds, 3),
        };
    }

    /// <summary>Drops files, and follows the workflow that they start.</summary>
    private async Task<IReadOnlyList<string>> DropAsync(Dataset dataset, string bucket, int files, ulong seed, CancellationToken cancel)
    {
        var arrival = new WorkflowControl(context, aws, new WorkflowName(Names, dataset.Pipeline));
        var watch = new ArrivalWatch(context, arrival);
        await watch.BeginAsync(cancel);
        context.Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"Dropping {files} files with {files * LinesPerFile:N0} {dataset.Name} in s3://{bucket}/{dataset.Name}/ ..."));
        var options = new GenerateOptions { Template = ((RecordSource)dataset.Source).SampleTemplate, Count = (long)files * LinesPerFile, Pace = new FastestPace(), Seed = seed };
        var target = new FileTarget(aws.S3, bucket, $"{dataset.Name}/", dataset.Name, LinesPerFile, gzip: true);
        await GenerateRun.RunAsync(new Generator(options, target, context.Time), options, context, cancel);
        cancel.ThrowIfCancellationRequested();
        var outcome = await watch.EndAsync(cancel);
        return outcome.Succeeded ? [] : [outcome.Explain(arrival.Name)];
    }
}
