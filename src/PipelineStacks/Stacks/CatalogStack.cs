using Constructs;
using PipelineStacks.Catalog;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="CatalogStack"/> describes.</summary>
public sealed record CatalogStackProps
{
    /// <summary>The datasets to make tables of.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The curated tables.</summary>
    public required IReadOnlyList<CuratedTable> Curated { get; init; }

    /// <summary>The zones that hold them.</summary>
    public required StorageStack Storage { get; init; }
}

/// <summary>A Glue database per zone and the tables that derive from the datasets.</summary>
public sealed class CatalogStack : EnvironmentStack
{
    /// <summary>Creates the databases and tables of an environment.</summary>
    public CatalogStack(Construct scope, EnvironmentSettings settings, CatalogStackProps props)
        : base(scope, "Catalog", new Names(settings.Name).CatalogStack, "A database per zone, and the tables of the datasets", settings)
    {
        Landing = Database(props.Storage.Landing);
        Clean = Database(props.Storage.Clean);
        Curated = Database(props.Storage.Curated);
        Tables = props.Datasets.ToDictionary(dataset => dataset.Name, dataset => new DatasetTables(this, Names.Pascal(dataset.Name), new DatasetTablesProps
        {
            Dataset = dataset,
            Settings = settings,
            Landing = Landing,
            Clean = Clean,
        }));

        CuratedTables = props.Curated.ToDictionary(table => table.Name, table => new ZoneTable(this, $"{Names.Pascal(table.Name)}Curated", new ZoneTableProps
        {
            Database = Curated,
            Definition = PipelineStacks.Model.Datasets.Tables.Curated(table),
        }));

        ZoneDatabase Database(Zone zone)
        {
            var database = new ZoneDatabase(this, $"{zone.Name}Database", new ZoneDatabaseProps { Settings = settings, Zone = zone });
            Output(Names.DatabaseOutput(zone.Name), database.Name, $"The database of the {zone.Name} zone");
            return database;
        }
    }

    /// <summary>The landing zone's tables.</summary>
    public ZoneDatabase Landing { get; }

    /// <summary>The clean zone's tables.</summary>
    public ZoneDatabase Clean { get; }

    /// <summary>The curated zone's tables.</summary>
    public ZoneDatabase Curated { get; }

    /// <summary>The curated tables, by their names.</summary>
    public IReadOnlyDictionary<string, ZoneTable> CuratedTables { get; }

    /// <summary>The tables of each dataset, by its name.</summary>
    public IReadOnlyDictionary<string, DatasetTables> Tables { get; }
}
