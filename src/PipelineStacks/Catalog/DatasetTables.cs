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

/// <summary>The tables of a dataset: what landed, what was rejected, and what is clean. What landed in files of a foreign schema is a crawler's to say.</summary>
public sealed class DatasetTables : Construct
{
    /// <summary>Creates the tables.</summary>
    public DatasetTables(Construct scope, string id, DatasetTablesProps props)
        : base(scope, id)
    {
        var since = props.Settings.DataSince;
        Landing = props.Dataset.Source switch
        {
            DatabaseSource => Table("Landing", props.Landing, Tables.Replicated(props.Dataset, props.Settings.Replication.Format)),
            FileSource => null,
            _ => Table("Landing", props.Landing, Tables.Landing(props.Dataset, since)),
        };
        Quarantine = Table("Quarantine", props.Landing, Tables.Quarantine(props.Dataset, since));
        Clean = Table("Clean", props.Clean, Tables.Clean(props.Dataset));

        ZoneTable Table(string name, ZoneDatabase database, TableDefinition definition) =>
            new(this, name, new ZoneTableProps { Database = database, Definition = definition });
    }

    /// <summary>The rows as they arrived; null where a crawler makes the table.</summary>
    public ZoneTable? Landing { get; }

    /// <summary>The records that were rejected.</summary>
    public ZoneTable Quarantine { get; }

    /// <summary>The rows once each.</summary>
    public ZoneTable Clean { get; }
}
