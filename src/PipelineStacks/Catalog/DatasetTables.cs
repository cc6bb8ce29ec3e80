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

/// <summary>
/// The tables of a dataset: what landed, what was rejected, and what is clean. DMS rejects nothing into a folder, and how a table that changes in
/// place becomes clean is for the clean job to say: of a database's tables there is the first only.
/// </summary>
public sealed class DatasetTables : Construct
{
    /// <summary>Creates the tables.</summary>
    public DatasetTables(Construct scope, string id, DatasetTablesProps props)
        : base(scope, id)
    {
        var since = props.Settings.DataSince;
        if (props.Dataset.Source is DatabaseSource)
        {
            Landing = Table("Landing", props.Landing, Tables.Replicated(props.Dataset, props.Settings.Replication.Format));
            return;
        }
        Landing = Table("Landing", props.Landing, Tables.Landing(props.Dataset, since));
        Quarantine = Table("Quarantine", props.Landing, Tables.Quarantine(props.Dataset, since));
        Clean = Table("Clean", props.Clean, Tables.Clean(props.Dataset, since));

        ProjectedTable Table(string name, ZoneDatabase database, TableDefinition definition) =>
            new(this, name, new ProjectedTableProps { Database = database, Definition = definition });
    }

    /// <summary>The rows as they arrived.</summary>
    public ProjectedTable Landing { get; }

    /// <summary>The records that were rejected; null for tables of a database.</summary>
    public ProjectedTable? Quarantine { get; }

    /// <summary>The rows once each; null for tables of a database.</summary>
    public ProjectedTable? Clean { get; }
}
