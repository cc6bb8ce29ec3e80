using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace PipelineStacks.Benchmarks;

/// <summary>
/// DMS's full load of a 2,000,000-row table beside <c>mariadb-dump --tab</c> of the same table, in turns, from one server; what the worker holds in
/// memory meanwhile; and how long a change takes from its commit to its file, less the interval for which DMS gathers changes.
/// </summary>
internal static class ReplicationBenchmark
{
    private const int Rows = 2_000_000;
    private const int FewerRows = 200_000;
    private const int Samples = 60;
    private const double BatchSeconds = 1;

    public static async Task<bool> RunAsync(BenchmarkOptions options)
    {
        await using var source = await BenchmarkDatabase.StartAsync();
        await using var cloud = await ServerProcess.StartLocalCloudAsync("--no-limits");
        using var dms = new BenchmarkReplication(cloud, source);
        await dms.PrepareAsync(BatchSeconds);
        await source.FillAsync("small", FewerRows);
        await source.FillAsync("large", Rows);

        var (_, flat) = await dms.LoadAsync("small");
        List<double> loads = [], dumps = [];
        double peak = 0;
        for (var round = 0; round < Math.Min(options.Rounds, 3); round++)
        {
            dumps.Add(Rows / (await source.DumpAsync("large")).TotalSeconds);
            var (seconds, memory) = await dms.LoadAsync("large");
            loads.Add(Rows / seconds);
            peak = Math.Max(peak, memory);
        }

        var latencies = await dms.LatenciesAsync(Samples, BatchSeconds);
        return await BenchmarkReport.WriteAsync("replication", "mariadb-dump --tab", [
            new($"full load of {Rows:N0} rows", "rows/s", BenchmarkReport.Median(loads), BenchmarkReport.Median(dumps), 1.0 / 3),
            new($"the worker's peak memory, beside that over {FewerRows:N0} rows", "MiB", peak, flat, 1.25, LowerIsBetter: true),
            new("from commit to file, less the batch interval, p50", "s", latencies[latencies.Count / 2], null, null),
            new("from commit to file, less the batch interval, p99", "s", latencies[(int)(latencies.Count * 0.99)], null, null),
        ], options);
    }
}

/// <summary>A MariaDB server with tables to load.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("benchmark-db-").FullName;
    private Process? _server;

    public int Port { get; } = ServerProcess.FreePort();

    private string Socket => Path.Combine(_folder, "sock");

    private static string[] User => Environment.UserName == "root" ? ["--user=root"] : [];

    public static async Task<BenchmarkDatabase> StartAsync()
    {
        var database = new BenchmarkDatabase();
        var folder = database._folder;
        await RunAsync("mariadb-install-db", ["--no-defaults", $"--datadir={folder}/data", "--auth-root-authentication-method=normal", "--skip-test-db", .. User]);
        database._server = Process.Start(ServerProcess.Info("/usr/sbin/mariadbd",
        [
            "--no-defaults", $"--datadir={folder}/data", $"--socket={database.Socket}", "--bind-address=127.0.0.1", $"--port={database.Port}", "--log-bin=log", "--binlog-format=ROW",
            "--binlog-row-image=FULL", "--server-id=1", "--innodb-buffer-pool-size=512M", $"--secure-file-priv={folder}", .. User,
        ]))!;
        _ = database._server.StandardError.ReadToEndAsync();
        while ((await TryAsync("mariadb-admin", ["--no-defaults", $"--socket={database.Socket}", "--user=root", "ping"])).Code != 0)
            await Task.Delay(100);
        await database.ExecuteAsync("CREATE DATABASE bench; CREATE USER dms@'%' IDENTIFIED BY 'secret'; GRANT REPLICATION CLIENT, REPLICATION SLAVE, SELECT ON *.* TO dms@'%';");
        return database;
    }

    /// <summary>A table in a schema of its own: numbers, a decimal, times and texts, about 100 bytes a row.</summary>
    public Task FillAsync(string schema, int rows) => ExecuteAsync($"""
        CREATE DATABASE {schema}; USE {schema}; CREATE TABLE {schema}.t (id INT UNSIGNED PRIMARY KEY, film INT NOT NULL, amount DECIMAL(7,2), made DATETIME, title VARCHAR(60), note VARCHAR(60));
        INSERT INTO {schema}.t SELECT seq, seq % 1000, seq / 100, '2026-01-01' + INTERVAL seq SECOND, CONCAT('A title, of film ', seq % 1000), IF(seq % 5 = 0, NULL, CONCAT('note ', MD5(seq)))
          FROM seq_1_to_{rows.ToString(CultureInfo.InvariantCulture)};
        """);

    public async Task<TimeSpan> DumpAsync(string schema)
    {
        var to = Directory.CreateDirectory(Path.Combine(_folder, "dump")).FullName;
        var watch = Stopwatch.StartNew();
        await RunAsync("mariadb-dump", ["--no-defaults", $"--socket={Socket}", "--user=root", $"--tab={to}", "--fields-terminated-by=,", "--fields-optionally-enclosed-by=\"", schema, "t"]);
        var elapsed = watch.Elapsed;
        Directory.Delete(to, recursive: true);
        return elapsed;
    }

    public Task ExecuteAsync(string sql) => RunAsync("mariadb", ["--no-defaults", $"--socket={Socket}", "--user=root", $"--execute={sql}"]);

    public async ValueTask DisposeAsync()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        var (code, error) = await TryAsync(program, arguments);
        if (code != 0)
            throw new InvalidOperationException($"{program}: {error}");
    }

    private static async Task<(int Code, string Error)> TryAsync(string program, string[] arguments)
    {
        using var process = Process.Start(ServerProcess.Info(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}

/// <summary>Tasks of the local cloud's DMS over a source.</summary>
internal sealed class BenchmarkReplication(ServerProcess cloud, BenchmarkDatabase source) : IDisposable
{
    private const string Authorization = "AWS4-HMAC-SHA256 Credential=test/20261120/eu-west-1/dms/aws4_request, SignedHeaders=host, Signature=none";

    private readonly HttpClient _http = new() { BaseAddress = cloud.Endpoint };
    private string _instance = "";
    private string _source = "";
    private string _target = "";
    private int _tasks;

    public void Dispose() => _http.Dispose();

    public async Task PrepareAsync(double batchSeconds)
    {
        await CallAsync("CreateBucket", "s3", HttpMethod.Put, "/landing", "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>");
        await CallAsync("CreateRole", "iam", HttpMethod.Post, "/", "Version=2010-05-08&Action=CreateRole&RoleName=dms-vpc-role&AssumeRolePolicyDocument=" + Uri.EscapeDataString(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"dms.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        _instance = (string)(await DmsAsync("CreateReplicationInstance", """{"ReplicationInstanceIdentifier":"bench","ReplicationInstanceClass":"dms.t3.medium"}"""))["ReplicationInstance"]!["ReplicationInstanceArn"]!;
        _source = await EndpointAsync($$"""{"EndpointIdentifier":"source","EndpointType":"source","EngineName":"mysql","ServerName":"127.0.0.1","Port":{{source.Port}},"Username":"dms","Password":"secret"}""");
        _target = await EndpointAsync($$"""
            {"EndpointIdentifier":"target","EndpointType":"target","EngineName":"s3","S3Settings":{"BucketName":"landing","ServiceAccessRoleArn":"arn:aws:iam::000000000000:role/dms",
             "IncludeOpForFullLoad":true,"TimestampColumnName":"ts","CdcMaxBatchInterval":{{batchSeconds}} } }
            """);
    }

    /// <summary>Loads a schema in full.</summary>
    /// <returns>The seconds that it took, and the most that the worker held in memory, in MiB.</returns>
    public async Task<(double Seconds, double Memory)> LoadAsync(string schema)
    {
        var task = await TaskAsync(schema, "full-load");
        var watch = Stopwatch.StartNew();
        await DmsAsync("StartReplicationTask", $$"""{"ReplicationTaskArn":"{{task}}","StartReplicationTaskType":"start-replication"}""");
        double memory = 0;
        while (await StatusAsync(task) is "starting" or "running")
        {
            memory = Math.Max(memory, WorkerMemory());
            await Task.Delay(20);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        if (await StatusAsync(task) != "stopped")
            throw new InvalidOperationException($"The load of {schema} ended as {await StatusAsync(task)}.");
        return (seconds, memory);
    }

    /// <summary>Seconds from a commit until a file has it, less the interval of gathering; in order.</summary>
    public async Task<List<double>> LatenciesAsync(int samples, double batchSeconds)
    {
        await source.ExecuteAsync("CREATE TABLE bench.t (id INT PRIMARY KEY); INSERT INTO bench.t VALUES (0)");
        var task = await TaskAsync("bench", "full-load-and-cdc");
        await DmsAsync("StartReplicationTask", $$"""{"ReplicationTaskArn":"{{task}}","StartReplicationTaskType":"start-replication"}""");
        List<double> latencies = [];
        // The first one waits until the task captures.
        for (var i = 1; i <= samples + 1; i++)
        {
            var before = await FilesAsync();
            await source.ExecuteAsync($"INSERT INTO bench.t VALUES ({i})");
            var watch = Stopwatch.StartNew();
            while (await FilesAsync() == before)
                await Task.Delay(5);
            if (i > 1)
                latencies.Add(Math.Max(0, watch.Elapsed.TotalSeconds - batchSeconds));
        }

        latencies.Sort();
        return latencies;
    }

    private async Task<int> FilesAsync() => (await CallAsync("ListObjects", "s3", HttpMethod.Get, "/landing?list-type=2&prefix=bench/", null)).Split("<Key>").Length - 1;

    private async Task<string> StatusAsync(string task) =>
        (string)(await DmsAsync("DescribeReplicationTasks", $$"""{"Filters":[{"Name":"replication-task-arn","Values":["{{task}}"]}]}"""))["ReplicationTasks"]![0]!["Status"]!;

    private async Task<string> EndpointAsync(string request)
    {
        var arn = (string)(await DmsAsync("CreateEndpoint", request))["Endpoint"]!["EndpointArn"]!;
        await DmsAsync("TestConnection", $$"""{"ReplicationInstanceArn":"{{_instance}}","EndpointArn":"{{arn}}"}""");
        while ((string)(await DmsAsync("DescribeConnections", $$"""{"Filters":[{"Name":"endpoint-arn","Values":["{{arn}}"]}]}"""))["Connections"]![0]!["Status"]! == "testing")
            await Task.Delay(50);
        return arn;
    }

    private async Task<string> TaskAsync(string schema, string type) => (string)(await DmsAsync("CreateReplicationTask", new JsonObject
    {
        ["ReplicationTaskIdentifier"] = $"task-{++_tasks}",
        ["SourceEndpointArn"] = _source,
        ["TargetEndpointArn"] = _target,
        ["ReplicationInstanceArn"] = _instance,
        ["MigrationType"] = type,
        ["TableMappings"] = $$"""{"rules":[{"rule-type":"selection","rule-id":"1","rule-name":"1","object-locator":{"schema-name":"{{schema}}","table-name":"%"},"rule-action":"include"}]}""",
    }.ToJsonString()))["ReplicationTask"]!["ReplicationTaskArn"]!;

    private async Task<JsonNode> DmsAsync(string operation, string body) => JsonNode.Parse(await CallAsync(operation, "dms", HttpMethod.Post, "/", body))!;

    private async Task<string> CallAsync(string operation, string service, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", Authorization.Replace("/dms/", $"/{service}/", StringComparison.Ordinal));
        if (service == "dms")
            request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AmazonDMSv20160101.{operation}");
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, service switch { "dms" => "application/x-amz-json-1.1", "iam" => "application/x-www-form-urlencoded", _ => "application/xml" });
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{operation}: {text}");
    }

    private double WorkerMemory()
    {
        foreach (var process in Process.GetProcessesByName("node"))
        {
            using (process)
            {
                var status = $"/proc/{process.Id}/status";
                if (!File.Exists(status))
                    continue;
                var lines = File.ReadAllLines(status);
                if (Number(lines, "PPid:") == cloud.Id)
                    return Number(lines, "VmHWM:") / 1024.0;
            }
        }

        return 0;
    }

    private static long Number(string[] lines, string name) =>
        long.Parse(lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1] ?? "0", CultureInfo.InvariantCulture);
}
