using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model;

/// <summary>
/// The names that one environment's resources carry, and the outputs by which they are found. The CDK app gives them, the command-line
/// interface looks for them; what CloudFormation names itself, such as buckets and streams, is found through an output.
/// </summary>
/// <param name="Environment">Such as <c>dev</c>.</param>
public sealed record Names(string Environment)
{
    /// <summary>The project, as the tag of that name and the beginning of every name.</summary>
    public const string Project = "pipelines";

    /// <summary>The prefix, in the landing zone, of records that were rejected.</summary>
    public const string QuarantinePrefix = "quarantine/";

    /// <summary>The prefix, in the landing zone, of source records as they came.</summary>
    public const string SourceBackupPrefix = "source/";

    /// <summary>The prefix, in the landing zone, of a sample database's SQL on its way into the database.</summary>
    public const string SeedPrefix = "seed/";

    /// <summary>The id of the environment's stage in the CDK app, as in <c>cdk deploy "Dev/*"</c>.</summary>
    public string Stage => Pascal(Environment);

    /// <summary>The stack with the buckets.</summary>
    public string StorageStack => Stack("storage");

    /// <summary>The stack with the alarms and dashboards.</summary>
    public string MonitoringStack => Stack("monitoring");

    /// <summary>The stack with the databases and tables.</summary>
    public string CatalogStack => Stack("catalog");

    /// <summary>The stack with the streams and their delivery.</summary>
    public string StreamingStack => Stack("streaming");

    /// <summary>The stack with what devices connect by and the rules for what they publish.</summary>
    public string IotStack => Stack("iot");

    /// <summary>The stack with what people query by.</summary>
    public string AnalyticsStack => Stack("analytics");

    /// <summary>The stack with what DMS needs once per account.</summary>
    public string AccountBaselineStack => Stack("accountbaseline");

    /// <summary>The stack with the network of the database.</summary>
    public string NetworkStack => Stack("network");

    /// <summary>The stack with the database that is replicated.</summary>
    public string SourceDatabaseStack => Stack("sourcedatabase");

    /// <summary>The stack that replicates it.</summary>
    public string ReplicationStack => Stack("replication");

    /// <summary>The stack with the jobs and workflows between the zones.</summary>
    public string EtlStack => Stack("etl");

    /// <summary>The stack with the role by which the delivery verifies the environment; only stages of the delivery have it.</summary>
    public string VerificationStack => Stack("verification");

    /// <summary>The devices as which <c>verify</c> publishes, a run as one of its own.</summary>
    public const string VerificationDevices = "verify-*";

    /// <summary>That role.</summary>
    public string VerificationRole => Stack("verification");

    /// <summary>Any stack of the environment, as policies name them.</summary>
    public string AnyStack => Stack("*");

    /// <summary>Any workflow of the environment, as policies name them.</summary>
    public string AnyWorkflow => Stack("*");

    /// <summary>The role, in the delivery's account, of the steps that work on the environment.</summary>
    public string DeliveryStepRole => $"{DeliveryStack}-{Environment}";

    /// <summary>The stack with the pipeline from a commit to production, and the pipeline itself.</summary>
    public const string DeliveryStack = $"{Project}-delivery";

    /// <summary>The output with the ARN of the role by which the delivery verifies the environment.</summary>
    public const string VerificationRoleOutput = "VerificationRoleArn";

    /// <summary>The stacks that every environment has, in the order in which they are deployed.</summary>
    public IReadOnlyList<string> Stacks => [StorageStack, CatalogStack, StreamingStack, EtlStack, AnalyticsStack, MonitoringStack];

    /// <summary>The stacks of an environment with these settings, in the order in which they are deployed.</summary>
    public IReadOnlyList<string> StacksOf(EnvironmentSettings settings)
    {
        var sources = DatasetCatalog.All.Where(dataset => settings.Pipelines.Contains(dataset.Pipeline)).Select(dataset => dataset.Source).ToList();
        string[] streaming = sources.OfType<StreamSource>().Any() ? [StreamingStack] : [];
        string[] iot = sources.OfType<TopicSource>().Any() ? [IotStack] : [];
        string[] roles = settings.Replication.AccountRoles ? [AccountBaselineStack] : [];
        string[] database = settings.Database.IsDeployed ? [SourceDatabaseStack] : [];
        string[] replication = sources.OfType<DatabaseSource>().Any() ? [.. roles, NetworkStack, .. database, ReplicationStack] : [];
        string[] monitoring = settings.Monitoring.Enabled ? [MonitoringStack] : [];
        string[] etl = settings.Etl.Enabled ? [EtlStack] : [];
        return [StorageStack, CatalogStack, .. streaming, .. iot, .. replication, .. etl, AnalyticsStack, .. monitoring];
    }

    /// <summary>The workflow that brings everything from landing to curated.</summary>
    public string LakeWorkflow => $"{Project}-{Environment}-lake";

    /// <summary>The workflow of a pipeline whose files start it when they arrive.</summary>
    public string ArrivalWorkflow(string pipeline) => $"{Project}-{Environment}-{pipeline}";

    /// <summary>The crawler of a pipeline whose schema is foreign.</summary>
    public string Crawler(string pipeline) => $"{Project}-{Environment}-{pipeline}";

    /// <summary>The job that brings a pipeline's datasets from landing to clean.</summary>
    public string CleanJob(string pipeline) => $"{Project}-{Environment}-clean-{pipeline}";

    /// <summary>The job that checks the clean tables.</summary>
    public string QualityJob => $"{Project}-{Environment}-quality";

    /// <summary>The job that makes the curated tables.</summary>
    public string CuratedJob => $"{Project}-{Environment}-curated";

    /// <summary>The rules of a dataset's clean table.</summary>
    public string Ruleset(string dataset) => $"{Project}-{Environment}-{dataset}";

    /// <summary>The security configuration of jobs and crawlers.</summary>
    public string JobSecurity => $"{Project}-{Environment}";

    /// <summary>The topic rule that takes a dataset's messages to the data stream. Of all names only those of rules know no hyphen.</summary>
    public string StreamRule(string dataset) => $"{Project}_{Environment}_{dataset}_stream";

    /// <summary>The topic rule that takes a dataset's messages to the landing zone.</summary>
    public string DeliveryRule(string dataset) => $"{Project}_{Environment}_{dataset}_delivery";

    /// <summary>The type of the things of a pipeline.</summary>
    public string ThingType(string pipeline) => $"{Project}-{Environment}-{pipeline}";

    /// <summary>The policy for the certificates of a pipeline's devices.</summary>
    public string DevicePolicy(string pipeline) => $"{Project}-{Environment}-{pipeline}-device";

    /// <summary>The Athena workgroup.</summary>
    public string WorkGroup => $"{Project}-{Environment}";

    /// <summary>An alarm: whose it is, and what is wrong.</summary>
    public string Alarm(string subject, string what) => $"{Project}-{Environment}-{subject}-{what}";

    /// <summary>The beginning of every alarm's name.</summary>
    public string AlarmPrefix => $"{Project}-{Environment}-";

    /// <summary>The dashboard of a pipeline, or the overview.</summary>
    public string Dashboard(string pipeline) => $"{Project}-{Environment}-{pipeline}";

    /// <summary>What the environment may cost a month.</summary>
    public string Budget => $"{Project}-{Environment}";

    /// <summary>The policy by which EventBridge writes to the log group of the alarms' events.</summary>
    public string EventLogPolicy => $"{Project}-{Environment}-alarm-events";

    /// <summary>The alias of the key that encrypts the environment's data.</summary>
    public string DataKeyAlias => $"alias/{Project}-{Environment}-data";

    /// <summary>The Glue database of a zone.</summary>
    public string Database(ZoneName zone) => $"{Project}_{Environment}_{Lower(zone)}";

    /// <summary>The output with the name of a zone's bucket.</summary>
    public static string BucketOutput(ZoneName zone) => $"{zone}BucketName";

    /// <summary>The output with the name of the bucket that queries write their results to.</summary>
    public const string ResultsBucketOutput = "ResultsBucketName";

    /// <summary>The output with the name of a zone's Glue database.</summary>
    public static string DatabaseOutput(ZoneName zone) => $"{zone}DatabaseName";

    /// <summary>The output with the name of the Athena workgroup.</summary>
    public const string WorkGroupOutput = "WorkGroupName";

    /// <summary>The output with the name of a dataset's data stream.</summary>
    public static string StreamOutput(string dataset) => $"{Pascal(dataset)}StreamName";

    /// <summary>The output with the ARN of a dataset's data stream.</summary>
    public static string StreamArnOutput(string dataset) => $"{Pascal(dataset)}StreamArn";

    /// <summary>The output with the name of a dataset's delivery stream.</summary>
    public static string DeliveryStreamOutput(string dataset) => $"{Pascal(dataset)}DeliveryStreamName";

    /// <summary>The output with the name of the rule that takes a dataset's messages to the data stream.</summary>
    public static string StreamRuleOutput(string dataset) => $"{Pascal(dataset)}StreamRuleName";

    /// <summary>The output with the name of the rule that takes a dataset's messages to the landing zone.</summary>
    public static string DeliveryRuleOutput(string dataset) => $"{Pascal(dataset)}DeliveryRuleName";

    /// <summary>The output with the name of the type of a pipeline's things.</summary>
    public static string ThingTypeOutput(string pipeline) => $"{Pascal(pipeline)}ThingTypeName";

    /// <summary>The output with the name of the policy for the certificates of a pipeline's devices.</summary>
    public static string DevicePolicyOutput(string pipeline) => $"{Pascal(pipeline)}DevicePolicyName";

    /// <summary>The output with the name of the function that prepares, seeds and counts the database.</summary>
    public const string DatabaseAdminOutput = "DatabaseAdminFunctionName";

    /// <summary>The output with the database's host name.</summary>
    public const string DatabaseHostOutput = "DatabaseHost";

    /// <summary>The output with the database's port.</summary>
    public const string DatabasePortOutput = "DatabasePort";

    /// <summary>The output with the ARN of the administrator's secret.</summary>
    public const string AdminSecretOutput = "AdminSecretArn";

    /// <summary>The output with the ARN of the secret of DMS's user.</summary>
    public const string ReplicationSecretOutput = "ReplicationSecretArn";

    /// <summary>The output with the ARN of the replication task, or of the serverless replication's configuration.</summary>
    public const string ReplicationTaskOutput = "ReplicationTaskArn";

    /// <summary>The output with the ARN of the replication instance; missing where the replication is serverless.</summary>
    public const string ReplicationInstanceOutput = "ReplicationInstanceArn";

    /// <summary>The output with the ARN of DMS's endpoint at the database.</summary>
    public const string SourceEndpointOutput = "SourceEndpointArn";

    /// <summary>The output with the ARN of DMS's endpoint at the landing zone.</summary>
    public const string TargetEndpointOutput = "TargetEndpointArn";

    /// <summary>The output with the ARN of the topic that hears of the replication's failures.</summary>
    public const string ReplicationEventsOutput = "ReplicationEventsTopicArn";

    /// <summary>The output with the ARN of the topic that calls somebody.</summary>
    public const string CriticalTopicOutput = "CriticalTopicArn";

    /// <summary>The output with the ARN of the topic that tells of every alarm.</summary>
    public const string WarningTopicOutput = "WarningTopicArn";

    /// <summary>The output with the name of the workflow that brings everything from landing to curated.</summary>
    public const string LakeWorkflowOutput = "LakeWorkflowName";

    /// <summary>The output with the name of the workflow of a pipeline whose files start it.</summary>
    public static string ArrivalWorkflowOutput(string pipeline) => $"{Pascal(pipeline)}WorkflowName";

    /// <summary>DMS's identifiers of the replication's parts: at most 31 characters, so that the ARNs and metrics can be told beforehand.</summary>
    public string Replication(string part) => $"{Project}-{Environment}-{part}";

    /// <summary><c>film_events</c> as <c>FilmEvents</c>: the ids of constructs and outputs, which may hold neither underscore nor hyphen.</summary>
    public static string Pascal(string name) =>
        string.Concat(name.Split(['_', '-'], StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary><c>film_events</c> as <c>film-events</c>: in the names of alarms.</summary>
    public static string Kebab(string name) => name.Replace('_', '-');

    private string Stack(string role) => $"{Project}-{Environment}-{role}";

    private static string Lower(ZoneName zone) => zone.ToString().ToLowerInvariant();
}

/// <summary>A zone of the lake.</summary>
public enum ZoneName
{
    /// <summary>As received.</summary>
    Landing,

    /// <summary>Typed, deduplicated, current.</summary>
    Clean,

    /// <summary>Joined and aggregated, for people.</summary>
    Curated,
}
