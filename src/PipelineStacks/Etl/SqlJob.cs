using Amazon.CDK.AWS.Glue;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3.Assets;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Stacks;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="SqlJob"/> runs, and with which rights.</summary>
public sealed record SqlJobProps
{
    /// <summary>The job's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What the jobs of the environment share.</summary>
    public required JobCommons Commons { get; init; }

    /// <summary>The SQL files, in the order in which they run.</summary>
    public IReadOnlyList<SqlFile> Sql { get; init; } = [];

    /// <summary>The rulesets that are evaluated after them.</summary>
    public IReadOnlyList<string> Rulesets { get; init; } = [];

    /// <summary>Whether it takes only files that are new since its last run.</summary>
    public bool Bookmarks { get; init; }

    /// <summary>What it may do, besides reading its scripts and logging.</summary>
    public required IReadOnlyList<PolicyStatement> Access { get; init; }
}

/// <summary>What the jobs of an environment share.</summary>
public sealed record JobCommons(Asset Runner, JobSecurity Security, StorageStack Storage, CatalogStack Catalog);

/// <summary>A Glue job that runs SQL files, with a role of its own.</summary>
public sealed class SqlJob : Construct
{
    private readonly CfnJob _job;

    /// <summary>Creates the job.</summary>
    public SqlJob(Construct scope, string id, SqlJobProps props)
        : base(scope, id)
    {
        var etl = props.Settings.Etl;
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("glue.amazonaws.com"),
            Description = props.Description,
            InlinePolicies = new Dictionary<string, PolicyDocument> { ["Work"] = new(new PolicyDocumentProps { Statements = Statements(props) }) },
        });
        _job = new CfnJob(this, "Job", new CfnJobProps
        {
            Name = props.Name,
            Description = props.Description,
            Role = role.RoleArn,
            GlueVersion = "5.0",
            Command = new CfnJob.JobCommandProperty { Name = "glueetl", PythonVersion = "3", ScriptLocation = props.Commons.Runner.S3ObjectUrl },
            WorkerType = etl.WorkerType,
            NumberOfWorkers = etl.Workers,
            Timeout = etl.TimeoutMinutes,
            MaxRetries = etl.Retries,
            // Two runs at once would read the same bookmark.
            ExecutionProperty = new CfnJob.ExecutionPropertyProperty { MaxConcurrentRuns = 1 },
            SecurityConfiguration = props.Commons.Security.Name,
            DefaultArguments = Arguments(props),
        });
    }

    /// <summary>The name as CloudFormation knows it: who uses it comes after the job.</summary>
    public string Name => _job.Ref;

    /// <summary>SQL files as the job's argument names them.</summary>
    public static string SqlArgument(IEnumerable<SqlFile> files) => string.Join(',', files.Select(file => file.Asset.S3ObjectUrl));

    private PolicyStatement[] Statements(SqlJobProps props) =>
    [
        LakeAccess.ReadAssets([props.Commons.Runner, .. props.Sql.Select(file => file.Asset)]),
        .. props.Access,
        LakeAccess.UseKey(props.Commons.Storage.Key),
        new LakeAccess(this).Log("jobs"),
        LakeAccess.PutMetrics(),
    ];

    private static Dictionary<string, object> Arguments(SqlJobProps props)
    {
        var (storage, catalog) = (props.Commons.Storage, props.Commons.Catalog);
        Dictionary<string, object> arguments = new()
        {
            ["--landing"] = catalog.Landing.FixedName,
            ["--clean"] = catalog.Clean.FixedName,
            ["--curated"] = catalog.Curated.FixedName,
            ["--quarantine"] = storage.Landing.Bucket.S3UrlForObject(Names.QuarantinePrefix),
            ["--rebuild"] = "false",
            ["--retain-hours"] = $"{props.Settings.Etl.RetainHours}",
            ["--job-bookmark-option"] = props.Bookmarks ? "job-bookmark-enable" : "job-bookmark-disable",
            ["--enable-glue-datacatalog"] = "true",
            ["--enable-metrics"] = "true",
            ["--enable-continuous-cloudwatch-log"] = "true",
        };
        if (props.Sql.Count > 0)
            arguments["--sql"] = SqlArgument(props.Sql);
        if (props.Rulesets.Count > 0)
            arguments["--rulesets"] = string.Join(',', props.Rulesets);
        if (props.Settings.Etl.AutoScaling)
            arguments["--enable-auto-scaling"] = "true";
        return arguments;
    }
}
