using Amazon.CDK.AWS.Glue;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;

namespace PipelineStacks.Catalog;

/// <summary>What <see cref="ZoneDatabase"/> describes.</summary>
public sealed record ZoneDatabaseProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The zone that holds its tables.</summary>
    public required Zone Zone { get; init; }
}

/// <summary>
/// The Glue database of a zone. It is never retained: it holds no data, its name is fixed so that queries can be written down, and one left
/// behind would make the next deployment fail.
/// </summary>
public sealed class ZoneDatabase : Construct
{
    private readonly CfnDatabase _database;

    /// <summary>Creates the database.</summary>
    public ZoneDatabase(Construct scope, string id, ZoneDatabaseProps props)
        : base(scope, id)
    {
        Zone = props.Zone;
        FixedName = new Names(props.Settings.Name).Database(props.Zone.Name);
        _database = new CfnDatabase(this, "Database", new CfnDatabaseProps
        {
            CatalogId = Amazon.CDK.Aws.ACCOUNT_ID,
            DatabaseInput = new CfnDatabase.DatabaseInputProperty
            {
                Name = FixedName,
                Description = $"The {props.Zone.Name} zone of {Names.Project}-{props.Settings.Name}",
                LocationUri = props.Zone.Bucket.S3UrlForObject(),
            },
        });
    }

    /// <summary>The zone that holds its tables.</summary>
    public Zone Zone { get; }

    /// <summary>The name as CloudFormation knows it: who uses it comes after the database.</summary>
    public string Name => _database.Ref;

    /// <summary>The name as it can be written into SQL.</summary>
    public string FixedName { get; }
}
