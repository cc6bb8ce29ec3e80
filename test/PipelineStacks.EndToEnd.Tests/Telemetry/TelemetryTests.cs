using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Docs;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Telemetry;

/// <summary>Devices as they are, with all that goes wrong with them, from the broker to SQL: every message is somewhere, and every reading once.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly LocalCloudProcess _cloud = new() { Options = ["--virtual-time", "--no-limits"] };

    public async Task InitializeAsync()
    {
        await _cloud.StartAsync();
        var output = Path.Combine(_cloud.DataDirectory, "cdk.out");
        (await _cloud.CdkAsync(
            "deploy", "Dev/Iot", "Dev/Analytics", "--require-approval", "never", "--app", $"dotnet \"{Repository.App}\"", "--output", output)).Succeeded();
    }

    public async Task DisposeAsync() => await _cloud.DisposeAsync();

    [Fact]
    public async Task Messages_OfDevicesThatDropOutRepeatAndComeLate_AreReconciledInEveryZone()
    {
        var fleet = await SimulateAsync("--devices", "20", "--messages", "50", "--duplicates", "0.1", "--late", "0.2", "--malformed", "0.03", "--drop-outs", "0.02", "--seed", "7");
        var (published, readings, filtered, malformed) = (fleet("published"), fleet("readings"), fleet("filtered"), fleet("malformed"));
        new[] { fleet("repeated"), fleet("late"), fleet("dropOuts"), filtered, malformed }.ShouldAllBe(count => count > 0);
        published.ShouldBe(1000 + fleet("repeated"));

        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));

        // The rule's own account.
        var accepted = await MetricAsync("pipelines_dev_device_readings_delivery", "Success", "Firehose");
        (await MetricAsync("pipelines_dev_device_readings_delivery", "TopicMatch")).ShouldBe(published);
        (await MetricAsync("pipelines_dev_device_readings_delivery", "ErrorActionSuccess", "S3")).ShouldBe(malformed);
        (await MetricAsync("pipelines_dev_device_readings_stream", "Success", "Kinesis")).ShouldBe(accepted);
        accepted.ShouldBe(published - filtered - malformed);

        // What is in the lake: a reading that was published twice is there twice, until the clean job counts it once.
        (await QueryAsync("SELECT count(*) FROM device_readings")).ShouldBe($"{accepted}");
        (await QueryAsync("SELECT count(*) FROM (SELECT DISTINCT device_id, sequence_number FROM device_readings) AS keys")).ShouldBe($"{readings}");
        (await QueryAsync("SELECT count(DISTINCT device_id) FROM device_readings WHERE device_id LIKE 'device-00%'")).ShouldBe("20");
        long.Parse(await QueryAsync("SELECT count(*) FROM device_readings WHERE read_at < (SELECT date_add('hour', -2, max(read_at)) FROM device_readings)"), CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        (await QueryAsync("SELECT count(*) FROM device_readings WHERE temperature IS NULL OR received_at IS NULL OR read_at IS NULL")).ShouldBe("0");

        // What is no reading.
        (await QueryAsync("SELECT count(*) FROM device_readings_quarantine WHERE error_type = 'rule-failed' AND rulename = 'pipelines_dev_device_readings_delivery'")).ShouldBe($"{malformed}");
        var listed = JsonDocument.Parse((await _cloud.PipelinesAsync("quarantine", "show", "device_readings", "--format", "jsonl")).Succeeded().Split('\n')[0]).RootElement;
        listed.ToString().ShouldContain("Rule.Failed");
        listed.ToString().ShouldContain("sequence_number");

        foreach (var command in new Document("docs/telemetry.md").Commands)
            (await CommandLine.RunAsync(command, _cloud)).Succeeded();

        // Without a device, over HTTPS.
        (await _cloud.PipelinesAsync("iot", "publish", "telemetry/meter-7/readings",
            """{"sequence_number":5,"read_at":"2026-11-20 09:00:00","temperature":21.5,"humidity":40,"battery":88,"mode":"live"}""")).Succeeded();
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));

        (await QueryAsync("SELECT device_id, sequence_number, temperature, battery FROM device_readings WHERE device_id = 'meter-7'")).ShouldBe("meter-7,5,21.5,88");
    }

    private async Task<Func<string, long>> SimulateAsync(params string[] arguments)
    {
        var report = JsonDocument.Parse((await _cloud.PipelinesAsync(["devices", "simulate", .. arguments, "--format", "json"])).Succeeded()).RootElement;
        return name => report.GetProperty(name).GetInt64();
    }

    private async Task<string> QueryAsync(string sql) =>
        (await _cloud.PipelinesAsync("query", sql, "--format", "csv")).Succeeded().ReplaceLineEndings("\n").TrimEnd().Split('\n', 2)[1];

    private async Task<long> MetricAsync(string rule, string metric, string? action = null)
    {
        var dimensions = action is null ? "" : $$""", {"Name": "ActionType", "Value": "{{action}}"}""";
        var sum = await _cloud.PythonAsync($$"""
            import datetime
            now = datetime.datetime.utcnow()
            margin = datetime.timedelta(days=2)
            points = client("cloudwatch").get_metric_statistics(Namespace="AWS/IoT", MetricName="{{metric}}", Period=3600, Statistics=["Sum"],
                Dimensions=[{"Name": "RuleName", "Value": "{{rule}}"}{{dimensions}}], StartTime=now - margin, EndTime=now + margin)["Datapoints"]
            print(int(sum(point["Sum"] for point in points)))
            """);
        return long.Parse(sum.Succeeded(), CultureInfo.InvariantCulture);
    }
}

/// <summary>What stands in the way of devices is told with the way out of it.</summary>
public sealed class BrokerErrorTests
{
    [Fact]
    public async Task Broker_WhosePortIsTaken_SaysSo_AndHowToChooseAnother()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("end-to-end-broker-").FullName;

        var result = await PipelinesTool.RunAsync(null, ["run", "--port", $"{Ports.Free()}", "--mqtt-port", $"{port}", "--data", Path.Combine(folder, "data"), "--output", Path.Combine(folder, "output")]);

        result.ExitCode.ShouldBe(3);
        result.Error.ShouldContain($"Port {port} for MQTT is in use. Stop what listens there, or choose another with --mqtt-port (0 takes a free one).");
        Directory.Delete(folder, recursive: true);
    }
}
