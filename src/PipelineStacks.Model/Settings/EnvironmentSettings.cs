namespace PipelineStacks.Model.Settings;

/// <summary>
/// One environment (dev, qa, prod …) as <c>context.environments</c> of cdk.json describes it. The CDK app, the command-line interface and
/// the tests all read it through <see cref="ProjectSettings"/>; whoever holds one knows that every value was checked.
/// </summary>
public sealed record EnvironmentSettings
{
    /// <summary>The key under <c>context.environments</c>; it is part of the stacks', databases' and workgroup's names.</summary>
    [NotASetting]
    public string Name { get; init; } = "";

    /// <summary>The AWS account to deploy to.</summary>
    /// <value>None by default: the account of whoever deploys.</value>
    [Shaped("[0-9]{12}", "the 12 digits of an account as text")]
    public string? Account { get; init; }

    /// <summary>The AWS Region to deploy to.</summary>
    /// <value>None by default: the Region of whoever deploys.</value>
    [Shaped("[a-z]{2}(-[a-z]+)+-[0-9]", "a Region such as eu-west-1")]
    public string? Region { get; init; }

    /// <summary>
    /// What happens to data when its stack is deleted. <c>destroy</c> counts only with the second key, <c>context.allowDestroy</c>.
    /// </summary>
    /// <value><c>retain</c> by default.</value>
    public DataRemoval RemovalPolicy { get; init; } = DataRemoval.Retain;

    /// <summary>Whether CloudFormation refuses to delete the stacks.</summary>
    /// <value>By default true for the environment named prod and false for others.</value>
    public bool? TerminationProtection { get; init; }

    /// <summary>The pipelines that the environment has.</summary>
    /// <value><c>film-events</c> by default.</value>
    [Pipelines]
    public IReadOnlyList<string> Pipelines { get; init; } = ["film-events"];

    /// <summary>The streams that producers write to.</summary>
    public StreamSettings Stream { get; init; } = new();

    /// <summary>How records get from a stream into the landing zone.</summary>
    public DeliverySettings Delivery { get; init; } = new();

    /// <summary>The devices and the rules for what they publish.</summary>
    public IotSettings Iot { get; init; } = new();

    /// <summary>The network of the database and its replication.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>The database that is replicated.</summary>
    public DatabaseSettings Database { get; init; } = new();

    /// <summary>How the database gets into the landing zone.</summary>
    public ReplicationSettings Replication { get; init; } = new();

    /// <summary>How long data stays, and in which storage class.</summary>
    public LifecycleSettings Lifecycle { get; init; } = new();

    /// <summary>The jobs and workflows between the zones.</summary>
    public EtlSettings Etl { get; init; } = new();

    /// <summary>When alarms fire, and what the environment may cost.</summary>
    public MonitoringSettings Monitoring { get; init; } = new();

    /// <summary>How people query the lake.</summary>
    public QuerySettings Queries { get; init; } = new();

    /// <summary>Days that log groups keep their events.</summary>
    /// <value>90 by default.</value>
    [OneOf(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)]
    public int LogRetentionDays { get; init; } = 90;

    /// <summary>
    /// The first day that data arrived: where partition projection begins. A late start hides data, an early one costs planning time per
    /// query.
    /// </summary>
    /// <value>2026-01-01 by default.</value>
    public DateOnly DataSince { get; init; } = new(2026, 1, 1);

    /// <summary>Tags for every stack and resource, beside <c>project</c> and <c>environment</c>.</summary>
    /// <value>None by default.</value>
    [Tags]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Who is told of alarms, by e-mail.</summary>
    /// <value>Nobody by default.</value>
    [Shaped("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+", "e-mail addresses such as data-team@example.com")]
    public IReadOnlyList<string> AlarmAddresses { get; init; } = [];

    /// <summary>
    /// The second key, <c>context.allowDestroy</c>, which stands outside of the environments and may come from the command line.
    /// </summary>
    [NotASetting]
    public bool AllowDestroy { get; init; }

    /// <summary>Whether deleting a stack deletes its data: both keys agree.</summary>
    public bool DestroysData => RemovalPolicy == DataRemoval.Destroy && AllowDestroy;

    /// <summary>Whether what replicates has a standby in a second zone, unless it says otherwise.</summary>
    public bool IsProduction => Name == "prod";

    /// <summary>Whether the stacks are protected from deletion.</summary>
    public bool IsProtected => TerminationProtection ?? IsProduction;
}

/// <summary>What happens to data when its stack is deleted.</summary>
public enum DataRemoval
{
    /// <summary>It stays, and is found by whoever looks for it.</summary>
    Retain,

    /// <summary>It is deleted. A bucket must be emptied before; CloudFormation doesn't do that.</summary>
    Destroy,
}
