using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;
using PipelineStacks.LocalCloud.Services.EventBridge;

namespace PipelineStacks.LocalCloud.Tests.CloudWatch;

public sealed class AlarmTests : IAsyncLifetime
{
    private const string Target = "GraniteServiceVersion20100801.";
    private static readonly MetricId Errors = new(TestCloud.Account, TestCloud.Region, "AWS/Lambda", "Errors", "Count", new(("FunctionName", "f")));

    private readonly string _data = Directory.CreateTempSubdirectory("alarms-").FullName;
    private TestCloud _cloud = null!;
    private string _topic = "";

    public async Task InitializeAsync()
    {
        _cloud = new TestCloud { DataDirectory = _data };
        await _cloud.InitializeAsync();
        _topic = (await _cloud.QueryAsync("sns", "CreateTopic", ("Name", "pages"))).Descendants("TopicArn").Single().Value;
    }

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Alarm_OfAMetricThatBreaches_AlarmsAfterItsPeriodsAndRecovers()
    {
        await PutAsync("errors", periods: 2);
        await MinutesAsync(1, 0);
        (await StateAsync("errors")).ShouldBe("OK");
        await MinutesAsync(1, 5);
        (await StateAsync("errors")).ShouldBe("OK");
        await MinutesAsync(1, 5);
        (await StateAsync("errors")).ShouldBe("ALARM");
        await MinutesAsync(3, 5);
        await MinutesAsync(1, 0);
        (await StateAsync("errors")).ShouldBe("OK");
        (await InboxAsync()).Select(mail => (string)mail["Subject"]!).ShouldBe(["OK: \"errors\" in EU (Ireland)", "ALARM: \"errors\" in EU (Ireland)", "OK: \"errors\" in EU (Ireland)"]);
    }

    [Fact]
    public async Task Notification_OfAnAlarm_HasCloudWatchsForm()
    {
        await PutAsync("errors", periods: 1);
        await MinutesAsync(1, 7);
        var message = JsonNode.Parse((string)(await InboxAsync()).Single()["Message"]!)!;
        ((string)message["NewStateReason"]!).ShouldBe("Threshold Crossed: 1 out of the last 1 datapoints [7 (20/11/26 09:00:00)] was greater than the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).");
        ((string)message["OldStateValue"]!, (string)message["NewStateValue"]!, (string)message["AlarmDescription"]!).ShouldBe(("INSUFFICIENT_DATA", "ALARM", "Too many errors"));
        ((string)message["AlarmArn"]!).ShouldBe($"arn:aws:cloudwatch:{TestCloud.Region}:{TestCloud.Account}:alarm:errors");
        message["Trigger"]!.ToJsonString().ShouldBe("""{"Period":60,"EvaluationPeriods":1,"DatapointsToAlarm":null,"ComparisonOperator":"GreaterThanThreshold","Threshold":1,"TreatMissingData":"missing","MetricName":"Errors","Namespace":"AWS/Lambda","StatisticType":"Statistic","Statistic":"SUM","Unit":null,"Dimensions":[{"value":"f","name":"FunctionName"}]}""");
    }

    [Fact]
    public async Task Alarm_OfALongPeriod_SlidesWithTheMinutes()
    {
        await PutAsync("errors", periods: 1, period: 300, threshold: 10);
        await MinutesAsync(3, 3);
        (await StateAsync("errors")).ShouldBe("OK");
        await MinutesAsync(1, 3);
        (await StateAsync("errors")).ShouldBe("ALARM");
        // Four minutes with 3 lie in the last five, then three.
        await MinutesAsync(1, 0);
        (await StateAsync("errors")).ShouldBe("ALARM");
        await MinutesAsync(1, 0);
        (await StateAsync("errors")).ShouldBe("OK");
    }

    [Fact]
    public async Task Alarm_WithoutData_IsTreatedAsItSays()
    {
        await PutAsync("missing", periods: 1);
        await PutAsync("breaching", periods: 1, missing: "breaching");
        await PutAsync("not-breaching", periods: 1, missing: "notBreaching");
        await _cloud.AdvanceAsync(TimeSpan.FromMinutes(2));
        (await StateAsync("missing"), await StateAsync("breaching"), await StateAsync("not-breaching")).ShouldBe(("INSUFFICIENT_DATA", "ALARM", "OK"));
    }

    [Fact]
    public async Task Alarm_OnAnExpression_EvaluatesIt()
    {
        await _cloud.JsonAsync(Target + "PutMetricAlarm", $$"""
            { "AlarmName": "share", "EvaluationPeriods": 1, "Threshold": 50, "ComparisonOperator": "GreaterThanThreshold", "Metrics": [
              { "Id": "e", "Expression": "100 * errors / (errors + 5)", "ReturnData": true },
              { "Id": "errors", "ReturnData": false, "MetricStat": { "Period": 60, "Stat": "Sum", "Metric": { "Namespace": "AWS/Lambda", "MetricName": "Errors", "Dimensions": [ { "Name": "FunctionName", "Value": "f" } ] } } } ] }
            """);
        await MinutesAsync(1, 5);
        (await StateAsync("share")).ShouldBe("OK");
        await MinutesAsync(1, 6);
        (await StateAsync("share")).ShouldBe("ALARM");
    }

    [Fact]
    public async Task CompositeAlarm_OfTwoCauses_PagesOnce()
    {
        await PutAsync("a", periods: 1, actions: false);
        await PutAsync("b", periods: 1, actions: false);
        await _cloud.JsonAsync(Target + "PutCompositeAlarm", $$"""{ "AlarmName": "pipeline", "AlarmRule": "ALARM(a) OR ALARM(\"b\")", "AlarmActions": ["{{_topic}}"] }""");
        await MinutesAsync(3, 9);
        (await StateAsync("pipeline")).ShouldBe("ALARM");
        (await InboxAsync()).Select(mail => (string)mail["Subject"]!).ShouldBe(["ALARM: \"pipeline\" in EU (Ireland)"]);
        await MinutesAsync(1, 0);
        (await StateAsync("pipeline")).ShouldBe("OK");
        (await _cloud.JsonErrorAsync(Target + "DeleteAlarms", """{ "AlarmNames": ["a"] }""")).ShouldContain("referenced by the composite alarm pipeline");
    }

    [Fact]
    public async Task History_OfAnAlarm_HoldsChangesAndActions()
    {
        await PutAsync("errors", periods: 1, topic: $"arn:aws:sns:{TestCloud.Region}:{TestCloud.Account}:gone");
        await MinutesAsync(1, 9);
        var items = (await _cloud.JsonAsync(Target + "DescribeAlarmHistory", """{ "AlarmName": "errors" }"""))["AlarmHistoryItems"]!.AsArray();
        items.Select(item => $"{item!["HistoryItemType"]}: {item["HistorySummary"]}").ShouldBe([
            $"Action: Failed to execute action arn:aws:sns:{TestCloud.Region}:{TestCloud.Account}:gone. Received error: \"Topic does not exist\"",
            "StateUpdate: Alarm updated from INSUFFICIENT_DATA to ALARM",
            "ConfigurationUpdate: Alarm \"errors\" created",
        ]);
    }

    [Fact]
    public async Task Transition_OfAnAlarm_IsAnEvent()
    {
        await PutAsync("errors", periods: 1);
        await _cloud.JsonAsync(Target + "SetAlarmState", """{ "AlarmName": "errors", "StateValue": "ALARM", "StateReason": "a drill" }""");
        var text = string.Join('\n', _cloud.Get<EventJournal>().Read());
        text.ShouldContain("CloudWatch Alarm State Change");
        text.ShouldContain("a drill");
    }

    [Fact]
    public async Task Transition_FoundByManyAtOnce_IsMailedOnce()
    {
        await PutAsync("errors", periods: 1);
        var (transitions, key) = (_cloud.Get<AlarmTransitions>(), AlarmState.Key(_cloud.Call, "errors"));
        Parallel.For(0, 32, _ => transitions.Move(key, "ALARM", "a drill", null));
        (await InboxAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Alarm_AfterARestart_GoesOn()
    {
        await PutAsync("errors", periods: 1);
        await MinutesAsync(1, 9);
        await _cloud.RestartAsync();
        (await StateAsync("errors")).ShouldBe("ALARM");
        // Virtual time begins anew, with the values of its first minute already there.
        await MinutesAsync(2, 0);
        (await StateAsync("errors")).ShouldBe("OK");
    }

    [Fact]
    public async Task Alarm_WithDisabledActions_IsSilent()
    {
        await PutAsync("errors", periods: 1);
        await _cloud.JsonAsync(Target + "DisableAlarmActions", """{ "AlarmNames": ["errors"] }""");
        await MinutesAsync(1, 9);
        (await StateAsync("errors")).ShouldBe("ALARM");
        (await InboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "AlarmName": "x", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Threshold": 1, "Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 90 }""", "The parameter Period must be 10, 20, 30 or a multiple of 60, not 90.")]
    [InlineData("""{ "AlarmName": "x", "ComparisonOperator": "Above", "EvaluationPeriods": 1, "Threshold": 1 }""", "The value 'Above' at 'comparisonOperator' must be one of")]
    [InlineData("""{ "AlarmName": "x", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 25, "Threshold": 1, "Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 3660 }""", "")]
    [InlineData("""{ "AlarmName": "x", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1500, "Threshold": 1, "Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 60 }""", "Metrics cannot be checked across more than a day")]
    [InlineData("""{ "AlarmName": "x", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "DatapointsToAlarm": 2, "Threshold": 1, "Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 60 }""", "DatapointsToAlarm must be between 1 and EvaluationPeriods")]
    [InlineData("""{ "AlarmName": "x", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Threshold": 1, "Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 60, "AlarmActions": ["arn:aws:automate:eu-west-1:ec2:stop"] }""", "The alarm action arn:aws:automate:eu-west-1:ec2:stop")]
    [InlineData("""{ "AlarmName": "x", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Threshold": 1, "Metrics": [{ "Id": "e", "Expression": "m + 1" }] }""", "Unknown identifier 'm' in the expression of e.")]
    [InlineData("""{ "AlarmName": "x", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Threshold": 1, "Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 60, "TreatMissingData": "bad" }""", "The value 'bad' for parameter TreatMissingData")]
    public async Task Alarm_ThatCloudWatchRefuses_IsRefused(string request, string message)
    {
        if (message.Length == 0)
            await _cloud.JsonAsync(Target + "PutMetricAlarm", request);
        else
            (await _cloud.JsonErrorAsync(Target + "PutMetricAlarm", request)).ShouldContain(message);
    }

    [Fact]
    public async Task Alarm_OfATemplate_IsMadeChangedAndDeleted()
    {
        const string properties = """{ "AlarmName": "t", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Threshold": "1", "Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 60, "Tags": [{ "Key": "a", "Value": "1" }] }""";
        var made = await _cloud.ProvisionAsync("AWS::CloudWatch::Alarm", properties);
        made.PhysicalId.ShouldBe("t");
        var provisioner = _cloud.Provisioner("AWS::CloudWatch::Alarm");
        var context = _cloud.Context("AWS::CloudWatch::Alarm");
        var (before, after) = (JsonNode.Parse(properties)!.AsObject(), JsonNode.Parse(properties.Replace("\"Threshold\": \"1\"", "\"Threshold\": 5", StringComparison.Ordinal))!.AsObject());
        await provisioner.UpdateAsync(context, "t", before, after);
        ((double)(await AlarmAsync("t"))["Threshold"]!).ShouldBe(5);
        (await _cloud.JsonAsync(Target + "ListTagsForResource", $$"""{ "ResourceARN": "{{(string)made.Attributes["Arn"]!}}" }"""))["Tags"]!.AsArray().Count.ShouldBe(1);
        await provisioner.DeleteAsync(context, "t", after);
        (await _cloud.JsonAsync(Target + "DescribeAlarms", "{}"))["MetricAlarms"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Dashboard_WithABrokenBody_IsRefusedByPlace()
    {
        await _cloud.JsonAsync(Target + "PutDashboard", """{ "DashboardName": "d", "DashboardBody": "{\"widgets\":[{\"type\":\"text\",\"properties\":{\"markdown\":\"x\"}}]}" }""");
        ((string)(await _cloud.JsonAsync(Target + "GetDashboard", """{ "DashboardName": "d" }"""))["DashboardArn"]!).ShouldBe($"arn:aws:cloudwatch::{TestCloud.Account}:dashboard/d");
        (await _cloud.JsonErrorAsync(Target + "PutDashboard", """{ "DashboardName": "d", "DashboardBody": "{\"widgets\":[{\"type\":\"pie\",\"properties\":{}}]}" }"""))
            .ShouldBe("InvalidParameterInput: The dashboard body is invalid at /widgets/0/type: a widget's type must be metric, text, log, alarm, explorer or custom.");
    }

    [Fact]
    public async Task Alarms_ByTheQueryProtocol_AreShown()
    {
        await PutAsync("errors", periods: 1);
        var shown = await _cloud.QueryAsync("monitoring", "DescribeAlarms", ("AlarmNames.member.1", "errors"));
        shown.Descendants("MetricAlarms").Single().Descendants("AlarmName").Single().Value.ShouldBe("errors");
    }

    private Task<JsonNode> PutAsync(string name, int periods, int period = 60, double threshold = 1, string? missing = null, bool actions = true, string? topic = null)
    {
        var arns = actions ? $"[\"{topic ?? _topic}\"]" : "[]";
        return _cloud.JsonAsync(Target + "PutMetricAlarm", $$"""
            { "AlarmName": "{{name}}", "AlarmDescription": "Too many errors", "Namespace": "AWS/Lambda", "MetricName": "Errors", "Statistic": "Sum", "Period": {{period}},
              "Dimensions": [ { "Name": "FunctionName", "Value": "f" } ], "EvaluationPeriods": {{periods}}, "Threshold": {{threshold}}, "ComparisonOperator": "GreaterThanThreshold",
              "TreatMissingData": "{{missing ?? "missing"}}", "AlarmActions": {{arns}}, "OKActions": {{arns}} }
            """);
    }

    /// <summary>Minutes in each of which the function has so many errors, up to the evaluation after the last.</summary>
    private async Task MinutesAsync(int count, double errors)
    {
        for (var i = 0; i < count; i++)
        {
            var start = new DateTimeOffset(_cloud.Now.Ticks - (_cloud.Now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
            _cloud.Get<IMetricSink>().Put(Errors, errors, start);
            await _cloud.AdvanceAsync(start.AddSeconds(75) - _cloud.Now);
        }
    }

    private async Task<string> StateAsync(string name) => (string)(await AlarmAsync(name))["StateValue"]!;

    private async Task<JsonNode> AlarmAsync(string name)
    {
        var answer = await _cloud.JsonAsync(Target + "DescribeAlarms", $$"""{ "AlarmNames": ["{{name}}"], "AlarmTypes": ["MetricAlarm", "CompositeAlarm"] }""");
        return answer["MetricAlarms"]!.AsArray().Concat(answer["CompositeAlarms"]!.AsArray()).Single()!;
    }

    private async Task<IReadOnlyList<JsonNode>> InboxAsync()
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(_cloud.Host.Endpoint, $"/_local/sns/{_topic}"));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
