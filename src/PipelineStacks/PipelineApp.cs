using Amazon.CDK;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Stacks;

namespace PipelineStacks;

/// <summary>Which stacks exist in which environment.</summary>
public static class PipelineApp
{
    /// <summary>Adds a stage per environment to the app.</summary>
    /// <exception cref="DatasetException">A dataset's definition can't be used.</exception>
    public static void Build(App app, IReadOnlyList<EnvironmentSettings> environments, IReadOnlyList<Dataset> datasets)
    {
        DatasetRules.Checked(datasets);
        foreach (var settings in environments)
            new EnvironmentStage(app, settings, datasets);
    }
}

/// <summary>One environment: what <c>cdk deploy "Dev/*"</c> deploys.</summary>
public sealed class EnvironmentStage : Stage
{
    /// <summary>Creates the stacks of an environment.</summary>
    public EnvironmentStage(Construct scope, EnvironmentSettings settings, IReadOnlyList<Dataset> datasets)
        : base(scope, new Names(settings.Name).Stage, new StageProps { Env = Target(settings) })
    {
        Storage = new StorageStack(this, settings);
        Catalog = new CatalogStack(this, settings, new CatalogStackProps { Datasets = datasets, Storage = Storage });
        Streaming = new StreamingStack(this, settings, new StreamingStackProps { Datasets = datasets, Storage = Storage, Catalog = Catalog });
        Analytics = new AnalyticsStack(this, settings, new AnalyticsStackProps { Datasets = datasets, Storage = Storage, Catalog = Catalog });
    }

    /// <summary>The buckets.</summary>
    public StorageStack Storage { get; }

    /// <summary>The databases and tables.</summary>
    public CatalogStack Catalog { get; }

    /// <summary>The streams and their delivery.</summary>
    public StreamingStack Streaming { get; }

    /// <summary>What people query by.</summary>
    public AnalyticsStack Analytics { get; }

    private static Amazon.CDK.Environment Target(EnvironmentSettings settings) => new() { Account = settings.Account, Region = settings.Region };
}
