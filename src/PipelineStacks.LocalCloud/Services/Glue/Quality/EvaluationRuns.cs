using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Evaluation;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

/// <summary>Evaluation runs. Those that the cloud's end interrupted are evaluated anew after the next start.</summary>
internal sealed class EvaluationRuns(
    QualityState state, RulesetEvaluator evaluator, QualityReports reports, Callers callers, CloudClock clock, ILogger<EvaluationRuns> log)
    : IRulesets, IHostedService
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _stops = new(StringComparer.Ordinal);

    public StartDataQualityRulesetEvaluationRunResponse Start(Call call, StartDataQualityRulesetEvaluationRunRequest request)
    {
        foreach (var name in request.RulesetNames)
            call.Authorize("glue:StartDataQualityRulesetEvaluationRun", QualityState.Arn(call, name));
        Check(call, request);
        var run = New(request.Role, request.DataSource, request.RulesetNames) with
        {
            NumberOfWorkers = request.NumberOfWorkers ?? 5,
            Timeout = request.Timeout ?? 2880,
            AdditionalRunOptions = request.AdditionalRunOptions,
            AdditionalDataSources = request.AdditionalDataSources,
        };
        state.Runs.Put(QualityState.Key(call, run.RunId), run);
        Schedule(QualityState.Key(call, run.RunId));
        return new(run.RunId);
    }

    public EvaluationRun Get(Call call, EvaluationRunRequest request)
    {
        call.Authorize("glue:GetDataQualityRulesetEvaluationRun", "*");
        return Find(call, request.RunId);
    }

    public ListEvaluationRunsResponse List(Call call, ListEvaluationRunsRequest request)
    {
        call.Authorize("glue:ListDataQualityRulesetEvaluationRuns", "*");
        var (filter, table) = (request.Filter, request.Filter?.DataSource?.GlueTable);
        var runs = state.Runs.In(call.Account, call.Region).Where(run =>
                (table is null || (run.DataSource.GlueTable!.DatabaseName == table.DatabaseName && run.DataSource.GlueTable.TableName == table.TableName))
                && !(run.StartedOn >= filter?.StartedBefore) && !(run.StartedOn <= filter?.StartedAfter)
                && (filter?.RulesetName is not { } name || run.RulesetNames.Contains(name)))
            .OrderByDescending(run => run.StartedOn).Select(run => new EvaluationRunDescription(run.RunId, run.Status, run.StartedOn, run.DataSource));
        var page = GluePages.Of(runs, request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public Empty Cancel(Call call, EvaluationRunRequest request)
    {
        call.Authorize("glue:CancelDataQualityRulesetEvaluationRun", "*");
        if (Find(call, request.RunId).Status is not ("STARTING" or "RUNNING"))
            throw GlueErrors.Invalid($"The run {request.RunId} is not running and can't be cancelled.");
        Change(QualityState.Key(call, request.RunId), run => run with { Status = "STOPPING" });
        if (_stops.TryGetValue(request.RunId, out var stop))
            stop.Cancel();
        return Empty.Value;
    }

    public IReadOnlyList<RulesetOutcome> Evaluate(Call call, string role, IReadOnlyList<string> rulesets, CancellationToken stop)
    {
        var targets = rulesets.Select(name => (Name: name, Table: TargetOf(call, name))).ToList();
        return [.. targets.Select(target =>
        {
            call.Authorize("glue:StartDataQualityRulesetEvaluationRun", QualityState.Arn(call, target.Name));
            if (!state.Find(call, target.Name).Ruleset.Contains("RowCount", StringComparison.Ordinal) && IsEmpty(call, role, target.Table))
                return new(target.Name, target.Table.DatabaseName, target.Table.TableName, "", null, 1, [], null);
            var run = New(role, new(new(target.Table.DatabaseName, target.Table.TableName)), [target.Name]) with { AdditionalRunOptions = new(CloudWatchMetricsEnabled: true) };
            var key = QualityState.Key(call, run.RunId);
            state.Runs.Put(key, run);
            run = Run(key, stop);
            stop.ThrowIfCancellationRequested();
            var result = run.ResultIds is [var id] && state.Results.TryGet(QualityState.Key(call, id), out var found) ? found : null;
            return new RulesetOutcome(target.Name, target.Table.DatabaseName, target.Table.TableName, run.RunId, result?.ResultId, result?.Score ?? 0,
                [.. (result?.RuleResults ?? []).Select(rule => new RuleOutcome(rule.Name, rule.Description, rule.Result, rule.EvaluationMessage))], run.ErrorString);
        })];
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, _) in state.Runs.All.Where(item => item.Value.Status is "STARTING" or "RUNNING" or "STOPPING").ToList())
            Schedule(key);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void RefuseUnsupported(StartDataQualityRulesetEvaluationRunRequest request)
    {
        if (request.AdditionalRunOptions?.ResultsS3Prefix is not null)
            throw ServiceException.Unsupported("ResultsS3Prefix of a Glue Data Quality run");
        if (request.AdditionalRunOptions?.CompositeRuleEvaluationMethod is not (null or "COLUMN"))
            throw ServiceException.Unsupported("CompositeRuleEvaluationMethod ROW of a Glue Data Quality run");
        foreach (var source in (request.AdditionalDataSources ?? new Dictionary<string, DataSource>()).Values.Prepend(request.DataSource))
            if (source.GlueTable is null || source.GlueTable.ConnectionName is not null || source.GlueTable.AdditionalOptions is { Count: > 0 })
                throw ServiceException.Unsupported("A data source that is no plain GlueTable (DataQualityGlueTable, ConnectionName, AdditionalOptions) of a Glue Data Quality run");
    }

    private void Check(Call call, StartDataQualityRulesetEvaluationRunRequest request)
    {
        RefuseUnsupported(request);
        if (request.RulesetNames.Count == 0)
            throw GlueErrors.Invalid("RulesetNames must name at least one ruleset.");
        foreach (var name in request.RulesetNames)
            state.Find(call, name);
    }

    private DataQualityTargetTable TargetOf(Call call, string name) => state.Find(call, name).TargetTable
        ?? throw GlueErrors.Invalid($"The ruleset {name} has no target table, which says what to evaluate it over.");

    private bool IsEmpty(Call call, string role, DataQualityTargetTable table)
    {
        try
        {
            return evaluator.IsEmpty(ForRole(role, call.Account, call.Region), new(table.DatabaseName, table.TableName));
        }
        catch (Exception error) when (error is EvaluationException or ServiceException)
        {
            // The run over it fails with the same error, and says so.
            log.LogDebug(error, "Whether {Table} has rows could not be found out", table.TableName);
            return false;
        }
    }

    private Call ForRole(string role, string account, string region) =>
        callers.ForRole(role.StartsWith("arn:", StringComparison.Ordinal) ? role : $"arn:aws:iam::{account}:role/{role}", region, "GlueDataQuality");

    private EvaluationRun New(string role, DataSource source, IReadOnlyList<string> rulesets) => new()
    {
        RunId = $"dqrun-{Guid.NewGuid():N}",
        DataSource = source,
        Role = role,
        RulesetNames = rulesets,
        StartedOn = clock.GetUtcNow(),
        LastModifiedOn = clock.GetUtcNow(),
    };

    private EvaluationRun Find(Call call, string id) =>
        state.Runs.TryGet(QualityState.Key(call, id), out var run) ? run : throw GlueErrors.NotFound($"Data quality run {id} not found.");

    private void Schedule(ResourceKey key)
    {
        var stop = _stops[key.Name] = new();
        clock.After(TimeSpan.Zero, $"the data quality run {key.Name}", () =>
        {
            using (stop)
                Run(key, stop.Token);
            _stops.TryRemove(key.Name, out _);
            return Task.CompletedTask;
        });
    }

    private EvaluationRun Run(ResourceKey key, CancellationToken stop)
    {
        var run = Change(key, before => before.Status == "STOPPING" ? before : before with { Status = "RUNNING" });
        if (run.Status == "STOPPING")
            return Change(key, before => before with { Status = "STOPPED", CompletedOn = clock.GetUtcNow() });
        var started = Stopwatch.GetTimestamp();
        var role = ForRole(run.Role, key.Account, key.Region);
        try
        {
            var rulesets = run.RulesetNames.Select(name => state.Rulesets.TryGet(key with { Name = name }, out var ruleset)
                ? ruleset : throw GlueErrors.NotFound($"Data quality ruleset {name} not found.")).ToList();
            var results = evaluator.Evaluate(role, run, [.. rulesets.Select(ruleset => (ruleset.Name, DqdlParser.Parse(ruleset.Ruleset)))], stop);
            foreach (var result in results)
                state.Results.Put(key with { Name = result.ResultId }, result);
            run = Change(key, before => Ended(before, "SUCCEEDED", started) with { ResultIds = [.. results.Select(result => result.ResultId)] });
            foreach (var result in results)
                reports.Publish(key, run, result);
            return run;
        }
        catch (OperationCanceledException)
        {
            return Change(key, before => Ended(before, "STOPPED", started));
        }
        catch (Exception error) when (error is EvaluationException or ServiceException)
        {
            return Change(key, before => Ended(before, "FAILED", started) with { ErrorString = error.Message });
        }
        catch (Exception defect)
        {
            // A defect of the cloud must not leave the run running for ever.
            log.LogError(defect, "The data quality run {Id} failed", key.Name);
            return Change(key, before => Ended(before, "FAILED", started) with { ErrorString = $"Internal Service Exception: {defect.Message}" });
        }
    }

    private EvaluationRun Ended(EvaluationRun run, string status, long started) => run with
    {
        Status = status,
        CompletedOn = clock.GetUtcNow(),
        ExecutionTime = (int)Math.Ceiling(Stopwatch.GetElapsedTime(started).TotalSeconds),
    };

    private EvaluationRun Change(ResourceKey key, Func<EvaluationRun, EvaluationRun> change) =>
        state.Runs.Update(key, before => change(before) with { LastModifiedOn = clock.GetUtcNow() })!;
}
