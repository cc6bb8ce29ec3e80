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
        Landing = new ProjectedTable(this, "Landing", new ProjectedTableProps { Database = props.Landing, Definition = Tables.Landing(props.Dataset, since) });
        Quarantine = new ProjectedTable(this, "Quarantine", new ProjectedTableProps { Database = props.Landing, Definition = Tables.Quarantine(props.Dataset, since) });
        Clean = new ProjectedTable(this, "Clean", new ProjectedTableProps { Database = props.Clean, Definition = Tables.Clean(props.Dataset, since) });
    }

    /// <summary>The rows as they arrived.</summary>
    public ProjectedTable Landing { get; }

    /// <summary>The records that were rejected.</summary>
    public ProjectedTable Quarantine { get; }

    /// <summary>The rows once each.</summary>
    public ProjectedTable Clean { get; }
}
