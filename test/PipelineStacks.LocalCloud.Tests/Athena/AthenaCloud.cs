using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.Tests.Glue;

namespace PipelineStacks.LocalCloud.Tests.Athena;

/// <summary>A cloud with a bucket, a database and ways to put tables into it and ask them.</summary>
public sealed class AthenaCloud : IAsyncLifetime
{
    public const string Output = "s3://lake/results/";

    private readonly GlueCloud _cloud = new();
    private Call _call = null!;

    internal IObjectStore Store => _cloud.Host.Services.GetRequiredService<IObjectStore>();

    internal Call Call => _call;

    internal LocalCloudHost Host => _cloud.Host;

    public async Task InitializeAsync()
    {
        await _cloud.InitializeAsync();
        _call = _cloud.Host.Services.GetRequiredService<Callers>().ForClient("test", "eu-west-1");
        using var http = new HttpClient();
        using var create = new HttpRequestMessage(HttpMethod.Put, new Uri(_cloud.Host.Endpoint, "/lake"));
        create.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261120/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0");
        create.Content = new StringContent("<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>");
        using var created = await http.SendAsync(create);
        created.IsSuccessStatusCode.ShouldBeTrue(await created.Content.ReadAsStringAsync());
        await _cloud.CallAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"films"} }""");
    }

    public Task DisposeAsync() => _cloud.DisposeAsync();

    public Task<JsonNode> CallAsync(string operation, JsonObject request) => _cloud.CallAsync(operation, request.ToJsonString());

    public Task<string> ErrorAsync(string operation, JsonObject request) => _cloud.ErrorAsync(operation, request.ToJsonString());

    public Task PutAsync(string key, string content) => Store.PutAsync(_call, "lake", key, System.Text.Encoding.UTF8.GetBytes(content), "text/plain").AsTask();

    public Task PutAsync(string key, byte[] content) => Store.PutAsync(_call, "lake", key, content, "binary/octet-stream").AsTask();

    /// <summary>Puts the rows of a DuckDB query as a Parquet object.</summary>
    public async Task PutParquetAsync(string key, string select)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.parquet");
        using (var database = new DuckDatabase())
        using (var duck = database.Connect())
            duck.Execute($"COPY ({select}) TO {Sql.Literal(file)} (FORMAT parquet)");
        await Store.PutFileAsync(_call, "lake", key, file, "application/octet-stream");
    }

    public async Task TableAsync(string name, string columns, string location, string serde, string keys = "", string parameters = "{}", string serdeParameters = "{}")
    {
        await _cloud.CallAsync("AWSGlue.CreateTable", new JsonObject
        {
            ["DatabaseName"] = "films",
            ["TableInput"] = new JsonObject
            {
                ["Name"] = name,
                ["TableType"] = "EXTERNAL_TABLE",
                ["Parameters"] = JsonNode.Parse(parameters),
                ["PartitionKeys"] = Columns(keys),
                ["StorageDescriptor"] = new JsonObject
                {
                    ["Columns"] = Columns(columns),
                    ["Location"] = $"s3://lake/{location}",
                    ["SerdeInfo"] = new JsonObject { ["SerializationLibrary"] = serde, ["Parameters"] = JsonNode.Parse(serdeParameters) },
                },
            },
        }.ToJsonString());

        static JsonArray Columns(string text) => [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(column => column.Split(' ', 2))
            .Select(column => new JsonObject { ["Name"] = column[0], ["Type"] = column[1] })];
    }

    public async Task<string> StartAsync(string sql, params string[] parameters)
    {
        var request = Request(sql);
        if (parameters.Length > 0)
            request["ExecutionParameters"] = new JsonArray([.. parameters.Select(parameter => (JsonNode)parameter)]);
        var answer = await CallAsync("AmazonAthena.StartQueryExecution", request);
        return (answer["QueryExecutionId"] ?? throw new InvalidOperationException(answer.ToJsonString())).GetValue<string>();
    }

    public static JsonObject Request(string sql) => new()
    {
        ["QueryString"] = sql,
        ["QueryExecutionContext"] = new JsonObject { ["Database"] = "films" },
        ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = Output },
    };

    /// <summary>Waits until a query is over. Time stands still meanwhile: queries need none of the cloud's.</summary>
    public async Task<JsonNode> EndAsync(string id)
    {
        while (true)
        {
            var query = (await CallAsync("AmazonAthena.GetQueryExecution", new() { ["QueryExecutionId"] = id }))["QueryExecution"]!;
            if (query["Status"]!["State"]!.GetValue<string>() is not ("QUEUED" or "RUNNING"))
                return query;
            await Task.Delay(5);
        }
    }

    public async Task<JsonNode> RunAsync(string sql, params string[] parameters)
    {
        var query = await EndAsync(await StartAsync(sql, parameters));
        query["Status"]!["State"]!.GetValue<string>().ShouldBe("SUCCEEDED", query["Status"]!["StateChangeReason"]?.GetValue<string>());
        return query;
    }

    /// <summary>The rows of a query without their header: values with a bar between them, null as ∅.</summary>
    public async Task<string[]> RowsAsync(string sql, params string[] parameters)
    {
        var query = await RunAsync(sql, parameters);
        var results = await CallAsync("AmazonAthena.GetQueryResults", new() { ["QueryExecutionId"] = query["QueryExecutionId"]!.GetValue<string>() });
        var rows = results["ResultSet"]!["Rows"]!.AsArray()
            .Select(row => string.Join('|', row!["Data"]!.AsArray().Select(value => value!["VarCharValue"]?.GetValue<string>() ?? "∅")));
        return [.. query["StatementType"]!.GetValue<string>() is "DML" ? rows.Skip(1) : rows];
    }

    public async Task<string> FailureAsync(string sql)
    {
        var answer = await CallAsync("AmazonAthena.StartQueryExecution", Request(sql));
        if (answer["QueryExecutionId"] is not { } id)
            return $"{answer["__type"]}: {answer["message"]}";
        var query = await EndAsync(id.GetValue<string>());
        query["Status"]!["State"]!.GetValue<string>().ShouldBe("FAILED");
        return query["Status"]!["StateChangeReason"]!.GetValue<string>();
    }

    public static long Scanned(JsonNode query) => query["Statistics"]!["DataScannedInBytes"]!.GetValue<long>();
}
