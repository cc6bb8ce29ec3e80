using Amazon.CDK;
using Constructs;
using PipelineStacks.Model;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;

namespace PipelineStacks.Stacks;

/// <summary>The zones of the lake, with the key that encrypts them and the buckets beside them.</summary>
public sealed class StorageStack : EnvironmentStack
{
    /// <summary>Creates the buckets of an environment.</summary>
    public StorageStack(Construct scope, EnvironmentSettings settings)
        : base(scope, "Storage", new Names(settings.Name).StorageStack, "The zones of the lake: landing, clean and curated", settings)
    {
        if (settings.RemovalPolicy == DataRemoval.Destroy && !settings.AllowDestroy)
        {
            Annotations.Of(this).AddInfo(
                $"environments.{settings.Name}.removalPolicy is destroy, but allowDestroy isn't true: data is retained. "
                + "Pass -c allowDestroy=true to let go of it.");
        }

        Key = new DataKey(this, "DataKey", new DataKeyProps { Settings = settings });
        var logs = new AccessLogs(this, "AccessLogs", new AccessLogsProps { Settings = settings });
        Landing = Zone(ZoneName.Landing, settings.Lifecycle.Landing);
        Clean = Zone(ZoneName.Clean, settings.Lifecycle.Clean);
        Curated = Zone(ZoneName.Curated, settings.Lifecycle.Curated);
        Results = new QueryResults(this, "QueryResults", new QueryResultsProps { Settings = settings, Key = Key, AccessLogs = logs });
        Output(Names.ResultsBucketOutput, Results.Bucket.BucketName, "Results of queries");

        Zone Zone(ZoneName name, ZoneLifecycle lifecycle)
        {
            var zone = new Zone(this, $"{name}Zone", new ZoneProps
            {
                Name = name,
                Settings = settings,
                Lifecycle = lifecycle,
                Key = Key,
                AccessLogs = logs,
            });
            Output(Names.BucketOutput(name), zone.Bucket.BucketName, $"The bucket of the {name} zone");
            return zone;
        }
    }

    /// <summary>The key that encrypts the environment's data.</summary>
    public DataKey Key { get; }

    /// <summary>Data as received, with what was rejected beside it.</summary>
    public Zone Landing { get; }

    /// <summary>Typed, deduplicated, current data.</summary>
    public Zone Clean { get; }

    /// <summary>Joined and aggregated data.</summary>
    public Zone Curated { get; }

    /// <summary>Results of queries.</summary>
    public QueryResults Results { get; }
}
