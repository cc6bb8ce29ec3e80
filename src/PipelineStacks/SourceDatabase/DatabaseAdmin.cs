using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;
using PipelineStacks.Functions;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Network;
using PipelineStacks.Storage;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.SourceDatabase;

/// <summary>What <see cref="DatabaseAdmin"/> administers.</summary>
public sealed record DatabaseAdminProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The tables that are replicated.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Where the database is reached.</summary>
    public required DatabaseNetwork Network { get; init; }

    /// <summary>What encrypts its log and the sample database's SQL.</summary>
    public required DataKey Key { get; init; }

    /// <summary>Where the sample database's SQL waits.</summary>
    public required Zone Landing { get; init; }

    /// <summary>The database's host name: the secret that RDS keeps itself lacks it.</summary>
    public required string Host { get; init; }

    /// <summary>The database's port.</summary>
    public required string Port { get; init; }

    /// <summary>The administrator.</summary>
    public required Credentials Admin { get; init; }

    /// <summary>DMS's user, whom the function creates.</summary>
    public required Credentials Replication { get; init; }
}

/// <summary>
/// The function that does in the database what no template can: it sets how long the binary log stays, creates DMS's user, loads the sample
/// database and counts rows. It is invoked by people and scripts; every action can be repeated.
/// </summary>
public sealed class DatabaseAdmin : Construct
{
    /// <summary>Creates the function with its role and log.</summary>
    public DatabaseAdmin(Construct scope, string id, DatabaseAdminProps props)
        : base(scope, id)
    {
        var group = new CfnLogGroup(this, "Log", new CfnLogGroupProps
        {
            RetentionInDays = props.Settings.LogRetentionDays,
            KmsKeyId = props.Key.Key.KeyArn,
        });
        group.ApplyRemovalPolicy(props.Settings.DataRemovalPolicy());
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            Description = "Administers the database that is replicated",
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Administer"] = new(new PolicyDocumentProps { Statements = Statements(props, group) }),
            },
        });
        // The CDK copies the folder into its own output at once and knows the asset by its content, so that it has to stay no longer.
        var bundle = Directory.CreateTempSubdirectory("database-admin-").FullName;
        NodePackages.Bundle(ProjectFolder.PathOf("src", "functions", "database-admin"), ["mysql2"], ProjectFolder.PathOf("node_modules"), bundle);
        Function = new Function(this, "Function", new FunctionProps
        {
            Description = "Prepares, seeds and counts the database that is replicated",
            Runtime = new Runtime("nodejs24.x", RuntimeFamily.NODEJS),
            Handler = "index.handler",
            Code = Code.FromAsset(bundle),
            Role = role,
            LogGroup = LogGroup.FromLogGroupName(this, "LogGroup", group.Ref),
            Vpc = props.Network.Vpc,
            VpcSubnets = props.Network.Subnets,
            SecurityGroups = [props.Network.Clients],
            MemorySize = 512,
            // Loading the sample database takes seconds; somebody else's may take longer.
            Timeout = Duration.Minutes(15),
            Environment = Variables(props),
        });
        Directory.Delete(bundle, recursive: true);
    }

    /// <summary>The function itself.</summary>
    public Function Function { get; }

    private static Dictionary<string, string> Variables(DatabaseAdminProps props)
    {
        var database = props.Settings.Database;
        var tables = props.Datasets.Select(dataset => (DatabaseSource)dataset.Source).GroupBy(source => source.Schema)
            .ToDictionary(schema => schema.Key, schema => schema.Select(source => source.Table));
        return new()
        {
            ["ADMIN_SECRET_ARN"] = props.Admin.Arn,
            ["REPLICATION_SECRET_ARN"] = props.Replication.Arn,
            ["DATABASE_HOST"] = props.Host,
            ["DATABASE_PORT"] = props.Port,
            ["DATABASE_TLS"] = database.Tls == DatabaseTls.None ? "none" : "rds",
            // Where Lambda keeps the authorities of RDS; without the variable Node.js doesn't look there.
            ["NODE_EXTRA_CA_CERTS"] = "/var/runtime/ca-cert.pem",
            ["BINLOG_HOURS"] = $"{database.BinlogHours}",
            ["TABLES"] = JsonSerializer.Serialize(tables),
            ["SEED_BUCKET"] = props.Landing.Bucket.BucketName,
            ["SEED_PREFIX"] = Names.SeedPrefix,
        };
    }

    private PolicyStatement[] Statements(DatabaseAdminProps props, CfnLogGroup group) =>
    [
        .. props.Admin.ReadStatements("Admin", this),
        .. props.Replication.ReadStatements("Replication", this),
        Allow("ReadSampleDatabase", ["s3:GetObject"], props.Landing.Bucket.ArnForObjects($"{Names.SeedPrefix}*")),
        UseKeyVia(this, "DecryptSampleDatabase", "s3", props.Key.Key.KeyArn, "kms:Decrypt"),
        Allow("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], group.AttrArn),
        // Lambda's interfaces have no ARN before they exist, and these calls take none.
        Allow(
            "JoinNetwork",
            [
                "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
            ],
            "*"),
    ];
}
