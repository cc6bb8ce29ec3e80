namespace PipelineStacks.Monitoring;

/// <summary>A metric as its service emits it. An alarm on one without its dimensions could never fire.</summary>
/// <param name="Namespace">Such as <c>AWS/Kinesis</c>.</param>
/// <param name="Name">Such as <c>IncomingRecords</c>.</param>
/// <param name="Statistic">What is made of the values of a period: <c>Sum</c>, <c>Average</c>, <c>Minimum</c> or <c>Maximum</c>.</param>
/// <param name="Dimensions">All that the service emits it under, in its order.</param>
public sealed record WatchedMetric(string Namespace, string Name, string Statistic, IReadOnlyList<(string Name, string Value)> Dimensions);

/// <summary>The metrics of the services that the pipelines use, each with the dimensions that its service gives it.</summary>
public static class WatchedMetrics
{
    /// <summary>Of a data stream.</summary>
    public static WatchedMetric Kinesis(string stream, string name, string statistic) => new("AWS/Kinesis", name, statistic, [("StreamName", stream)]);

    /// <summary>Of a delivery stream.</summary>
    public static WatchedMetric Firehose(string delivery, string name, string statistic) => new("AWS/Firehose", name, statistic, [("DeliveryStreamName", delivery)]);

    /// <summary>Of a replication task, which has both dimensions.</summary>
    public static WatchedMetric ReplicationTask(string instance, string task, string name, string statistic) =>
        new("AWS/DMS", name, statistic, [("ReplicationInstanceIdentifier", instance), ("ReplicationTaskIdentifier", task)]);

    /// <summary>Of a replication instance.</summary>
    public static WatchedMetric ReplicationInstance(string instance, string name, string statistic) => new("AWS/DMS", name, statistic, [("ReplicationInstanceIdentifier", instance)]);

    /// <summary>Of a database.</summary>
    public static WatchedMetric Rds(string database, string name, string statistic) => new("AWS/RDS", name, statistic, [("DBInstanceIdentifier", database)]);

    /// <summary>Of a function.</summary>
    public static WatchedMetric Lambda(string function, string name, string statistic) => new("AWS/Lambda", name, statistic, [("FunctionName", function)]);

    /// <summary>Of all runs of a job together, as its Spark driver emits them.</summary>
    public static WatchedMetric Glue(string job, string name, string statistic) =>
        new("Glue", $"glue.driver.aggregate.{name}", statistic, [("JobName", job), ("JobRunId", "ALL"), ("Type", "count")]);

    /// <summary>The events that a rule on the default bus matched.</summary>
    public static WatchedMetric Events(string rule) => new("AWS/Events", "MatchedEvents", "Sum", [("RuleName", rule)]);

    /// <summary>Of a rule for devices' messages.</summary>
    public static WatchedMetric TopicRule(string rule, string name) => new("AWS/IoT", name, "Sum", [("RuleName", rule)]);

    /// <summary>Of an action of such a rule.</summary>
    public static WatchedMetric TopicRuleAction(string rule, string action, string name) => new("AWS/IoT", name, "Sum", [("RuleName", rule), ("ActionType", action)]);
}
