using Constructs;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="CuratedJob"/> makes.</summary>
public sealed record CuratedJobProps
{
    /// <summary>The curated tables.</summary>
    public required IReadOnlyList<CuratedTable> Tables { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What the jobs of the environment share.</summary>
    public required JobCommons Commons { get; init; }
}

/// <summary>The job that makes the curated tables.</summary>
public sealed class CuratedJob : Construct
{
    private readonly List<(CuratedTable Table, SqlFile File)> _files;

    /// <summary>Creates the job.</summary>
    public CuratedJob(Construct scope, string id, CuratedJobProps props)
        : base(scope, id)
    {
        var (storage, catalog, lake) = (props.Commons.Storage, props.Commons.Catalog, new LakeAccess(this));
        var names = props.Tables.Select(table => table.Name).ToList();
        var clean = props.Tables.SelectMany(table => table.Reads).Where(read => read.Zone == ZoneName.Clean).Select(read => read.Name).Distinct().ToList();
        var curated = names.Select(name => lake.Table(catalog.Curated, name)).ToList();
        _files = [.. props.Tables.Select(table => (table, SqlFile.Curated(this, table)))];
        Job = new SqlJob(this, "Sql", new SqlJobProps
        {
            Name = new Names(props.Settings.Name).CuratedJob,
            Description = "Makes the curated tables of the clean ones",
            Settings = props.Settings,
            Commons = props.Commons,
            Sql = [.. _files.Select(file => file.File)],
            Access =
            [
                LakeAccess.FindBuckets(storage.Clean, storage.Curated),
                LakeAccess.ReadObjects("ReadClean", storage.Clean, clean.Select(name => $"{name}/")),
                LakeAccess.ExchangeObjects("ExchangeCurated", storage.Curated, names.Select(name => $"{name}/")),
                lake.ReadCatalog([catalog.Clean, catalog.Curated], [.. clean.Select(name => lake.Table(catalog.Clean, name)), .. curated]),
                lake.RegisterPartitions([catalog.Curated], curated),
            ],
        });
    }

    /// <summary>The job itself.</summary>
    public SqlJob Job { get; }

    /// <summary>The argument by which a run makes only the tables that one pipeline feeds; null where there is none.</summary>
    public string? SqlOf(string pipeline)
    {
        var files = _files.Where(file => CuratedCatalog.Pipelines(file.Table).SequenceEqual([pipeline])).Select(file => file.File).ToList();
        return files.Count == 0 ? null : SqlJob.SqlArgument(files);
    }
}
