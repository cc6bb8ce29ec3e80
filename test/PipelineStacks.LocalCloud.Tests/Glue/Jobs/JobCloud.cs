using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.Glue.Jobs;

/// <summary>A cloud with a bucket, three databases and ways to put tables, SQL files and jobs into it.</summary>
public sealed class JobCloud : IAsyncLifetime
{
    public const string Script = "# runner: run_sql/1\nprint('Spark')\n";

    public TestCloud Cloud { get; init; } = new();

    internal IObjectStore Store => Cloud.Get<IObjectStore>();

    public async Task InitializeAsync()
    {
        await Cloud.InitializeAsync();
        await Cloud.ProvisionAsync("AWS::S3::Bucket", """{"BucketName":"lake","NotificationConfiguration":{"EventBridgeConfiguration":{}}}""");
        foreach (var zone in new[] { "landing", "clean", "curated" })
            await Cloud.JsonAsync("AWSGlue.CreateDatabase", $$$"""{"DatabaseInput":{"Name":"{{{zone}}}"}}""");
        await PutAsync("run_sql.py", Script);
    }

    public Task DisposeAsync() => Cloud.DisposeAsync();

    public Task PutAsync(string key, string content) => Store.PutAsync(Cloud.Call, "lake", key, Encoding.UTF8.GetBytes(content), "text/plain").AsTask();

    public async Task PutParquetAsync(string key, string select)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.parquet");
        using (var database = new DuckDatabase())
        using (var duck = database.Connect())
            duck.Execute($"COPY ({select}) TO {Sql.Literal(file)} (FORMAT parquet)");
        await Store.PutFileAsync(Cloud.Call, "lake", key, file, "application/octet-stream");
    }

    /// <param name="columns">Such as <c>id int;name string</c>.</param>
    public Task TableAsync(
        string zone, string name, string columns, string keys = "", string serde = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
        string serdeParameters = "{}", string parameters = "{}") => Cloud.JsonAsync("AWSGlue.CreateTable", new JsonObject
        {
            ["DatabaseName"] = zone,
            ["TableInput"] = new JsonObject
            {
                ["Name"] = name,
                ["TableType"] = "EXTERNAL_TABLE",
                ["Parameters"] = JsonNode.Parse(parameters),
                ["PartitionKeys"] = Columns(keys),
                ["StorageDescriptor"] = new JsonObject
                {
                    ["Columns"] = Columns(columns),
                    ["Location"] = $"s3://lake/{zone}/{name}/",
                    ["SerdeInfo"] = new JsonObject { ["SerializationLibrary"] = serde, ["Parameters"] = JsonNode.Parse(serdeParameters) },
                },
            },
        }.ToJsonString());

    /// <summary>A job over SQL files, which are put under their names.</summary>
    public async Task JobAsync(string name, IReadOnlyList<(string Name, string Text)> files, string arguments = "{}", string properties = "{}")
    {
        foreach (var file in files)
            await PutAsync($"sql/{file.Name}", file.Text);
        var all = new JsonObject
        {
            ["--landing"] = "landing",
            ["--clean"] = "clean",
            ["--curated"] = "curated",
            ["--quarantine"] = "s3://lake/quarantine/",
            ["--job-bookmark-option"] = "job-bookmark-enable",
        };
        if (files.Count > 0)
            all["--sql"] = string.Join(',', files.Select(file => $"s3://lake/sql/{file.Name}"));
        foreach (var (argument, value) in JsonNode.Parse(arguments)!.AsObject())
            all[argument] = value?.DeepClone();
        var request = new JsonObject
        {
            ["Name"] = name,
            ["Role"] = "arn:aws:iam::000000000000:role/etl",
            ["GlueVersion"] = "5.0",
            ["WorkerType"] = "G.1X",
            ["NumberOfWorkers"] = 2,
            ["Timeout"] = 60,
            ["Command"] = new JsonObject { ["Name"] = "glueetl", ["ScriptLocation"] = "s3://lake/run_sql.py" },
            ["DefaultArguments"] = all,
        };
        foreach (var (property, value) in JsonNode.Parse(properties)!.AsObject())
            request[property] = value?.DeepClone();
        await Cloud.JsonAsync("AWSGlue.CreateJob", request.ToJsonString());
    }

    public async Task<string> StartAsync(string job, string arguments = "{}") =>
        (string)(await Cloud.JsonAsync("AWSGlue.StartJobRun", $$"""{"JobName":"{{job}}","Arguments":{{arguments}}}"""))["JobRunId"]!;

    public async Task<JsonNode> RunOfAsync(string job, string run) =>
        (await Cloud.JsonAsync("AWSGlue.GetJobRun", $$"""{"JobName":"{{job}}","RunId":"{{run}}"}"""))["JobRun"]!;

    /// <summary>Runs a job to its end.</summary>
    public async Task<JsonNode> RunAsync(string job, string arguments = "{}")
    {
        var run = await StartAsync(job, arguments);
        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        return await RunOfAsync(job, run);
    }

    public async Task SucceedAsync(string job, string arguments = "{}")
    {
        var run = await RunAsync(job, arguments);
        ((string)run["JobRunState"]!).ShouldBe("SUCCEEDED", (string?)run["ErrorMessage"]);
    }

    /// <summary>The message of a run that fails.</summary>
    public async Task<string> FailAsync(string job, string arguments = "{}")
    {
        var run = await RunAsync(job, arguments);
        ((string)run["JobRunState"]!).ShouldBe("FAILED");
        return (string)run["ErrorMessage"]!;
    }

    /// <summary>The rows that Athena answers with: values with a bar between them.</summary>
    public async Task<string[]> AskAsync(string sql)
    {
        var request = new JsonObject { ["QueryString"] = sql, ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = "s3://lake/results/" } };
        var id = (string)(await Cloud.JsonAsync("AmazonAthena.StartQueryExecution", request.ToJsonString()))["QueryExecutionId"]!;
        while (true)
        {
            var status = (await Cloud.JsonAsync("AmazonAthena.GetQueryExecution", $$"""{"QueryExecutionId":"{{id}}"}"""))["QueryExecution"]!["Status"]!;
            if ((string)status["State"]! is not ("QUEUED" or "RUNNING"))
            {
                ((string)status["State"]!).ShouldBe("SUCCEEDED", (string?)status["StateChangeReason"]);
                break;
            }

            await Task.Delay(5);
        }

        var rows = (await Cloud.JsonAsync("AmazonAthena.GetQueryResults", $$"""{"QueryExecutionId":"{{id}}"}"""))["ResultSet"]!["Rows"]!.AsArray();
        return [.. rows.Skip(1).Select(row => string.Join('|', row!["Data"]!.AsArray().Select(value => (string?)value!["VarCharValue"] ?? "∅")))];
    }

    /// <summary>The keys of the objects under a prefix.</summary>
    public string[] Keys(string prefix) => [.. Store.List(Cloud.Call, "lake", prefix).Select(one => one.Key)];

    public string Content(string key) => File.ReadAllText(Store.Get(Cloud.Call, "lake", key).File);

    private static JsonArray Columns(string text) => [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(column => column.Split(' ', 2))
        .Select(column => new JsonObject { ["Name"] = column[0], ["Type"] = column[1] })];
}
