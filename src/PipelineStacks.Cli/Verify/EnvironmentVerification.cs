using PipelineStacks.Aws;
using PipelineStacks.Cli.Verify.Probes;
using PipelineStacks.Cli.Workflows;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Verify;

/// <summary>Whether an environment does what it is there for: its definitions, then the data, then its alarms.</summary>
internal sealed class EnvironmentVerification(VerifyScope scope)
{
    private readonly StepLog _log = new(scope.Context);
    private readonly LakeCheck _lake = new(scope);
    private readonly CatalogCheck _catalog = new(scope);
    private readonly IReadOnlyList<Probe> _probes = [.. scope.Pipelines.Select(pipeline => ProbeOf(scope, [.. pipeline])).OfType<Probe>()];

    /// <exception cref="UserError">The environment is not deployed.</exception>
    public static async Task<VerifyReport> RunAsync(
        CliContext context, AwsClients aws, DeployedEnvironment environment, EnvironmentSettings settings, VerifyOptions options, CancellationToken cancel)
    {
        var (started, start) = (context.Time.GetUtcNow(), context.Time.GetTimestamp());
        var scope = new VerifyScope
        {
            Context = context,
            Aws = aws,
            Environment = environment,
            Settings = settings,
            Options = options,
            Mark = RunMark.New(context.Time),
            Deadline = new(context.Time, options.Timeout),
            Bucket = await environment.OutputAsync(environment.Names.StorageStack, Names.BucketOutput(ZoneName.Landing), cancel),
            WorkGroup = await environment.OutputAsync(environment.Names.AnalyticsStack, Names.WorkGroupOutput, cancel),
        };
        var (steps, stays) = await new EnvironmentVerification(scope).RunAsync(cancel);
        return new(environment.Names.Environment, scope.Mark.Run, started, Math.Round(context.Time.GetElapsedTime(start).TotalSeconds, 3), steps, stays);
    }

    private async Task<(IReadOnlyList<VerifyStep> Steps, IReadOnlyList<string> Stays)> RunAsync(CancellationToken cancel)
    {
        await CheckTypesAsync(cancel);
        if (scope.HasEtl)
            await CheckTriggersAsync(cancel);
        var journey = new Journey(scope, _log, _lake);
        if (scope.Options.TestData)
            await journey.RunAsync(_probes, cancel);
        else
            await new Inspection(scope, _log, _lake).RunAsync(_probes, cancel);
        // Last, so that CloudWatch has had time to look at what arrived.
        if (scope.Options.Alarms)
            await _log.RunAsync(VerifyStep.All, "alarms", () => AlarmCheck.RunAsync(scope, isPatient: scope.Options.TestData && _log.Steps.All(step => step.Status != StepStatus.Failed), cancel));
        return (_log.Steps, journey.Stays);
    }

    private async Task CheckTypesAsync(CancellationToken cancel)
    {
        foreach (var pipeline in scope.Pipelines)
        {
            await _log.RunAsync(pipeline.Key, "types", () => _catalog.TypesAsync([.. _catalog.Tables(pipeline)], cancel));
            if (_probes.All(probe => probe.Pipeline != pipeline.Key))
                await _log.SkipAsync(pipeline.Key, "data", $"it is not known here how to send and find records of a {pipeline.First().Source.GetType().Name}");
        }

        if (scope.HasEtl)
            await _log.RunAsync(VerifyStep.All, "curated types", () => _catalog.TypesAsync([.. scope.CuratedTables.Select(Tables.Curated)], cancel));
    }

    private async Task CheckTriggersAsync(CancellationToken cancel)
    {
        await _log.RunAsync(VerifyStep.All, "triggers", () => _lake.TriggersAsync(WorkflowName.Lake, cancel));
        foreach (var probe in _probes.OfType<FileProbe>())
            await _log.RunAsync(probe.Pipeline, "triggers", () => _lake.TriggersAsync(probe.Pipeline, cancel));
    }

    private static Probe? ProbeOf(VerifyScope scope, IReadOnlyList<Dataset> datasets) => datasets[0].Source switch
    {
        StreamSource => new StreamProbe(scope, datasets),
        TopicSource => new MessageProbe(scope, datasets),
        DatabaseSource => new DatabaseProbe(scope, datasets),
        FileSource => new FileProbe(scope, datasets),
        _ => null,
    };
}
