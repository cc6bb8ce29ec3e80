using Amazon.CDK;
using Constructs;
using PipelineStacks.Iot;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Monitoring;
using PipelineStacks.SourceDatabase;
using PipelineStacks.Stacks;

namespace PipelineStacks;

/// <summary>Which stacks exist in which environment.</summary>
public static class PipelineApp
{
    /// <summary>Adds a stage per environment to the app, and what delivers to them.</summary>
    /// <exception cref="DatasetException">A dataset's definition can't be used.</exception>
    public static void Build(App app, IReadOnlyList<EnvironmentSettings> environments, IReadOnlyList<Dataset> datasets, PromotionSettings? delivery = null)
    {
        DatasetRules.Checked(datasets);
        TopicRuleChecks.Check(datasets, environments);
        var stages = environments
            .Select(settings => new EnvironmentStage(app, settings, datasets, delivery?.Stages.Contains(settings.Name) == true ? delivery : null))
            .ToList();
        // The pipeline deploys the very stages that people deploy: each is synthesised once, and either way to it finds the same stacks.
        if (delivery is not null)
            new DeliveryStack(app, new DeliveryStackProps { Settings = delivery, Stages = [.. delivery.Stages.Select(name => stages.Single(stage => stage.Settings.Name == name))] });
    }
}

/// <summary>One environment: what <c>cdk deploy "Dev/*"</c> deploys.</summary>
public sealed class EnvironmentStage : Stage
{
    /// <summary>Creates the stacks of an environment.</summary>
    public EnvironmentStage(Construct scope, EnvironmentSettings settings, IReadOnlyList<Dataset> datasets, PromotionSettings? delivery = null)
        : base(scope, new Names(settings.Name).Stage, new StageProps { Env = Target(settings) })
    {
        Settings = settings;
        var chosen = datasets.Where(dataset => settings.Pipelines.Contains(dataset.Pipeline)).ToList();
        var curated = CuratedCatalog.Of([.. chosen.Select(dataset => dataset.Pipeline).Distinct()]);
        Storage = new StorageStack(this, settings);
        Catalog = new CatalogStack(this, settings, new CatalogStackProps { Datasets = chosen, Curated = curated, Storage = Storage });
        if (chosen.Any(dataset => dataset.Source is StreamSource))
            Streaming = new StreamingStack(this, settings, new StreamingStackProps { Datasets = chosen, Storage = Storage, Catalog = Catalog });
        if (chosen.Any(dataset => dataset.Source is TopicSource))
            Iot = new IotStack(this, settings, new IotStackProps { Datasets = chosen, Storage = Storage, Catalog = Catalog });
        if (chosen.Where(dataset => dataset.Source is DatabaseSource).ToList() is { Count: > 0 } tables)
            Replication = AddReplication(settings, tables);
        if (settings.Etl.Enabled)
            Etl = new EtlStack(this, settings, new EtlStackProps { Datasets = chosen, Curated = curated, Storage = Storage, Catalog = Catalog });
        if (settings.Monitoring.Enabled)
            Monitoring = AddMonitoring(settings, chosen, curated);
        Analytics = new AnalyticsStack(this, settings, new AnalyticsStackProps { Datasets = chosen, Storage = Storage, Catalog = Catalog });
        if (delivery is not null)
            Verification = new VerificationStack(this, settings, new VerificationStackProps { Delivery = delivery, Replicates = Replication is not null, Datasets = chosen, Storage = Storage });
    }

    /// <summary>The environment.</summary>
    public EnvironmentSettings Settings { get; }

    /// <summary>The buckets.</summary>
    public StorageStack Storage { get; }

    /// <summary>The databases and tables.</summary>
    public CatalogStack Catalog { get; }

    /// <summary>The streams and their delivery; null where no pipeline has any.</summary>
    public StreamingStack? Streaming { get; }

    /// <summary>The alarms and dashboards; null where the settings want none.</summary>
    public MonitoringStack? Monitoring { get; }

    /// <summary>The devices and the rules for what they publish; null where no pipeline has any.</summary>
    public IotStack? Iot { get; }

    /// <summary>The database and what administers it; null where neither is deployed.</summary>
    public SourceDatabaseStack? Database { get; private set; }

    /// <summary>The replication of a database; null where no pipeline has one.</summary>
    public ReplicationStack? Replication { get; }

    /// <summary>The jobs and workflows between the zones; null where the settings want none.</summary>
    public EtlStack? Etl { get; }

    /// <summary>What people query by.</summary>
    public AnalyticsStack Analytics { get; }

    /// <summary>What lets the delivery verify the environment; null where it isn't a stage of one.</summary>
    public VerificationStack? Verification { get; }

    private ReplicationStack AddReplication(EnvironmentSettings settings, IReadOnlyList<Dataset> tables)
    {
        var network = new NetworkStack(this, settings, new NetworkStackProps { Storage = Storage });
        if (settings.Database.IsDeployed)
            Database = new SourceDatabaseStack(this, settings, new SourceDatabaseStackProps { Datasets = tables, Storage = Storage, Network = network });
        var credentials = Database is { } database
            ? database.Replication
            : Credentials.OfExisting(settings.Database.ReplicationSecretArn!, settings.Database);
        var replication = new ReplicationStack(this, settings, new ReplicationStackProps
        {
            Datasets = tables,
            Storage = Storage,
            Network = network,
            Credentials = credentials,
        });
        // DMS looks the roles up by their names, so that no reference would make them come first.
        if (settings.Replication.AccountRoles)
            replication.AddDependency(new AccountBaselineStack(this, settings), "DMS looks for its roles when the subnet group is created.");
        return replication;
    }

    private MonitoringStack AddMonitoring(EnvironmentSettings settings, IReadOnlyList<Dataset> datasets, IReadOnlyList<CuratedTable> curated) =>
        new(this, settings, new EnvironmentMonitoringProps
        {
            Settings = settings,
            Datasets = datasets,
            Curated = curated,
            Storage = Storage,
            Streaming = Streaming,
            Iot = Iot,
            Database = Database,
            Replication = Replication,
            Etl = Etl,
        });

    private static Amazon.CDK.Environment Target(EnvironmentSettings settings) => new() { Account = settings.Account, Region = settings.Region };
}
