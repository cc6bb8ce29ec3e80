using System.Text.Json;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Alarms;

/// <summary>What the commands make of answers. That alarms fire and mail is tested where they are deployed.</summary>
public sealed class AlarmCommandTests
{
    private const string Topic = "arn:aws:sns:eu-west-1:000000000000:pipelines-dev";

    [Fact]
    public async Task Alarms_AsATable_ShowThoseThatNeedSomebodyFirst_AndTheirRunbooks()
    {
        var (code, output, error) = await RunAsync("alarms");
        code.ShouldBe(ExitCode.Done, error);
        output.Split('\n').Where(line => line.Contains("pipelines-dev-", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe([
                "pipelines-dev-database-admin-errors ALARM 2026-11-20 09:05:10Z docs/runbooks/function.md#errors",
                "pipelines-dev-database-processor INSUFFICIENT_DATA 2026-11-20 09:00:00Z docs/runbooks/database.md#processor",
                "pipelines-dev-sakila-pipeline OK 2026-11-20 09:01:00Z docs/runbooks/pipeline.md#pipeline",
            ]);
        error.TrimEnd().ShouldBe("3 alarms of dev: 1 ALARM, 1 INSUFFICIENT_DATA, 1 OK.");
    }

    [Fact]
    public async Task Alarms_OfOneState_AsJson_AreForPrograms()
    {
        var (_, output, _) = await RunAsync("alarms", "--state", "ALARM", "--format", "json");
        var alarm = JsonDocument.Parse(output).RootElement.EnumerateArray().ShouldHaveSingleItem();
        alarm.EnumerateObject().Select(member => $"{member.Name}={member.Value}").ShouldBe([
            "alarm=pipelines-dev-database-admin-errors", "state=ALARM", "since=2026-11-20 09:05:10Z", "runbook=docs/runbooks/function.md#errors",
        ]);
    }

    [Theory]
    [InlineData("database-admin-errors")]
    [InlineData("pipelines-dev-database-admin-errors")]
    public async Task History_OfAnAlarm_IsFoundByItsShortName(string name)
    {
        var (code, output, error) = await RunAsync("alarms", "--history", name, "--format", "json");
        code.ShouldBe(ExitCode.Done, error);
        JsonDocument.Parse(output).RootElement[0].EnumerateObject().Select(member => $"{member.Name}={member.Value}")
            .ShouldBe(["time=2026-11-20 09:05:10Z", "what=StateUpdate", "summary=Alarm updated from OK to ALARM"]);
    }

    [Fact]
    public async Task History_OfAnUnknownAlarm_NamesTheClosest()
    {
        var (code, _, error) = await RunAsync("alarms", "--history", "database-admin-error");
        code.ShouldBe(ExitCode.BadInput);
        error.TrimEnd().ShouldBe("There is no alarm pipelines-dev-database-admin-error. Did you mean pipelines-dev-database-admin-errors?");
    }

    [Fact]
    public async Task Inbox_OfBothTopics_IsNewestFirst()
    {
        var (code, output, error) = await RunAsync("inbox", "--format", "json");
        code.ShouldBe(ExitCode.Done, error);
        JsonDocument.Parse(output).RootElement.EnumerateArray().Select(mail => string.Join(" | ", mail.EnumerateObject().Select(member => member.Value))).ShouldBe([
            "2026-11-20 09:06:10Z | critical | ALARM: \"pipelines-dev-sakila-pipeline\" in EU (Ireland) | one of its alarms fires",
            "2026-11-20 09:05:10Z | warning | ALARM: \"pipelines-dev-database-admin-errors\" in EU (Ireland) | 1 datapoint was greater than the threshold",
            "2026-11-20 09:04:00Z | warning |  | just text",
        ]);
        error.TrimEnd().ShouldBe("3 of 3 messages.");
        (await RunAsync("inbox", "--last", "1")).Error.TrimEnd().ShouldBe("1 of 3 messages.");
    }

    [Fact]
    public async Task Inbox_OnAws_SaysWhereTheMailWent()
    {
        var (code, _, error) = await Fixtures.Cli.RunAsync(new Dictionary<string, string?> { ["AWS_REGION"] = "eu-west-1" }, null, "inbox", "--env", "prod");
        code.ShouldBe(ExitCode.Done, error);
        error.TrimEnd().ShouldBe("On AWS there is no inbox: mail went to environments.prod.alarmAddresses. What was sent: pipelines alarms --history <name>");
    }

    private static async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var service = new FakeService(Answer);
        return await Fixtures.Cli.RunAsync(new Dictionary<string, string?> { ["AWS_ENDPOINT_URL"] = service.Url }, null, arguments);
    }

    private static (int Status, string Body, string? ErrorType) Answer(string path, string body) => (200, path switch
    {
        $"/_local/sns/{Topic}-warning" => """
            {"Timestamp":"2026-11-20T09:04:00Z","Message":"just text"}
            {"Timestamp":"2026-11-20T09:05:10Z","Subject":"ALARM: \"pipelines-dev-database-admin-errors\" in EU (Ireland)","Message":"{\"NewStateReason\":\"1 datapoint was greater than the threshold\"}"}
            """,
        $"/_local/sns/{Topic}-critical" => """{"Timestamp":"2026-11-20T09:06:10Z","Subject":"ALARM: \"pipelines-dev-sakila-pipeline\" in EU (Ireland)","Message":"{\"NewStateReason\":\"one of its alarms fires\"}"}""",
        _ => Query(body),
    }, null);

    private static string Query(string form) => form.Split('&').First(field => field.StartsWith("Action=", StringComparison.Ordinal))["Action=".Length..] switch
    {
        "DescribeStacks" => Result("DescribeStacks", $"""
            <Stacks><member><StackName>pipelines-dev-monitoring</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-20T09:00:00Z</CreationTime><Outputs>
              <member><OutputKey>CriticalTopicArn</OutputKey><OutputValue>{Topic}-critical</OutputValue></member>
              <member><OutputKey>WarningTopicArn</OutputKey><OutputValue>{Topic}-warning</OutputValue></member></Outputs></member></Stacks>
            """),
        "DescribeAlarms" => Result("DescribeAlarms", $"""
            <CompositeAlarms>{Alarm("sakila-pipeline", "OK", "09:01:00", "pipeline.md#pipeline")}</CompositeAlarms>
            <MetricAlarms>{Alarm("database-processor", "INSUFFICIENT_DATA", "09:00:00", "database.md#processor")}{Alarm("database-admin-errors", "ALARM", "09:05:10", "function.md#errors")}</MetricAlarms>
            """),
        "DescribeAlarmHistory" => Result("DescribeAlarmHistory", """
            <AlarmHistoryItems><member><Timestamp>2026-11-20T09:05:10Z</Timestamp><HistoryItemType>StateUpdate</HistoryItemType><HistorySummary>Alarm updated from OK to ALARM</HistorySummary></member></AlarmHistoryItems>
            """),
        var other => throw new InvalidOperationException($"The fake does not know {other}."),
    };

    private static string Alarm(string name, string state, string time, string runbook) => $"""
        <member><AlarmName>pipelines-dev-{name}</AlarmName><AlarmDescription>It is so. Runbook: docs/runbooks/{runbook}</AlarmDescription>
          <StateValue>{state}</StateValue><StateUpdatedTimestamp>2026-11-20T{time}Z</StateUpdatedTimestamp></member>
        """;

    private static string Result(string action, string result) => $"<{action}Response><{action}Result>{result}</{action}Result></{action}Response>";
}
