using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Tests.Dms;

[Collection(nameof(MariaDb))]
public sealed class ServerlessTests(MariaDb source)
{
    [Fact]
    public async Task Replication_OfAConfiguration_GoesThroughItsLife()
    {
        await source.ExecuteAsync("CREATE DATABASE serverless; CREATE TABLE serverless.t (id INT PRIMARY KEY, v VARCHAR(20)); INSERT INTO serverless.t VALUES (1, 'one');");
        await using var dms = await DmsCloud.StartAsync(source);
        var config = await ConfigAsync(dms, "serverless", await dms.SourceAsync("serverless-source"));
        (await DescribeAsync(dms, config))["Status"]!.ToString().ShouldBe("created");

        await StartAsync(dms, config, "start-replication");
        await CapturingAsync(dms, config);
        await source.ExecuteAsync("UPDATE serverless.t SET v = 'uno';");
        while ((await TableAsync(dms, config))["Updates"]!.ToString() != "1")
            (await DescribeAsync(dms, config))["Status"]!.ToString().ShouldBe("running");
        var running = await DescribeAsync(dms, config);
        running["ReplicationStats"]!["FullLoadProgressPercent"]!.ToString().ShouldBe("100");
        running["ProvisionData"]!["ProvisionedCapacityUnits"]!.ToString().ShouldBe("4");
        (await dms.ErrorAsync("StartReplication", Request(config, ""","StartReplicationType":"resume-processing" """))).ShouldStartWith("InvalidResourceStateFault: Replication cannot be started");
        (await dms.ErrorAsync("DeleteReplicationConfig", Request(config))).ShouldContain("Stop it first.");
        (await dms.CallAsync("DescribeReplicationTasks", "{}"))["ReplicationTasks"]!.AsArray().ShouldBeEmpty();

        await dms.CallAsync("StopReplication", Request(config));
        await dms.Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await DescribeAsync(dms, config))["Status"]!.ToString().ShouldBe("stopped");
        // What was gathered is written before it stands still.
        var keys = dms.Objects().Select(one => one.Key).ToList();
        dms.Text(keys.Single(key => key.EndsWith("LOAD00000001.csv", StringComparison.Ordinal))).ShouldBe("I,1,one\n");
        dms.Text(keys.Single(key => !key.Contains("LOAD", StringComparison.Ordinal))).ShouldBe("U,1,uno\n");

        await StartAsync(dms, config, "resume-processing");
        await CapturingAsync(dms, config);
        await dms.CallAsync("StopReplication", Request(config));
        await dms.Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        await dms.CallAsync("ModifyReplicationConfig", Request(config, ""","ComputeConfig":{"MaxCapacityUnits":8}"""));
        (await dms.CallAsync("DescribeReplicationConfigs", "{}"))["ReplicationConfigs"]![0]!["ComputeConfig"]!["MaxCapacityUnits"]!.ToString().ShouldBe("8");
        await dms.CallAsync("DeleteReplicationConfig", Request(config));
        (await dms.CallAsync("DescribeReplicationConfigs", "{}"))["ReplicationConfigs"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Replication_WithoutAConnection_FailsByItsOwnTest()
    {
        await using var dms = await DmsCloud.StartAsync(source);
        var config = await ConfigAsync(dms, "unreachable", await dms.SourceAsync("wrong", password: "wrong"));
        await StartAsync(dms, config, "start-replication");
        while ((await DescribeAsync(dms, config))["Status"]!.ToString() == "testing_connection")
            await Task.Yield();
        var failed = await DescribeAsync(dms, config);
        failed["Status"]!.ToString().ShouldBe("failed");
        failed["FailureMessages"]![0]!.ToString().ShouldMatch("^Test Endpoint failed: .*Access denied for user 'dms'");
    }

    [Theory]
    [InlineData("3", "InvalidParameterValueException: The capacity 3 is not valid. Valid values: 1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384.")]
    [InlineData("4,\"MinCapacityUnits\":8", "InvalidParameterCombinationException: MinCapacityUnits (8) may not exceed MaxCapacityUnits (4).")]
    public async Task Configuration_OfAnImpossibleCapacity_IsRefused(string units, string message)
    {
        await using var dms = await DmsCloud.StartAsync(source);
        (await dms.ErrorAsync("CreateReplicationConfig", await RequestAsync(dms, "refused", await dms.SourceAsync("refused-source"), units))).ShouldBe(message);
    }

    private static async Task<string> ConfigAsync(DmsCloud dms, string schema, string origin) =>
        (await dms.CallAsync("CreateReplicationConfig", await RequestAsync(dms, schema, origin, "4")))["ReplicationConfig"]!["ReplicationConfigArn"]!.ToString();

    private static async Task<string> RequestAsync(DmsCloud dms, string schema, string origin, string units) => $$"""
        {"ReplicationConfigIdentifier":"{{schema}}","ResourceIdentifier":"{{schema}}","SourceEndpointArn":"{{origin}}","TargetEndpointArn":"{{await dms.TargetAsync($"{schema}-target")}}",
         "ReplicationType":"full-load-and-cdc","ComputeConfig":{"MaxCapacityUnits":{{units}}},
         "TableMappings":"{\"rules\":[{\"rule-type\":\"selection\",\"rule-id\":\"1\",\"rule-name\":\"1\",\"object-locator\":{\"schema-name\":\"{{schema}}\",\"table-name\":\"%\"},\"rule-action\":\"include\"}]}"}
        """;

    private static string Request(string config, string more = "") => $$"""{"ReplicationConfigArn":"{{config}}"{{more}}}""";

    private static async Task StartAsync(DmsCloud dms, string config, string type) => await dms.CallAsync("StartReplication", Request(config, $$""","StartReplicationType":"{{type}}" """));

    private static async Task CapturingAsync(DmsCloud dms, string config)
    {
        while (dms.Cloud.Get<TaskRunners>().Find(config)?.Changes.Position is null)
            (await DescribeAsync(dms, config))["Status"]!.ToString().ShouldBeOneOf("testing_connection", "replication_starting", "running");
    }

    private static async Task<JsonNode> DescribeAsync(DmsCloud dms, string config) =>
        (await dms.CallAsync("DescribeReplications", $$"""{"Filters":[{"Name":"replication-config-arn","Values":["{{config}}"]}]}"""))["Replications"]![0]!;

    private static async Task<JsonNode> TableAsync(DmsCloud dms, string config) =>
        (await dms.CallAsync("DescribeReplicationTableStatistics", Request(config)))["ReplicationTableStatistics"]![0]!;
}
