using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="CleanJob"/> cleans.</summary>
public sealed record CleanJobProps
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Its datasets.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What the jobs of the environment share.</summary>
    public required JobCommons Commons { get; init; }
}

/// <summary>The job that brings a pipeline's datasets from landing to clean, by what arrived since it ran last.</summary>
public sealed class CleanJob : Construct
{
    /// <summary>Creates the job.</summary>
    public CleanJob(Construct scope, string id, CleanJobProps props)
        : base(scope, id)
    {
        var (storage, catalog, lake) = (props.Commons.Storage, props.Commons.Catalog, new LakeAccess(this));
        var names = props.Datasets.Select(dataset => dataset.Name).ToList();
        var clean = names.Select(name => lake.Table(catalog.Clean, name)).ToList();
        Job = new SqlJob(this, "Sql", new SqlJobProps
        {
            Name = new Names(props.Settings.Name).CleanJob(props.Pipeline),
            Description = $"Brings {props.Pipeline} from landing to clean",
            Settings = props.Settings,
            Commons = props.Commons,
            Sql = [.. props.Datasets.Select(dataset => SqlFile.Clean(this, dataset, props.Settings))],
            Bookmarks = true,
            Access =
            [
                LakeAccess.FindBuckets(storage.Landing, storage.Clean),
                LakeAccess.ReadObjects("ReadLanding", storage.Landing, props.Datasets.Select(Folder).Distinct()),
                Allow("WriteQuarantine", ["s3:DeleteObject", "s3:PutObject"],
                    [.. names.Select(name => storage.Landing.Bucket.ArnForObjects($"{Names.QuarantinePrefix}{name}/{Tables.CleanRejected}/*"))]),
                LakeAccess.ExchangeObjects("ExchangeClean", storage.Clean, names.Select(name => $"{name}/")),
                lake.ReadCatalog([catalog.Landing, catalog.Clean], [.. names.Select(name => lake.Table(catalog.Landing, name)), .. clean]),
                lake.RegisterPartitions([catalog.Clean], clean),
            ],
        });
    }

    /// <summary>The job itself.</summary>
    public SqlJob Job { get; }

    // All tables of a database are in one folder, and one statement for each would fill the policy.
    private static string Folder(Dataset dataset) => dataset.Source is DatabaseSource ? $"{ReplicationFormat.Folder(dataset.Pipeline)}/" : $"{dataset.Name}/";
}
