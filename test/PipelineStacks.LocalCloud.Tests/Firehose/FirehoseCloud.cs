using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.Firehose;

/// <summary>A cloud in virtual time with a bucket, a table and a stream to deliver from and to.</summary>
internal sealed class FirehoseCloud : IAsyncDisposable
{
    public const string Role = "arn:aws:iam::000000000000:role/firehose";
    public const string StreamArn = "arn:aws:kinesis:us-east-1:000000000000:stream/events";

    private readonly HttpClient _http = new();
    private readonly string? _data;
    private LocalCloudHost _host = null!;

    private FirehoseCloud(string? data) => _data = data;

    public IServiceProvider Services => _host.Services;

    public VirtualClock Clock => (VirtualClock)_host.Services.GetRequiredService<CloudClock>();

    /// <param name="data">Null for a directory that is deleted at the end.</param>
    public static async Task<FirehoseCloud> StartAsync(string? data = null)
    {
        var cloud = new FirehoseCloud(data);
        await cloud.OpenAsync();
        await cloud.PutBucketAsync("lake");
        await cloud.CallAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"landing"} }""");
        await cloud.CallAsync("Kinesis_20131202.CreateStream", """{"StreamName":"events","ShardCount":1}""");
        await cloud.AdvanceAsync(60);
        return cloud;
    }

    /// <summary>Stops and starts again on the same data. The virtual clock begins anew, so it is moved on to where it was.</summary>
    /// <param name="between">What happens to the data while it is stopped.</param>
    public async Task RestartAsync(Action? between = null)
    {
        var now = Clock.GetUtcNow();
        await _host.DisposeAsync();
        between?.Invoke();
        await OpenAsync();
        if (now > Clock.GetUtcNow())
            await Clock.AdvanceAsync(now - Clock.GetUtcNow());
    }

    public Task PutBucketAsync(string name) => _http.PutAsync(new Uri(_host.Endpoint, name), null);

    public Task PutTableAsync(string name, params (string Name, string Type)[] columns) => CallAsync("AWSGlue.CreateTable", new JsonObject
    {
        ["DatabaseName"] = "landing",
        ["TableInput"] = new JsonObject
        {
            ["Name"] = name,
            ["StorageDescriptor"] = new JsonObject
            {
                ["Columns"] = new JsonArray([.. columns.Select(column => new JsonObject { ["Name"] = column.Name, ["Type"] = column.Type })]),
            },
        },
    }.ToJsonString());

    public async Task<JsonNode> CallAsync(string target, string request)
    {
        var (status, body) = await SendAsync(target, request);
        status.ShouldBe(200, body);
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    /// <returns><c>Code: message</c>.</returns>
    public async Task<string> ErrorAsync(string target, string request)
    {
        var (status, body) = await SendAsync(target, request);
        status.ShouldNotBe(200, body);
        var error = JsonNode.Parse(body)!;
        return $"{error["__type"]}: {error["message"]}";
    }

    public Task<JsonNode> CreateAsync(string name, object destination, bool fromKinesis = false) => CallAsync(
        "Firehose_20150804.CreateDeliveryStream", Creation(name, destination, fromKinesis));

    public static string Creation(string name, object destination, bool fromKinesis = false)
    {
        var request = new JsonObject { ["DeliveryStreamName"] = name };
        if (fromKinesis)
        {
            request["DeliveryStreamType"] = "KinesisStreamAsSource";
            request["KinesisStreamSourceConfiguration"] = new JsonObject { ["KinesisStreamARN"] = StreamArn, ["RoleARN"] = Role };
        }

        var settings = JsonSerializer.SerializeToNode(destination)!.AsObject();
        settings["RoleARN"] ??= Role;
        settings["BucketARN"] ??= "arn:aws:s3:::lake";
        request["ExtendedS3DestinationConfiguration"] = settings;
        return request.ToJsonString();
    }

    public static object Conversion(string table, object? deserializer = null) => new
    {
        SchemaConfiguration = new { RoleARN = Role, DatabaseName = "landing", TableName = table },
        InputFormatConfiguration = new { Deserializer = deserializer ?? new { OpenXJsonSerDe = new { } } },
        OutputFormatConfiguration = new { Serializer = new { ParquetSerDe = new { } } },
    };

    public Task PutAsync(string stream, params string[] records) => CallAsync("Firehose_20150804.PutRecordBatch", JsonSerializer.Serialize(new
    {
        DeliveryStreamName = stream,
        Records = records.Select(record => new { Data = Encoding.UTF8.GetBytes(record) }),
    }));

    public Task PutToKinesisAsync(params string[] records) => CallAsync("Kinesis_20131202.PutRecords", JsonSerializer.Serialize(new
    {
        StreamName = "events",
        Records = records.Select((record, i) => new { Data = Encoding.UTF8.GetBytes(record), PartitionKey = $"{i}-{record}" }),
    }));

    public Task AdvanceAsync(double seconds) => Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    public IReadOnlyList<StoredObject> Objects(string prefix = "", string bucket = "lake") =>
        Services.GetRequiredService<IObjectStore>().List(Services.GetRequiredService<Callers>().ForClient(null, null), bucket, prefix);

    /// <summary>The text of all objects under a prefix, in the order of their keys.</summary>
    public string Text(string prefix = "") => string.Concat(Objects(prefix).Select(item => File.ReadAllText(item.File)));

    /// <summary>The rows of all Parquet objects under a prefix, as DuckDB prints them.</summary>
    public IReadOnlyList<string> Rows(string prefix = "", string select = "*")
    {
        using var database = new DuckDatabase();
        using var connection = database.Connect();
        using var result = connection.Query($"SELECT {select} FROM read_parquet({Sql.List(Objects(prefix).Select(item => item.File))})");
        var rows = new List<string>();
        while (result.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, result.Columns.Count).Select(i => result.GetText(i) ?? "∅")));
        return rows;
    }

    /// <summary>The sum of all values of one of Firehose's metrics.</summary>
    public double MetricSum(string name) => Services.GetRequiredService<MetricStore>()
        .Find(Principal.DefaultAccount, Callers.DefaultRegion, "AWS/Firehose", name)
        .SelectMany(metric => metric.Value.Between(0, long.MaxValue)).Sum(minute => minute.Value.Sum);

    /// <summary>The error records under a prefix.</summary>
    public IReadOnlyList<JsonNode> Errors(string prefix) =>
        [.. Text(prefix).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        if (_data is not null)
            Directory.Delete(_data, recursive: true);
    }

    private async Task OpenAsync() =>
        _host = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = _data });

    private async Task<(int Status, string Body)> SendAsync(string target, string request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _host.Endpoint) { Content = new StringContent(request) };
        message.Headers.Add("X-Amz-Target", target);
        using var answer = await _http.SendAsync(message);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
