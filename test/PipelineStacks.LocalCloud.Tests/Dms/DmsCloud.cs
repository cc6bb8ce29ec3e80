using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Dms.Replication;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.Dms;

/// <summary>A cloud with a bucket, an instance and the endpoints of a source and a target.</summary>
internal sealed class DmsCloud(TestCloud cloud, MariaDb source) : IAsyncDisposable
{
    private const string Role = "arn:aws:iam::000000000000:role/dms-target";

    public string Instance { get; private set; } = "";

    public TestCloud Cloud => cloud;

    public static async Task<DmsCloud> StartAsync(MariaDb source, string? data = null)
    {
        var cloud = new TestCloud { DataDirectory = data };
        await cloud.InitializeAsync();
        return await OnAsync(cloud, source);
    }

    /// <summary>On a cloud that runs already.</summary>
    public static async Task<DmsCloud> OnAsync(TestCloud cloud, MariaDb source)
    {
        var dms = new DmsCloud(cloud, source);
        await dms.PrepareAsync();
        return dms;
    }

    public async Task<JsonNode> CallAsync(string operation, string request) => await cloud.JsonAsync($"AmazonDMSv20160101.{operation}", request);

    public Task<string> ErrorAsync(string operation, string request) => cloud.JsonErrorAsync($"AmazonDMSv20160101.{operation}", request);

    public async Task<string> SourceAsync(string name, string user = "dms", string password = "secret", int? port = null) =>
        (await CallAsync("CreateEndpoint", $$"""
            {"EndpointIdentifier":"{{name}}","EndpointType":"source","EngineName":"mysql","ServerName":"127.0.0.1","Port":{{port ?? source.Port}},"Username":"{{user}}","Password":"{{password}}"}
            """))["Endpoint"]!["EndpointArn"]!.ToString();

    public async Task<string> TargetAsync(string name, string settings = """ "IncludeOpForFullLoad":true """) =>
        (await CallAsync("CreateEndpoint", $$"""
            {"EndpointIdentifier":"{{name}}","EndpointType":"target","EngineName":"s3","S3Settings":{"BucketName":"landing","BucketFolder":"sakila","ServiceAccessRoleArn":"{{Role}}",{{settings}} } }
            """))["Endpoint"]!["EndpointArn"]!.ToString();

    /// <summary>The status and message of a connection test, when it has ended.</summary>
    public async Task<string> TestAsync(string endpoint)
    {
        await CallAsync("TestConnection", $$"""{"ReplicationInstanceArn":"{{Instance}}","EndpointArn":"{{endpoint}}"}""");
        JsonNode connection;
        do
            connection = (await CallAsync("DescribeConnections", $$"""{"Filters":[{"Name":"endpoint-arn","Values":["{{endpoint}}"]}]}"""))["Connections"]![0]!;
        while (connection["Status"]!.ToString() == "testing");
        return $"{connection["Status"]} {connection["LastFailureMessage"]}".Trim();
    }

    /// <summary>A task over a schema, with both of its endpoints tested.</summary>
    public async Task<string> TaskAsync(string schema, string type = "full-load-and-cdc", string? target = null, string settings = "{}", string rules = "", string? origin = null)
    {
        origin ??= await SourceAsync($"{schema}-source");
        target ??= await TargetAsync($"{schema}-target");
        (await TestAsync(origin)).ShouldBe("successful");
        (await TestAsync(target)).ShouldBe("successful");
        var mappings = $$"""{"rules":[{"rule-type":"selection","rule-id":"1","rule-name":"1","object-locator":{"schema-name":"{{schema}}","table-name":"%"},"rule-action":"include"}{{rules}}]}""";
        return (await CallAsync("CreateReplicationTask", new JsonObject
        {
            ["ReplicationTaskIdentifier"] = $"{schema}-task",
            ["ResourceIdentifier"] = $"{schema}-task",
            ["SourceEndpointArn"] = origin,
            ["TargetEndpointArn"] = target,
            ["ReplicationInstanceArn"] = Instance,
            ["MigrationType"] = type,
            ["TableMappings"] = mappings,
            ["ReplicationTaskSettings"] = settings,
        }.ToJsonString()))["ReplicationTask"]!["ReplicationTaskArn"]!.ToString();
    }

    public Task StartAsync(string task, string type = "start-replication") =>
        CallAsync("StartReplicationTask", $$"""{"ReplicationTaskArn":"{{task}}","StartReplicationTaskType":"{{type}}"}""");

    public async Task StopAsync(string task)
    {
        await CallAsync("StopReplicationTask", $$"""{"ReplicationTaskArn":"{{task}}"}""");
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await DescribeAsync(task))["Status"]!.ToString().ShouldBe("stopped");
    }

    public async Task<JsonNode> DescribeAsync(string task) =>
        (await CallAsync("DescribeReplicationTasks", $$"""{"Filters":[{"Name":"replication-task-arn","Values":["{{task}}"]}]}"""))["ReplicationTasks"]![0]!;

    public async Task<string> EndedAsync(string task)
    {
        JsonNode described;
        do
            described = await DescribeAsync(task);
        while (described["Status"]!.ToString() is "starting" or "running");
        return $"{described["Status"]} {described["StopReason"]} {described["LastFailureMessage"]}";
    }

    /// <summary>Waits until the load is done and changes are captured.</summary>
    public async Task CapturingAsync(string task)
    {
        while (cloud.Get<TaskRunners>().Find(task)?.Changes.Position is null)
            await ShouldRunAsync(task);
    }

    /// <summary>Waits until everything that the source has committed is captured.</summary>
    public async Task CaughtUpAsync(string task)
    {
        await source.ExecuteAsync("CREATE DATABASE IF NOT EXISTS marks; CREATE OR REPLACE TABLE marks.mark (id INT);");
        var end = (await source.ExecuteAsync("SHOW MASTER STATUS;")).Split('\t') is [var file, var offset, ..] ? new LogPosition(file, long.Parse(offset)) : throw new InvalidOperationException();
        while (cloud.Get<TaskRunners>().Find(task)?.Changes.Position is not { } position || position.File != end.File || position.Position < end.Position)
        {
            // Retries after failures are on the cloud's time.
            await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
            await ShouldRunAsync(task);
        }
    }

    public IReadOnlyList<StoredObject> Objects(string prefix = "sakila/") => cloud.Get<IObjectStore>().List(cloud.Call, "landing", prefix);

    public string Text(string key) => File.ReadAllText(cloud.Get<IObjectStore>().Get(cloud.Call, "landing", key).File);

    public async ValueTask DisposeAsync() => await cloud.DisposeAsync();

    private async Task ShouldRunAsync(string task)
    {
        var described = await DescribeAsync(task);
        described["Status"]!.ToString().ShouldBeOneOf(["starting", "running"], described["LastFailureMessage"]?.ToString());
    }

    private async Task PrepareAsync()
    {
        await cloud.ProvisionAsync("AWS::S3::Bucket", """{"BucketName":"landing"}""");
        await cloud.ProvisionAsync("AWS::IAM::Role", """{"RoleName":"dms-vpc-role","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"dms.amazonaws.com"},"Action":"sts:AssumeRole"}]}}""");
        Instance = (await CallAsync("CreateReplicationInstance", """{"ReplicationInstanceIdentifier":"Main","ReplicationInstanceClass":"dms.t3.medium","ResourceIdentifier":"main"}"""))
            ["ReplicationInstance"]!["ReplicationInstanceArn"]!.ToString();
    }
}
