using Constructs;
using PipelineStacks.Analytics;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="AnalyticsStack"/> makes queryable.</summary>
public sealed record AnalyticsStackProps
{
    /// <summary>The datasets to ask about.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Where results go.</summary>
    public required StorageStack Storage { get; init; }

    /// <summary>Where the tables are.</summary>
    public required CatalogStack Catalog { get; init; }
}

/// <summary>The Athena workgroup, and queries that are ready to run in it.</summary>
public sealed class AnalyticsStack : EnvironmentStack
{
    /// <summary>Creates what people query by in an environment.</summary>
    public AnalyticsStack(Construct scope, EnvironmentSettings settings, AnalyticsStackProps props)
        : base(scope, "Analytics", new Names(settings.Name).AnalyticsStack, "The workgroup and saved queries of Athena", settings)
    {
        var workGroup = new QueryWorkGroup(this, "WorkGroup", new QueryWorkGroupProps
        {
            Settings = settings,
            Results = props.Storage.Results,
            Key = props.Storage.Key,
        });
        foreach (var dataset in props.Datasets)
        {
            new DatasetQueries(this, Names.Pascal(dataset.Name), new DatasetQueriesProps
            {
                Dataset = dataset,
                WorkGroup = workGroup,
                Landing = props.Catalog.Landing,
            });
        }
        Output(Names.WorkGroupOutput, workGroup.Name, "The workgroup to query in");
    }
}
