using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Benchmarks;

/// <summary>A local cloud with a bucket, the catalog's tables and jobs, over its HTTP interface.</summary>
internal sealed class EtlCloud(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(10) };
    private readonly HashSet<string> _databases = [];

    public Task BucketAsync() => PutAsync("", "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"u8.ToArray());

    public async Task PutAsync(string key, string file) => await PutAsync(key, await File.ReadAllBytesAsync(file));

    public async Task PutAsync(string key, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(endpoint, $"/lake/{key}".TrimEnd('/')));
        request.Content = new ByteArrayContent(content);
        await SendAsync(request, "s3");
    }

    public async Task<JsonNode> CallAsync(string target, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Headers.Add("X-Amz-Target", target);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1");
        var answer = await SendAsync(request, "glue");
        return answer.Length == 0 ? new JsonObject() : JsonNode.Parse(answer)!;
    }

    /// <summary>Puts a table of the model into the catalog, under a prefix of its own.</summary>
    public async Task TableAsync(string database, TableDefinition table, bool keepPartitions = true)
    {
        if (_databases.Add(database))
            await CallAsync("AWSGlue.CreateDatabase", new JsonObject { ["DatabaseInput"] = new JsonObject { ["Name"] = database } });
        await CallAsync("AWSGlue.CreateTable", new JsonObject
        {
            ["DatabaseName"] = database,
            ["TableInput"] = new JsonObject
            {
                ["Name"] = table.Name,
                ["PartitionKeys"] = Columns(keepPartitions ? table.Partitions.Select(partition => partition.Column) : []),
                ["StorageDescriptor"] = new JsonObject
                {
                    ["Columns"] = Columns(table.Columns),
                    ["Location"] = $"s3://lake/{database}/{table.Name}/",
                    ["SerdeInfo"] = new JsonObject { ["SerializationLibrary"] = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
                },
            },
        });
    }

    /// <summary>Runs a job to its end.</summary>
    public async Task RunAsync(string job, string arguments)
    {
        var started = await CallAsync("AWSGlue.StartJobRun", new JsonObject { ["JobName"] = job, ["Arguments"] = JsonNode.Parse(arguments) });
        while (true)
        {
            var run = (await CallAsync("AWSGlue.GetJobRun", new JsonObject { ["JobName"] = job, ["RunId"] = (string)started["JobRunId"]! }))["JobRun"]!;
            if ((string)run["JobRunState"]! is "SUCCEEDED")
                return;
            if ((string)run["JobRunState"]! is not ("STARTING" or "RUNNING"))
                throw new InvalidOperationException($"The run is {run["JobRunState"]}: {run["ErrorMessage"]}");
            await Task.Delay(20);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(HttpRequestMessage request, string service)
    {
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20261120/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{request.RequestUri}: {body}");
    }

    private static JsonArray Columns(IEnumerable<TableColumn> columns) =>
        [.. columns.Select(column => (JsonNode)new JsonObject { ["Name"] = column.Name, ["Type"] = column.Type })];
}
