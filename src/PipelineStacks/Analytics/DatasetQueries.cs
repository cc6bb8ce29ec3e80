using Amazon.CDK.AWS.Athena;
using Constructs;
using PipelineStacks.Catalog;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Analytics;

/// <summary>What <see cref="DatasetQueries"/> asks about.</summary>
public sealed record DatasetQueriesProps
{
    /// <summary>The dataset.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>Where the queries run.</summary>
    public required QueryWorkGroup WorkGroup { get; init; }

    /// <summary>The landing zone's database.</summary>
    public required ZoneDatabase Landing { get; init; }
}

/// <summary>The saved queries about a dataset.</summary>
public sealed class DatasetQueries : Construct
{
    /// <summary>Creates the queries.</summary>
    public DatasetQueries(Construct scope, string id, DatasetQueriesProps props)
        : base(scope, id)
    {
        foreach (var query in SavedQueries.For(props.Dataset, props.Landing.FixedName))
        {
            new CfnNamedQuery(this, Names.Pascal(query.Name[(props.Dataset.Name.Length + 1)..]), new CfnNamedQueryProps
            {
                Name = query.Name,
                Description = query.Description,
                Database = props.Landing.FixedName,
                QueryString = query.Sql,
                WorkGroup = props.WorkGroup.Name,
            });
        }
    }
}
