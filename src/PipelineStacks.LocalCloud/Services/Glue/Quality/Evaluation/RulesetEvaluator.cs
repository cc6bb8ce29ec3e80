using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Evaluation;

/// <summary>Evaluates rulesets over a catalog table, which DuckDB reads as Athena does.</summary>
internal sealed class RulesetEvaluator(ICatalog catalog, IObjectStore store, ParquetSchemas schemas, DataDirectory data, TimeProvider time)
{
    /// <summary>Whether a table has no row.</summary>
    /// <exception cref="EvaluationException">It can't be read.</exception>
    public bool IsEmpty(Call role, GlueTable table)
    {
        using var engine = new DuckDatabase(new(TempDirectory: data.Folder("tmp", "glue-quality")));
        using var duck = engine.Connect();
        duck.Execute("CREATE SCHEMA trino; SET TimeZone = 'UTC'");
        try
        {
            new RuleSources(duck, new TableViews(catalog, store, schemas, role, duck, time.GetUtcNow(), null)).Add("primary", table);
            return duck.Scalar("SELECT 1 FROM \"primary\" LIMIT 1") is null;
        }
        catch (Exception error) when (error is SqlException or DuckException)
        {
            throw new EvaluationException(error.Message);
        }
    }

    /// <exception cref="EvaluationException">A table can't be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<DataQualityResult> Evaluate(
        Call role, EvaluationRun run, IReadOnlyList<(string Name, IReadOnlyList<Rule> Rules)> rulesets, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        using var engine = new DuckDatabase(new(TempDirectory: data.Folder("tmp", "glue-quality")));
        using var duck = engine.Connect();
        using var interrupt = stop.Register(duck.Interrupt);
        duck.Execute("CREATE SCHEMA trino; SET TimeZone = 'UTC'");
        try
        {
            var sources = new RuleSources(duck, new TableViews(catalog, store, schemas, role, duck, now, null));
            sources.Add("primary", run.DataSource.GlueTable!);
            foreach (var (alias, source) in run.AdditionalDataSources ?? new Dictionary<string, DataSource>())
                sources.Add(alias, source.GlueTable!);
            var rules = new RuleEvaluator(duck, sources, now);
            return [.. rulesets.Select(ruleset => Result(run, ruleset.Name, ruleset.Rules, rules, now, stop))];
        }
        catch (Exception error) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was stopped.", error, stop);
        }
        catch (Exception error) when (error is SqlException or DuckException)
        {
            throw new EvaluationException(error.Message);
        }
    }

    private static DataQualityResult Result(
        EvaluationRun run, string name, IReadOnlyList<Rule> rules, RuleEvaluator evaluator, DateTimeOffset now, CancellationToken stop)
    {
        var results = rules.Select((rule, index) =>
        {
            stop.ThrowIfCancellationRequested();
            var outcome = evaluator.Evaluate(rule);
            return new DataQualityRuleResult(
                $"Rule_{(index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}", rule.Text, outcome.Message, outcome.Result, outcome.Metrics, rule.Text);
        }).ToList();
        var passed = results.Count(result => result.Result == "PASS");
        return new()
        {
            ResultId = $"dqresult-{Guid.NewGuid():N}",
            Score = results.Count == 0 ? 1 : (double)passed / results.Count,
            DataSource = run.DataSource,
            RulesetName = name,
            StartedOn = run.StartedOn,
            CompletedOn = now,
            RulesetEvaluationRunId = run.RunId,
            RuleResults = results,
            AggregatedMetrics = new(results.Count, passed, results.Count - passed),
        };
    }
}
