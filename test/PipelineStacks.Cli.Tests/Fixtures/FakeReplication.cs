using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Tests.Fixtures;

/// <summary>
/// A fake of a deployed replication: the states and errors of a task that a real one is rarely in, behind the calls that the commands make. How real
/// tasks behave is tested against the local cloud.
/// </summary>
internal sealed class FakeReplication : IDisposable
{
    private const string Task = "arn:aws:dms:eu-west-1:000000000000:task:pipelines-dev-sakila";

    private readonly FakeService _service;
    private readonly Queue<string> _statuses;

    /// <param name="statuses">The task's, one for each time that it is looked at; the last one stays.</param>
    public FakeReplication(params string[] statuses)
    {
        _statuses = new(statuses);
        _service = new(Answer);
    }

    /// <summary>What a started task becomes.</summary>
    public string[] AfterStart { get; init; } = ["starting", "running"];

    public string? LastFailureMessage { get; init; }

    public bool WasStarted { get; init; }

    /// <summary>The reason for which the connection to the source fails.</summary>
    public string? SourceFailure { get; init; }

    /// <summary>Of every table of the source.</summary>
    public const string SourceChecksum = "-42";

    /// <summary>Rows of the source, by table with its schema.</summary>
    public Dictionary<string, long?> Source { get; } = [];

    /// <summary>Table, state, full load, inserts, updates, deletes.</summary>
    public List<(string Table, string State, long Load, long Inserts, long Updates, long Deletes)> Statistics { get; } = [];

    /// <summary>What the landing zone's files add up to: rows, doubles and checksum.</summary>
    public Dictionary<string, (long Rows, long Doubled, string Checksum)> Landed { get; } = [];

    /// <summary>The calls that change something.</summary>
    public List<string> Changes { get; } = [];

    public Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        Cli.RunAsync(new Dictionary<string, string?> { ["AWS_ENDPOINT_URL"] = _service.Url }, null, new JumpingTime(), arguments);

    public void Dispose() => _service.Dispose();

    private (int Status, string Body, string? ErrorType) Answer(string target, string body) => (200, target.Split('.').Last() switch
    {
        "/" => Stacks(),
        var path when path.EndsWith("/invocations", StringComparison.Ordinal) => (string)JsonNode.Parse(body)!["action"]! == "checksums"
            ? Json(new { tables = Source.ToDictionary(table => table.Key, table => table.Value is { } rows ? new { rows, checksum = SourceChecksum } : null) })
            : Json(new { rows = Source, total = Source.Values.Sum() }),
        "DescribeEndpoints" => Json(new { Endpoints = new[] { new { EndpointArn = "target", S3Settings = new { DataFormat = "csv", CsvNullValue = "NULL" } } } }),
        "DescribeReplicationTasks" => Json(new { ReplicationTasks = new[] { Describe() } }),
        "StartReplicationTask" => Start((string)JsonNode.Parse(body)!["StartReplicationTaskType"]!),
        "StopReplicationTask" => Stop(),
        "TestConnection" => Json(new { Connection = Connection((string)JsonNode.Parse(body)!["EndpointArn"]!, "testing") }),
        "DescribeConnections" => Tested((string)JsonNode.Parse(body)!["Filters"]![0]!["Values"]![0]!),
        "DescribeTableStatistics" => Json(new { TableStatistics = Statistics.Select(Statistic) }),
        "StartQueryExecution" => Json(new { QueryExecutionId = "q" }),
        "GetQueryExecution" => Json(new { QueryExecution = new { Status = new { State = "SUCCEEDED" } } }),
        "GetQueryResults" => Json(new { ResultSet = new { Rows = Landed.Select(table => Row(table.Key, table.Value.Rows, table.Value.Doubled, table.Value.Checksum)), ResultSetMetadata = new { ColumnInfo = Array.Empty<object>() } } }),
        var other => throw new InvalidOperationException($"The fake does not know {other}."),
    }, null);

    private object Describe()
    {
        var status = _statuses.Count > 1 ? _statuses.Dequeue() : _statuses.Peek();
        return new
        {
            ReplicationTaskIdentifier = "pipelines-dev-sakila",
            ReplicationTaskArn = Task,
            Status = status,
            MigrationType = "full-load-and-cdc",
            SourceEndpointArn = "source",
            TargetEndpointArn = "target",
            ReplicationInstanceArn = "instance",
            LastFailureMessage,
            ReplicationTaskStartDate = WasStarted ? 1795168800 : (double?)null,
            ReplicationTaskStats = new { FullLoadProgressPercent = 100, TablesLoaded = 16 },
        };
    }

    private string Start(string type)
    {
        Changes.Add(type);
        _statuses.Clear();
        foreach (var status in AfterStart)
            _statuses.Enqueue(status);
        return Json(new { ReplicationTask = Describe() });
    }

    private string Stop()
    {
        Changes.Add("stop");
        _statuses.Clear();
        _statuses.Enqueue("stopping");
        _statuses.Enqueue("stopped");
        return Json(new { ReplicationTask = Describe() });
    }

    private string Tested(string endpoint)
    {
        var failed = endpoint == "source" && SourceFailure is not null;
        return Json(new { Connections = new[] { Connection(endpoint, failed ? "failed" : "successful", failed ? SourceFailure : null) } });
    }

    private static object Connection(string endpoint, string status, string? failure = null) =>
        new { EndpointArn = endpoint, EndpointIdentifier = $"pipelines-dev-{endpoint}", Status = status, LastFailureMessage = failure };

    private static object Statistic((string Table, string State, long Load, long Inserts, long Updates, long Deletes) table) => new
    {
        SchemaName = table.Table.Split('.')[0],
        TableName = table.Table.Split('.')[1],
        TableState = table.State,
        FullLoadRows = table.Load,
        table.Inserts,
        table.Updates,
        table.Deletes,
    };

    private static object Row(params object[] values) => new { Data = values.Select(value => new { VarCharValue = $"{value}" }) };

    private static string Stacks()
    {
        (string Key, string Value)[] outputs =
        [
            (Names.DatabaseAdminOutput, "admin"), (Names.BucketOutput(ZoneName.Landing), "landing"), (Names.ReplicationTaskOutput, Task), (Names.WorkGroupOutput, "pipelines-dev"),
        ];
        var members = string.Concat(outputs.Select(output => $"<member><OutputKey>{output.Key}</OutputKey><OutputValue>{output.Value}</OutputValue></member>"));
        return "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>s</StackName><StackStatus>CREATE_COMPLETE</StackStatus>"
            + $"<CreationTime>2026-11-20T00:00:00Z</CreationTime><Outputs>{members}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";
    }

    private static string Json(object value) => JsonSerializer.Serialize(value);
}
