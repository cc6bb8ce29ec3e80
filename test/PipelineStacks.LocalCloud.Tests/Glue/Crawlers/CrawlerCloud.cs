using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.Glue.Crawlers;

/// <summary>A cloud with a bucket; each <see cref="Case"/> has a folder and a database of its own.</summary>
public sealed class CrawlerCloud : IAsyncLifetime
{
    private int _cases;

    public TestCloud Cloud { get; private set; } = new();

    public async Task InitializeAsync()
    {
        await Cloud.InitializeAsync();
        await MakeBucketAsync(Cloud);
    }

    public Task DisposeAsync() => Cloud.DisposeAsync();

    public static async Task MakeBucketAsync(TestCloud cloud)
    {
        using var create = new HttpRequestMessage(HttpMethod.Put, new Uri(cloud.Host.Endpoint, "/lake"));
        create.Content = new StringContent("<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>");
        using var created = await TestCloud.SendAsync(create, "s3");
        created.IsSuccessStatusCode.ShouldBeTrue(await created.Content.ReadAsStringAsync());
    }

    public async Task<Case> NewCaseAsync()
    {
        var number = Interlocked.Increment(ref _cases);
        await Cloud.JsonAsync("AWSGlue.CreateDatabase", $$$"""{"DatabaseInput":{"Name":"db{{{number}}}"} }""");
        return new(Cloud, $"case{number}", $"db{number}");
    }

    /// <summary>A crawler <c>caseN</c> over <c>s3://lake/caseN/</c> that writes to <c>dbN</c>.</summary>
    public sealed class Case(TestCloud cloud, string name, string database)
    {
        public string Folder => name;

        public string Database => database;

        public Task PutAsync(string key, string content) =>
            cloud.Get<IObjectStore>().PutAsync(cloud.Call, "lake", $"{name}/{key}", System.Text.Encoding.UTF8.GetBytes(content), "text/plain").AsTask();

        public Task PutAsync(string key, byte[] content) => cloud.Get<IObjectStore>().PutAsync(cloud.Call, "lake", $"{name}/{key}", content, "text/plain").AsTask();

        public void Delete(string key) => cloud.Get<IObjectStore>().Delete(cloud.Call, "lake", $"{name}/{key}");

        public async Task PutParquetAsync(string key, string select)
        {
            var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.parquet");
            using (var duckDb = new DuckDatabase())
            using (var duck = duckDb.Connect())
                duck.Execute($"COPY ({select}) TO {Sql.Literal(file)} (FORMAT parquet)");
            await cloud.Get<IObjectStore>().PutFileAsync(cloud.Call, "lake", $"{name}/{key}", file, "application/octet-stream");
        }

        /// <param name="settings">Further members of the request, or <c>Targets</c>.</param>
        public Task CreateAsync(string settings = "{}", string target = "{}")
        {
            var s3 = JsonNode.Parse(target)!.AsObject();
            s3["Path"] ??= $"s3://lake/{name}/";
            var request = JsonNode.Parse(settings)!.AsObject();
            request["Name"] = name;
            request["Role"] ??= "arn:aws:iam::000000000000:role/crawler";
            request["DatabaseName"] ??= database;
            request["Targets"] ??= new JsonObject { ["S3Targets"] = new JsonArray(s3) };
            return cloud.JsonAsync("AWSGlue.CreateCrawler", request.ToJsonString());
        }

        public Task StartAsync() => cloud.JsonAsync("AWSGlue.StartCrawler", $$"""{"Name":"{{name}}"}""");

        /// <summary>Crawls to the end, which must be a success unless said otherwise.</summary>
        public async Task<JsonNode> CrawlAsync(string status = "SUCCEEDED")
        {
            await StartAsync();
            await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
            var crawler = await GetAsync();
            crawler["State"]!.GetValue<string>().ShouldBe("READY");
            crawler["LastCrawl"]!["Status"]!.GetValue<string>().ShouldBe(status, crawler["LastCrawl"]!.ToJsonString());
            return crawler;
        }

        public async Task<JsonNode> GetAsync() => (await cloud.JsonAsync("AWSGlue.GetCrawler", $$"""{"Name":"{{name}}"}"""))["Crawler"]!;

        public async Task<IReadOnlyList<JsonNode>> TablesAsync() =>
            [.. (await cloud.JsonAsync("AWSGlue.GetTables", $$"""{"DatabaseName":"{{database}}"}"""))["TableList"]!.AsArray().Select(table => table!)];

        /// <summary>The tables as <c>name(column type, …; key, …)</c>, in the order of their names.</summary>
        public async Task<string[]> ShapesAsync() => [.. (await TablesAsync()).Select(Shape)];

        /// <summary>A table's partitions as <c>value/value</c>.</summary>
        public async Task<string[]> PartitionsAsync(string table) =>
            [.. (await cloud.JsonAsync("AWSGlue.GetPartitions", $$"""{"DatabaseName":"{{database}}","TableName":"{{table}}"}"""))["Partitions"]!.AsArray()
                .Select(partition => string.Join('/', partition!["Values"]!.AsArray().Select(value => value!.GetValue<string>())))];

        internal CrawlCounts LastCounts() => cloud.Get<CrawlerState>().RunsOf(TestCloud.Account, TestCloud.Region, name)[0].Counts;

        public async Task<string[]> LogAsync()
        {
            var crawl = (await GetAsync())["LastCrawl"]!["MessagePrefix"]!.GetValue<string>();
            var answer = await cloud.JsonAsync("Logs_20140328.GetLogEvents", $$"""{"logGroupName":"/aws-glue/crawlers","logStreamName":"{{name}}","startFromHead":true}""");
            return [.. answer["events"]!.AsArray().Select(line => line!["message"]!.GetValue<string>()).Where(line => line.Contains(crawl, StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 2)..])];
        }

        public static string Shape(JsonNode table)
        {
            var columns = string.Join(", ", table["StorageDescriptor"]!["Columns"]!.AsArray().Select(column => $"{column!["Name"]} {column["Type"]}"));
            var keys = string.Join(", ", table["PartitionKeys"]!.AsArray().Select(key => key!["Name"]!.GetValue<string>()));
            return $"{table["Name"]}({columns}{(keys.Length > 0 ? "; " : "")}{keys})";
        }
    }
}
