using System.IO.Compression;
using System.Text.Json;

namespace PipelineStacks.Tests.Alarms;

/// <summary>Under which dimensions services emit their metrics: the CDK CLI's own database where it knows, and AWS's documentation where it doesn't.</summary>
internal sealed class ServiceMetrics
{
    private static readonly string[] Job = ["JobName", "JobRunId", "Type"];

    /// <summary>What the database doesn't list, by the services' own pages on their metrics.</summary>
    private static readonly Dictionary<(string Namespace, string Name), string[]> Documented = new()
    {
        [("AWS/Kinesis", "PutRecords.FailedRecords")] = ["StreamName"],
        [("AWS/Kinesis", "PutRecords.ThrottledRecords")] = ["StreamName"],
        [("AWS/Firehose", "FailedConversion.Records")] = ["DeliveryStreamName"],
        [("AWS/Firehose", "ThrottledGetRecords")] = ["DeliveryStreamName"],
        [("AWS/Firehose", "KMSKeyAccessDenied")] = ["DeliveryStreamName"],
        [("AWS/DMS", "FreeStorageSpace")] = ["ReplicationInstanceIdentifier"],
        [("AWS/DMS", "FreeableMemory")] = ["ReplicationInstanceIdentifier"],
        // The database has the metrics of tasks under the instance alone, under which DMS emits none of them.
        [("AWS/DMS", "CDCLatencySource")] = ["ReplicationInstanceIdentifier", "ReplicationTaskIdentifier"],
        [("AWS/DMS", "CDCLatencyTarget")] = ["ReplicationInstanceIdentifier", "ReplicationTaskIdentifier"],
        [("Glue", "glue.driver.aggregate.elapsedTime")] = Job,
        [("Glue", "glue.driver.aggregate.numCompletedStages")] = Job,
        [("AWS/IoT", "Failure")] = ["RuleName", "ActionType"],
        [("AWS/IoT", "ErrorActionFailure")] = ["RuleName", "ActionType"],
    };

    /// <summary>The unit that the service gives each metric that there is an alarm on, with the thresholds that make sense in it.</summary>
    private static readonly Dictionary<string, (string Unit, double Least, double Most)> Units = new()
    {
        ["GetRecords.IteratorAgeMilliseconds"] = ("Milliseconds", 60_000, 8760 * 3_600_000.0),
        ["glue.driver.aggregate.elapsedTime"] = ("Milliseconds", 30_000, 7 * 24 * 3_600_000.0),
        ["DeliveryToS3.DataFreshness"] = ("Seconds", 120, 24 * 3600),
        ["CDCLatencySource"] = ("Seconds", 60, 24 * 3600),
        ["CDCLatencyTarget"] = ("Seconds", 60, 24 * 3600),
        // Of 0 and 1 the average is the share of attempts.
        ["DeliveryToS3.Success"] = ("Count", 0.01, 1),
        ["FreeStorageSpace"] = ("Bytes", 500_000_000, 70_000_000_000_000),
        ["FreeableMemory"] = ("Bytes", 16_000_000, 1_000_000_000_000),
        ["CPUUtilization"] = ("Percent", 1, 100),
        ["DatabaseConnections"] = ("Count", 1, 16_000),
        ["DeliveryToS3.Records"] = ("Count", 1, 1),
        ["glue.driver.aggregate.numCompletedStages"] = ("Count", 1, 1),
    };

    private readonly Dictionary<(string Namespace, string Name), List<string[]>> _known;

    public ServiceMetrics()
    {
        using var file = new GZipStream(File.OpenRead(RepositoryRoot.PathOf("node_modules", "aws-cdk", "db.json.gz")), CompressionMode.Decompress);
        var schema = JsonDocument.Parse(file).RootElement.GetProperty("schema");
        var metrics = Entities(schema, "metric");
        var sets = Entities(schema, "dimensionSet");
        _known = schema.GetProperty("usesDimensionSet").GetProperty("forward").EnumerateObject()
            .SelectMany(metric => metric.Value.EnumerateArray().Select(set => (Metric: metrics[metric.Name], Set: sets[set.GetProperty("$id").GetString()!])))
            .GroupBy(use => (use.Metric.GetProperty("namespace").GetString()!, use.Metric.GetProperty("name").GetString()!), use => Names(use.Set))
            .ToDictionary(group => group.Key, group => group.ToList());
    }

    public IReadOnlyList<string[]> DimensionsOf(string metricNamespace, string name) =>
        Documented.TryGetValue((metricNamespace, name), out var documented) ? [documented] : _known.GetValueOrDefault((metricNamespace, name), []);

    /// <summary>Counts of what should not happen have no unit of their own to be mistaken in: any is too many.</summary>
    public static (string Unit, double Least, double Most) UnitOf(string name) => Units.GetValueOrDefault(name, ("Count", 0, 0));

    private static Dictionary<string, JsonElement> Entities(JsonElement schema, string kind) =>
        schema.GetProperty(kind).GetProperty("entities").EnumerateArray().ToDictionary(entity => entity.GetProperty("$id").GetString()!);

    private static string[] Names(JsonElement set) => [.. set.GetProperty("dimensions").EnumerateArray().Select(dimension => dimension.GetProperty("name").GetString()!)];
}
