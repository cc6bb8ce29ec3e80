using PipelineStacks.Aws;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Verify;

/// <summary>What the steps of one run work with.</summary>
internal sealed record VerifyScope
{
    public required CliContext Context { get; init; }

    public required AwsClients Aws { get; init; }

    public required DeployedEnvironment Environment { get; init; }

    public required EnvironmentSettings Settings { get; init; }

    public required VerifyOptions Options { get; init; }

    public required RunMark Mark { get; init; }

    public required Deadline Deadline { get; init; }

    /// <summary>Of the landing zone.</summary>
    public required string Bucket { get; init; }

    public required string WorkGroup { get; init; }

    public Names Names => Environment.Names;

    public bool HasEtl => Settings.Etl.Enabled;

    /// <summary>The datasets of each pipeline that is asked for.</summary>
    public IEnumerable<IGrouping<string, Dataset>> Pipelines =>
        DatasetCatalog.All.Where(dataset => (Options.Pipelines is { Count: > 0 } some ? some : Settings.Pipelines).Contains(dataset.Pipeline)).GroupBy(dataset => dataset.Pipeline);

    /// <summary>The curated tables of the environment.</summary>
    public IReadOnlyList<CuratedTable> CuratedTables => CuratedCatalog.Of(Settings.Pipelines);

    /// <summary>A query costs money on AWS, and nothing arrives there within a second.</summary>
    public TimeSpan Poll => Aws.Settings.IsLocal ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(15);

    /// <summary>The first day on which what this run sends can arrive; a file's day is that of its oldest record.</summary>
    public string ArrivedSince => $"{DatasetRules.ArrivalDate} >= DATE '{Context.Time.GetUtcNow().UtcDateTime.AddDays(-1):yyyy-MM-dd}'";

    public string Table(ZoneName zone, string table) => $"{Names.Database(zone)}.{table}";

    public Task<QueryResult> QueryAsync(string sql, CancellationToken cancel) => Aws.Athena.RunAsync(sql, WorkGroup, Names.Database(ZoneName.Landing), cancel);

    public async Task<long> CountAsync(string sql, CancellationToken cancel) => (await QueryAsync(sql, cancel)).Number();
}
