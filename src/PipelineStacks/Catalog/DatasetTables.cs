using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Catalog;

/// <summary>What <see cref="DatasetTables"/> derives the tables from.</summary>
public sealed record DatasetTablesProps
{
    /// <summary>The dataset.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The landing zone's database.</summary>
    public required ZoneDatabase Landing { get; init; }

    /// <summary>The clean zone's database.</summary>
    public required ZoneDatabase Clean { get; init; }
}

/// <summary>The tables of a dataset: what landed, what was rejected, and what is clean.</summary>
public sealed class DatasetTables : Construct
{
    /// <summary>Creates the tables.</summary>
    public DatasetTables(Construct scope, string id, DatasetTablesProps props)
        : base(scope, id)
    {
        var since = props.Settings.DataSince;
        Landing = Table("Landing", props.Landing, Tables.Landing(props.Dataset, since));
        Quarantine = Table("Quarantine", props.Landing, Tables.Quarantine(props.Dataset, since));
        Clean = Table("Clean", props.Clean, Tables.Clean(props.Dataset, since));

        ProjectedTable Table(string name, ZoneDatabase database, TableDefinition definition) =>
            new(this, name, new ProjectedTableProps { Database = database, Definition = definition });
    }

    /// <summary>The rows as they arrived.</summary>
    public ProjectedTable Landing { get; }

    /// <summary>The records that were rejected.</summary>
    public ProjectedTable Quarantine { get; }

    /// <summary>The rows once each.</summary>
    public ProjectedTable Clean { get; }
}
