using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Verify;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Run;

/// <summary>From nothing to SQL answers: a local cloud, a deployment, events, and the account of what became of them.</summary>
internal sealed class EndToEndRun(CliContext context, RunOptions options)
{
    private readonly DateTimeOffset _started = context.Time.GetUtcNow();
    private readonly long _start = context.Time.GetTimestamp();

    private ulong Seed => options.Seed ?? (ulong)Random.Shared.NextInt64();

    public async Task<ExitCode> RunAsync(CancellationToken cancel)
    {
        // Everything that can be found out beforehand is, so that an error leaves nothing half-done.
        var settings = Project.FindSettings(context.Folder) is { } all
            ? Project.Environment(all, options.Environment)
            : throw new UserError("No checkout of PipelineStacks is here: run this in its folder.");
        var checkout = Checkout.Check(context.Folder, options, settings);
        Say($"Starting the local cloud on port {options.Port} ...");
        var cloud = await LocalCloud.OpenAsync(options, checkout.LocalCloud, Path.Combine(checkout.Output, "local-cloud.log"), context.Time, cancel);
        await using (cloud)
        {
            Say(cloud.IsOwn ? $"Local cloud ready at {cloud.Url}, state in {options.DataDirectory}" : $"A local cloud is running at {cloud.Url} already: using it.");
            var summary = await RunAsync(cloud, checkout, settings, cancel);
            var file = Path.Combine(checkout.Output, "summary.json");
            summary.Write(file);
            SummaryTable.Write(summary, context.Terminal);
            summary.Verification?.Write(context.Terminal);
            Say($"Summary in {Path.GetRelativePath(context.Folder, file)}");
            if (options.Keep)
            {
                cloud.Leave();
                Exploring.Explain(context.Terminal, cloud, new Names(options.Environment), summary.Region, summary.Pipelines.Values.OfType<ReplicationSummary>().Any());
            }

            return summary.Reconciled && summary.Verification?.Passed != false ? ExitCode.Done : ExitCode.Failed;
        }
    }

    private async Task<RunSummary> RunAsync(LocalCloud cloud, Checkout checkout, EnvironmentSettings settings, CancellationToken cancel)
    {
        var variables = LocalVariables.For(cloud.Url, context.Environment);
        var local = context with { Environment = name => variables.TryGetValue(name, out var value) ? value : context.Environment(name) };
        using var aws = local.Aws();
        var environment = DeployedEnvironment.Of(local, aws, options.Environment);

        Say($"Deploying {options.Environment} with the CDK CLI ...");
        var deploy = context.Time.GetTimestamp();
        await new Deployment(local, checkout, variables, options.Verbose).DeployAsync(environment.Names, cancel);
        var deployed = context.Time.GetElapsedTime(deploy);
        Say(string.Create(CultureInfo.InvariantCulture, $"Deployed {string.Join(", ", environment.Stacks)} in {deployed.TotalSeconds:0.0} s"));

        var datasets = DatasetCatalog.All.Where(dataset => settings.Pipelines.Contains(dataset.Pipeline)).ToList();
        var pipelines = await FeedAsync(local, aws, environment, settings, datasets, cancel);
        var lake = environment.Stacks.Contains(environment.Names.EtlStack)
            ? await new LakeRun(local, aws, environment, datasets).RunAsync(settings.Etl.ArrivalFiles, Seed, cancel)
            : null;
        if (lake?.Succeeded == true)
            await AnswerAsync(aws, environment, lake, cancel);
        var verification = options.SkipVerify ? null : await VerifyAsync(local, aws, environment, settings, cancel);
        // Last, as CloudWatch needs a minute to see what arrived.
        var alarms = environment.Stacks.Contains(environment.Names.MonitoringStack)
            ? await AlarmReport.WriteAsync(local, aws.CloudWatch, environment.Names, cancel)
            : null;
        return new()
        {
            Environment = options.Environment,
            Endpoint = cloud.Url,
            Region = aws.Settings.Region,
            StartedAt = _started,
            Seconds = Math.Round(context.Time.GetElapsedTime(_start).TotalSeconds, 3),
            DeploySeconds = Math.Round(deployed.TotalSeconds, 3),
            Reconciled = pipelines.Values.All(pipeline => pipeline.Difference is null) && lake?.Difference is null,
            Pipelines = pipelines,
            Lake = lake,
            Verification = verification,
            Alarms = alarms,
        };
    }

    /// <summary>Sends what each pipeline is fed with, and the slow ways of Firehose first: it gathers while the database is replicated.</summary>
    /// <returns>By pipeline, in their order.</returns>
    private async Task<IReadOnlyDictionary<string, PipelineSummary>> FeedAsync(
        CliContext local, AwsClients aws, DeployedEnvironment environment, EnvironmentSettings settings, IReadOnlyList<Dataset> datasets, CancellationToken cancel)
    {
        var pipelines = datasets.Select(dataset => dataset.Pipeline).Distinct().ToList();
        var summaries = new Dictionary<string, PipelineSummary>(StringComparer.Ordinal);
        List<(string Pipeline, TelemetryRun Run, PublishedReadings Published)> fleets = [];
        foreach (var dataset in datasets.Where(dataset => dataset.Source is TopicSource))
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"{options.Devices:N0} devices publish through {dataset.Pipeline} ..."));
            var run = new TelemetryRun(local, aws, environment, settings, dataset);
            fleets.Add((dataset.Pipeline, run, await run.PublishAsync(options.Devices, options.Broken, Seed, cancel)));
        }

        List<(Dataset Dataset, PipelineRun Run, SentEvents Sent)> streams = [];
        foreach (var dataset in datasets.Where(dataset => dataset.Source is StreamSource))
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"Sending {options.Events:N0} events through {dataset.Pipeline} ..."));
            var run = new PipelineRun(local, aws, environment, settings, dataset);
            streams.Add((dataset, run, await run.SendAsync(options, cancel)));
        }

        foreach (var replicated in datasets.Where(dataset => dataset.Source is DatabaseSource).GroupBy(dataset => dataset.Pipeline))
            summaries[replicated.Key] = await new ReplicationRun(local, aws, environment, settings, [.. replicated]).RunAsync(Seed, cancel);
        foreach (var (pipeline, run, published) in fleets)
            summaries[pipeline] = await run.FollowAsync(published, cancel);
        foreach (var (dataset, run, sent) in streams)
        {
            summaries[dataset.Pipeline] = await run.FollowAsync(sent, cancel);
            await AnswerAsync(dataset, sent.Counts, cancel);
        }

        return summaries.OrderBy(summary => pipelines.IndexOf(summary.Key)).ToDictionary(StringComparer.Ordinal);
    }

    private Task<VerifyReport> VerifyAsync(CliContext local, AwsClients aws, DeployedEnvironment environment, EnvironmentSettings settings, CancellationToken cancel)
    {
        Say("Verifying: known records through every pipeline ...");
        // This run, or one before it, may have broken records on purpose, of which alarms tell.
        return EnvironmentVerification.RunAsync(local, aws, environment, settings, new() { Alarms = false }, cancel);
    }

    private async Task AnswerAsync(Dataset dataset, ZoneCounts counts, CancellationToken cancel)
    {
        foreach (var (question, sql) in Answers.To(dataset.Name))
            Answer(question, sql, await counts.QueryAsync(sql, cancel));
    }

    private async Task AnswerAsync(AwsClients aws, DeployedEnvironment environment, LakeSummary lake, CancellationToken cancel)
    {
        var workGroup = await environment.OutputAsync(environment.Names.AnalyticsStack, Names.WorkGroupOutput, cancel);
        foreach (var (_, question, sql) in Answers.OfTheLake.Where(answer => lake.Curated.Any(table => table.Table.EndsWith($".{answer.Table}", StringComparison.Ordinal))))
            Answer(question, sql, await aws.Athena.RunAsync(sql, workGroup, environment.Names.Database(ZoneName.Curated), cancel));
    }

    private void Answer(string question, string sql, QueryResult result)
    {
        context.Terminal.Out.WriteLine($"{question}: {sql}");
        new Rows(result.Columns, result.Rows).Write(context.Terminal, OutputFormat.Table);
    }

    private void Say(string line) => context.Terminal.Say(line);
}
