using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Docs;
using PipelineStacks.EndToEnd.Tests.FilmEvents;

namespace PipelineStacks.EndToEnd.Tests.Telemetry;

/// <summary>Devices as they are, with all that goes wrong with them, from the broker to SQL: every message is somewhere, and every reading once.</summary>
[Collection(nameof(FilmEventsCloud))]
public sealed class TelemetryTests(FilmEventsCloud dev)
{
    private const string DeliveryRule = "pipelines_dev_device_readings_delivery";

    [Fact]
    public async Task Messages_OfDevicesThatDropOutRepeatAndComeLate_AreReconciledInEveryZone()
    {
        var fleet = await SimulateAsync("--devices", "20", "--messages", "50", "--duplicates", "0.1", "--late", "0.2", "--malformed", "0.03", "--drop-outs", "0.02", "--seed", "7");
        new[] { "repeated", "late", "dropOuts", "filtered", "malformed" }.ShouldAllBe(name => fleet(name) > 0);
        fleet("published").ShouldBe(1000 + fleet("repeated"));
        // And one without a device, over HTTPS.
        (await dev.Cloud.PipelinesAsync("iot", "publish", "telemetry/meter-7/readings",
            """{"sequence_number":5,"read_at":"2026-11-20 09:00:00","temperature":21.5,"humidity":40,"battery":88,"mode":"live"}""")).Succeeded();
        await dev.Cloud.AdvanceAsync(TimeSpan.FromSeconds(70));

        var (published, readings, malformed) = (fleet("published") + 1, fleet("readings") + 1, fleet("malformed"));
        var accepted = published - fleet("filtered") - malformed;
        (await RuleCountsAsync()).ShouldBe([published, accepted, malformed, accepted]);

        // A reading that was published twice landed twice.
        await AnswersAsync("device_readings",
            ("count(*)", $"{accepted}"),
            ("count(DISTINCT device_id || ' ' || CAST(sequence_number AS varchar))", $"{readings}"),
            ("count(DISTINCT device_id)", "21"),
            ("count(DISTINCT arrival_date)", "1"),
            ("count_if(temperature IS NULL OR received_at IS NULL OR read_at IS NULL)", "0"),
            ("max(CASE WHEN device_id = 'meter-7' THEN battery END)", "88"));

        // What is no reading.
        await AnswersAsync("device_readings_quarantine",
            ("count(*)", $"{malformed}"),
            ($"count_if(error_type = 'rule-failed' AND rulename = '{DeliveryRule}')", $"{malformed}"));
        var shown = JsonDocument.Parse((await dev.Cloud.PipelinesAsync("quarantine", "show", "device_readings", "--format", "jsonl")).Succeeded().Split('\n')[0]).RootElement.ToString();
        shown.ShouldContain("Rule.Failed");
        shown.ShouldContain("sequence_number");
        var status = JsonDocument.Parse((await dev.Cloud.PipelinesAsync("status", "--format", "json")).Succeeded()).RootElement.GetProperty("pipelines").GetProperty("telemetry");
        (status.GetProperty("streamRecords").GetInt64(), status.GetProperty("rows").GetInt64(), status.GetProperty("quarantined").GetInt64()).ShouldBe((accepted, accepted, malformed));

        // In the clean zone each is once, on the day that it was measured.
        await CleanAsync();
        await AnswersAsync("pipelines_dev_clean.device_readings",
            ("count(*)", $"{readings}"),
            ("count(DISTINCT device_id || ' ' || CAST(sequence_number AS varchar))", $"{readings}"),
            ("count_if(CAST(read_date AS varchar) <> CAST(CAST(read_at AS date) AS varchar))", "0"),
            ("count(DISTINCT read_date) > 1", "true"));
    }

    [Fact]
    public async Task Commands_OfTheDocument_Succeed()
    {
        foreach (var command in new Document("docs/telemetry.md").Commands)
            (await CommandLine.RunAsync(command, dev.Cloud)).Succeeded();
    }

    private async Task<Func<string, long>> SimulateAsync(params string[] arguments)
    {
        var report = JsonDocument.Parse((await dev.Cloud.PipelinesAsync(["devices", "simulate", .. arguments, "--format", "json"])).Succeeded()).RootElement;
        return name => report.GetProperty(name).GetInt64();
    }

    private async Task AnswersAsync(string table, params (string Expression, string Expected)[] answers) =>
        (await dev.QueryAsync($"SELECT {string.Join(", ", answers.Select(answer => answer.Expression))} FROM {table}")).Split('\n')[1].ShouldBe(string.Join(',', answers.Select(answer => answer.Expected)));

    /// <summary>The rules' own account: what the delivery rule heard, took and failed at, and what the stream rule took.</summary>
    private async Task<long[]> RuleCountsAsync() => JsonSerializer.Deserialize<long[]>((await dev.Cloud.PythonAsync($$"""
        import datetime
        now, margin = datetime.datetime.utcnow(), datetime.timedelta(days=2)
        def count(rule, metric, action=None):
            points = client("cloudwatch").get_metric_statistics(Namespace="AWS/IoT", MetricName=metric, Period=3600, Statistics=["Sum"], StartTime=now - margin, EndTime=now + margin,
                Dimensions=[{"Name": "RuleName", "Value": rule}] + ([{"Name": "ActionType", "Value": action}] if action else []))["Datapoints"]
            return int(sum(point["Sum"] for point in points))
        delivery, stream = "{{DeliveryRule}}", "pipelines_dev_device_readings_stream"
        print([count(delivery, "TopicMatch"), count(delivery, "Success", "Firehose"), count(delivery, "ErrorActionSuccess", "S3"), count(stream, "Success", "Kinesis")])
        """)).Succeeded())!;

    private async Task CleanAsync()
    {
        const string job = "pipelines-dev-clean-telemetry";
        var run = (await dev.Cloud.AwsAsync("glue", "start-job-run", "--job-name", job, "--query", "JobRunId", "--output", "text")).Succeeded().Trim();
        await dev.Cloud.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await dev.Cloud.AwsAsync("glue", "get-job-run", "--job-name", job, "--run-id", run, "--query", "JobRun.[JobRunState,ErrorMessage]", "--output", "text")).Succeeded().Trim().ShouldBe("SUCCEEDED\tNone");
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
