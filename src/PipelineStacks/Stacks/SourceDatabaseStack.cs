using System.Globalization;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.SourceDatabase;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="SourceDatabaseStack"/> builds on.</summary>
public sealed record SourceDatabaseStackProps
{
    /// <summary>The tables that are replicated.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The key, and where a sample database waits.</summary>
    public required StorageStack Storage { get; init; }

    /// <summary>Where the database is reached.</summary>
    public required NetworkStack Network { get; init; }
}

/// <summary>The database that is replicated, or what is known of one that exists, and the function that administers it. Not for one that nothing is deployed for.</summary>
public sealed class SourceDatabaseStack : EnvironmentStack
{
    /// <summary>Creates the database of an environment.</summary>
    public SourceDatabaseStack(Construct scope, EnvironmentSettings settings, SourceDatabaseStackProps props)
        : base(scope, "SourceDatabase", new Names(settings.Name).SourceDatabaseStack, "The database that is replicated, and the function that prepares it", settings)
    {
        var database = settings.Database;
        if (database.IsExisting)
        {
            Replication = Credentials.OfExisting(database.ReplicationSecretArn!, database);
            Admin = Describe(database.Host!, database.Port.ToString(CultureInfo.InvariantCulture), Credentials.OfExisting(database.AdminSecretArn!, database));
        }
        else
        {
            Database = new ReplicableDatabase(this, "Database", new ReplicableDatabaseProps
            {
                Settings = settings,
                Network = props.Network.Network,
                Key = props.Storage.Key,
            });
            Replication = Database.Replication;
            Admin = Describe(Database.Instance.AttrEndpointAddress, Database.Instance.AttrEndpointPort, Database.Admin);
        }

        DatabaseAdmin Describe(string host, string port, Credentials admin)
        {
            Output(Names.DatabaseHostOutput, host, "The host of the database");
            Output(Names.DatabasePortOutput, port, "The port of the database");
            Output(Names.ReplicationSecretOutput, Replication.Arn, "The secret of DMS's user");
            var function = new DatabaseAdmin(this, "Admin", new DatabaseAdminProps
            {
                Settings = settings,
                Datasets = props.Datasets,
                Network = props.Network.Network,
                Key = props.Storage.Key,
                Landing = props.Storage.Landing,
                Host = host,
                Port = port,
                Admin = admin,
                Replication = Replication,
            });
            Output(Names.AdminSecretOutput, admin.Arn, "The administrator's secret");
            Output(Names.DatabaseAdminOutput, function.Function.FunctionName, "The function that prepares, seeds and counts the database");
            return function;
        }
    }

    /// <summary>DMS's user in the database.</summary>
    public Credentials Replication { get; }

    /// <summary>The database; null where it exists already.</summary>
    public ReplicableDatabase? Database { get; }

    /// <summary>The function that administers it.</summary>
    public DatabaseAdmin Admin { get; }
}
