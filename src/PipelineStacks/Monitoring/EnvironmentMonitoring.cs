using Constructs;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Monitoring.Families;
using PipelineStacks.Stacks;
using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring;

/// <summary>What <see cref="EnvironmentMonitoring"/> watches: all that the environment deploys.</summary>
public sealed record EnvironmentMonitoringProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Its datasets.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Its curated tables.</summary>
    public required IReadOnlyList<CuratedTable> Curated { get; init; }

    /// <summary>The zones.</summary>
    public required StorageStack Storage { get; init; }

    /// <summary>The streams; null where there are none.</summary>
    public StreamingStack? Streaming { get; init; }

    /// <summary>The devices' rules; null where there are none.</summary>
    public IotStack? Iot { get; init; }

    /// <summary>The database; null where there is none of ours.</summary>
    public SourceDatabaseStack? Database { get; init; }

    /// <summary>The replication; null where there is none.</summary>
    public ReplicationStack? Replication { get; init; }

    /// <summary>The jobs; null where there are none.</summary>
    public EtlStack? Etl { get; init; }
}

/// <summary>Alarms, dashboards and topics for everything that an environment deploys, pipeline by pipeline.</summary>
public sealed class EnvironmentMonitoring : Construct
{
    // The workflow runs each night, and may be late by two hours.
    private static readonly TimeSpan Nightly = TimeSpan.FromHours(26);

    private readonly EnvironmentMonitoringProps _props;
    private readonly Names _names;
    private readonly AlarmEvents _events;

    /// <summary>Creates the topics, alarms and dashboards of an environment.</summary>
    public EnvironmentMonitoring(Construct scope, string id, EnvironmentMonitoringProps props)
        : base(scope, id)
    {
        (_props, _names) = (props, new Names(props.Settings.Name));
        Topics = new AlarmTopics(this, "Topics", new AlarmTopicsProps { Settings = props.Settings, Key = props.Storage.Key });
        _events = new AlarmEvents(this, "Events", new AlarmEventsProps { Settings = props.Settings, Topics = Topics, Key = props.Storage.Key });
        var pipelines = props.Datasets.GroupBy(dataset => dataset.Pipeline).ToDictionary(pipeline => pipeline.Key, pipeline => Parts(pipeline.Key, [.. pipeline]).ToList());
        if (props.Etl is not null)
            pipelines["lake"] = [.. Shared()];
        var watched = pipelines.Select(pipeline => (Pipeline: pipeline.Key, Parts: pipeline.Value, Monitoring: Watch(pipeline.Key, pipeline.Value))).ToList();
        Dashboard.Of(this, "Overview", _names.Dashboard("overview"),
        [
            Dashboard.Alarms(props.Settings.Name, watched.Select(pipeline => pipeline.Monitoring.Composite?.AttrArn).OfType<string>()),
            .. watched.SelectMany(pipeline => pipeline.Parts.SelectMany(part => part.Traffic).Take(2).Select(metric => Dashboard.Graph(metric, []))
                .Prepend(Dashboard.Title(pipeline.Pipeline))),
        ]);
        if (props.Settings.Monitoring.MonthlyBudget is { } dollars)
            new MonthlyBudget(this, "Budget", new MonthlyBudgetProps { Settings = props.Settings, Dollars = dollars, Topics = Topics });
    }

    /// <summary>Who is told.</summary>
    public AlarmTopics Topics { get; }

    private IEnumerable<StreamedDataset> Streamed => [.. _props.Streaming?.Streamed ?? [], .. _props.Iot?.Streamed ?? []];

    private PipelineMonitoring Watch(string pipeline, IReadOnlyList<Watched> parts) => new(this, Names.Pascal(pipeline), new PipelineMonitoringProps
    {
        Pipeline = pipeline,
        Parts = parts,
        Settings = _props.Settings,
        Topics = Topics,
    });

    // From the source to the clean zone; the curated zone is made of several pipelines.
    private IEnumerable<Watched> Parts(string pipeline, IReadOnlyList<Dataset> datasets)
    {
        foreach (var streamed in Streamed.Where(streamed => streamed.Dataset.Pipeline == pipeline))
        {
            if (streamed.Dataset.Source is TopicSource)
            {
                yield return Rule(streamed.Dataset, "delivery", _names.DeliveryRule(streamed.Dataset.Name), "Firehose");
                yield return Rule(streamed.Dataset, "stream", _names.StreamRule(streamed.Dataset.Name), "Kinesis");
            }
            yield return Stream(streamed);
            yield return Delivery(streamed);
        }
        if (datasets.Any(dataset => dataset.Source is DatabaseSource))
        {
            foreach (var part in Replicated(pipeline, datasets))
                yield return part;
        }
        foreach (var dataset in datasets.Where(dataset => dataset.Source is not DatabaseSource))
            yield return Landing(dataset);
        if (_props.Etl is null)
            yield break;
        if (datasets.Any(dataset => dataset.Source is FileSource))
            yield return Crawler(pipeline);
        yield return Job($"clean-{pipeline}", _names.CleanJob(pipeline), Nightly);
    }

    private IEnumerable<Watched> Shared()
    {
        yield return new("data-quality", "Data quality", [.. JobAlarms.OfQuality(_events.OnFailure(
            "QualityFailed", "A clean table broke a rule", "aws.glue-dataquality", "Data Quality Evaluation Results Available", new()
            {
                ["state"] = Either("FAILED"),
                ["context"] = new Dictionary<string, object> { ["databaseName"] = Either(_names.Database(ZoneName.Clean)) },
            }))], []);
        yield return Job("quality", _names.QualityJob, Nightly);
        if (_props.Curated.Count > 0)
            yield return Job("curated", _names.CuratedJob, _props.Curated.Min(table => table.Freshness));
    }

    private static Watched Rule(Dataset dataset, string way, string rule, string action) => new(
        $"{Names.Kebab(dataset.Name)}-{way}-rule", $"{dataset.Name}: rule to the {way}", [.. TopicRuleAlarms.Of(rule, action, errorAction: "S3")],
        [TopicRule(rule, "TopicMatch"), TopicRuleAction(rule, action, "Success")]);

    private Watched Stream(StreamedDataset streamed)
    {
        var stream = streamed.Stream.Stream.StreamName;
        var alarms = streamed.Dataset.Source is TopicSource ? StreamAlarms.OfMessages(stream, _props.Settings) : StreamAlarms.Of(stream, _props.Settings);
        return new(Names.Kebab(streamed.Dataset.Name), $"{streamed.Dataset.Name}: data stream", [.. alarms],
            [Kinesis(stream, "IncomingRecords", "Sum"), Kinesis(stream, "GetRecords.Records", "Sum")]);
    }

    private Watched Delivery(StreamedDataset streamed)
    {
        var (delivery, subject) = (streamed.Delivery.Name, Names.Kebab(streamed.Dataset.Name));
        return new($"{subject}-delivery", $"{streamed.Dataset.Name}: delivery to the landing zone",
            [.. DeliveryAlarms.Of(delivery, streamed.Dataset.Source is StreamSource, _props.Settings), DatasetAlarms.Stale(streamed.Dataset, delivery)], [Firehose(delivery, "DeliveryToS3.Records", "Sum")]);
    }

    private Watched Landing(Dataset dataset) => new(Names.Kebab(dataset.Name), $"{dataset.Name}: quarantine", [DatasetAlarms.Quarantine(Rejections(dataset.Name))], []);

    private IEnumerable<Watched> Replicated(string pipeline, IReadOnlyList<Dataset> datasets)
    {
        if (_props.Database?.Database is { } database)
            yield return new("database", "Database", [.. DatabaseAlarms.Of(database.Instance.Ref, _props.Settings)], [Rds(database.Instance.Ref, "DatabaseConnections", "Average")]);
        if (_props.Database is { } administered)
            yield return new("database-admin", "Function that administers the database", [.. FunctionAlarms.Of(administered.Admin.Function.FunctionName)], []);
        if (_props.Replication?.Replication is { InstanceArn: not null } replication)
        {
            var (instance, task) = (replication.InstanceIdentifier!, replication.TaskIdentifier!);
            yield return new(pipeline, $"{pipeline}: replication",
                [.. ReplicationAlarms.Of(replication, datasets.Min(dataset => dataset.Freshness), OnTask("Failed"), OnTask("Stopped"), _props.Settings)],
                [ReplicationTask(instance, task, "CDCIncomingChanges", "Sum"), ReplicationTask(instance, task, "CDCThroughputRowsTarget", "Average")]);

            string OnTask(string state) => _events.OnCount($"Task{state}", $"The replication task of {pipeline}: {state.ToLowerInvariant()}", "aws.dms", "DMS Replication Task State Change",
                new() { ["eventType"] = Either($"REPLICATION_TASK_{state.ToUpperInvariant()}") }, replication.TaskArn);
        }
        // One rule and alarm for all tables: what to do is the same, and the event names the table.
        yield return new($"{pipeline}-tables", $"{pipeline}: quarantine", [DatasetAlarms.Quarantine(Rejections([.. datasets.Select(dataset => dataset.Name)]))], []);
    }

    private Watched Crawler(string pipeline) => new($"crawl-{pipeline}", $"{pipeline}: crawler", [.. JobAlarms.OfCrawler(_events.OnFailure(
        $"{Names.Pascal(pipeline)}CrawlFailed", $"A crawl of {pipeline} failed", "aws.glue", "Glue Crawler State Change",
        new() { ["crawlerName"] = Either(_names.Crawler(pipeline)), ["state"] = Either("Failed") }))], []);

    private Watched Job(string subject, string job, TimeSpan freshness)
    {
        var failures = _events.OnFailure($"{Names.Pascal(subject)}JobFailed", $"A run of {job} failed", "aws.glue", "Glue Job State Change",
            new() { ["jobName"] = Either(job), ["state"] = Either("FAILED", "TIMEOUT") });
        return new(subject, $"Job {job}", [.. JobAlarms.OfJob(job, freshness, failures, _props.Settings)], [Glue(job, "bytesRead", "Sum")]);
    }

    // A pattern names the values that a field may have.
    private static string[] Either(params string[] values) => values;

    private string Rejections(params string[] datasets) => _events.OnCount(
        $"{Names.Pascal(datasets.Length == 1 ? datasets[0] : "tables")}Rejected", "Records that were put into the quarantine", "aws.s3", "Object Created", new()
        {
            ["bucket"] = new Dictionary<string, object> { ["name"] = Either(_props.Storage.Landing.Bucket.BucketName) },
            ["object"] = new Dictionary<string, object>
            {
                ["key"] = datasets.Select(dataset => new Dictionary<string, string> { ["prefix"] = $"{Names.QuarantinePrefix}{dataset}/" }).ToArray(),
            },
        });
}
