using Amazon.CDK.AWS.S3.Assets;
using Constructs;
using PipelineStacks.Etl;
using PipelineStacks.Functions;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="EtlStack"/> works on.</summary>
public sealed record EtlStackProps
{
    /// <summary>The datasets to clean.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The curated tables to make.</summary>
    public required IReadOnlyList<CuratedTable> Curated { get; init; }

    /// <summary>The zones.</summary>
    public required StorageStack Storage { get; init; }

    /// <summary>The tables.</summary>
    public required CatalogStack Catalog { get; init; }
}

/// <summary>The jobs between the zones, what they are checked by, and the workflows that run them.</summary>
public sealed class EtlStack : EnvironmentStack
{
    private readonly EnvironmentSettings _settings;
    private readonly EtlStackProps _props;

    /// <summary>Creates jobs and workflows of an environment.</summary>
    public EtlStack(Construct scope, EnvironmentSettings settings, EtlStackProps props)
        : base(scope, "Etl", new Names(settings.Name).EtlStack, "The jobs and workflows from landing to clean to curated", settings)
    {
        (_settings, _props) = (settings, props);
        var runner = new Asset(this, "Runner", new AssetProps { Path = ProjectFolder.PathOf("src", "jobs", "spark", "run_sql.py") });
        var security = new JobSecurity(this, "Security", new JobSecurityProps { Settings = settings, Key = props.Storage.Key });
        var commons = new JobCommons(runner, security, props.Storage, props.Catalog);

        var steps = props.Datasets.GroupBy(dataset => dataset.Pipeline).Select(pipeline => Clean(pipeline.Key, [.. pipeline], commons)).ToList();
        var rulesets = new QualityRulesets(this, "Rulesets", new QualityRulesetsProps { Datasets = props.Datasets, Settings = settings, Tables = props.Catalog.Tables });
        var quality = new QualityJob(this, "Quality", new QualityJobProps { Datasets = props.Datasets, Rulesets = rulesets, Settings = settings, Commons = commons });
        var curated = props.Curated.Count == 0
            ? null
            : new CuratedJob(this, "Curated", new CuratedJobProps { Tables = props.Curated, Settings = settings, Commons = commons });

        var lake = new LakeWorkflow(this, "Lake", new LakeWorkflowProps { Settings = settings, Clean = steps, Quality = quality.Job, Curated = curated?.Job });
        Output(Names.LakeWorkflowOutput, lake.Name, "The workflow from landing to curated");
        foreach (var step in steps.Where(step => step.Crawler is not null))
            StartByArrival(step, curated);
    }

    private CleanStep Clean(string pipeline, IReadOnlyList<Dataset> datasets, JobCommons commons)
    {
        var id = Names.Pascal(pipeline);
        var job = new CleanJob(this, $"{id}Clean", new CleanJobProps { Pipeline = pipeline, Datasets = datasets, Settings = _settings, Commons = commons });
        var foreign = datasets.Where(dataset => dataset.Source is FileSource).ToList();
        return new(pipeline, job.Job, foreign.Count == 0 ? null : new ZoneCrawler(this, $"{id}Crawl", new ZoneCrawlerProps
        {
            Pipeline = pipeline,
            Datasets = foreign,
            Settings = _settings,
            Database = commons.Catalog.Landing,
            Key = commons.Storage.Key,
            Security = commons.Security,
        }));
    }

    private void StartByArrival(CleanStep step, CuratedJob? curated)
    {
        var workflow = new ArrivalWorkflow(this, $"{Names.Pascal(step.Pipeline)}Arrival", new ArrivalWorkflowProps
        {
            Pipeline = step.Pipeline,
            Datasets = [.. _props.Datasets.Where(dataset => dataset.Pipeline == step.Pipeline)],
            Settings = _settings,
            Landing = _props.Storage.Landing,
            Crawler = step.Crawler!,
            Clean = step.Job,
            Curated = curated,
        });
        Output(Names.ArrivalWorkflowOutput(step.Pipeline), workflow.Name, $"The workflow that files of {step.Pipeline} start");
    }
}
