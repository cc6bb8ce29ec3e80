using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Iot.Rules;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.Iot;

public sealed class RuleTests : IAsyncLifetime
{
    private readonly TestCloud _cloud = new();

    public async Task InitializeAsync()
    {
        await _cloud.InitializeAsync();
        await _cloud.CreateStreamAsync("readings");
    }

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Rule_ForMatchingMessages_SendsWhatItSelects()
    {
        (await _cloud.CreateRuleAsync("hot", "SELECT *, topic(2) AS device, clientid() AS client FROM 'telemetry/+/readings' WHERE temp > 10", IotCloud.ToStream("readings", "${topic(2)}"))).ShouldBe("");

        await _cloud.RunAsync("telemetry/d1/readings", """{"temp": 20}""");
        await _cloud.RunAsync("telemetry/d1/readings", """{"temp": 2}""");
        await _cloud.RunAsync("telemetry/d1/status", """{"temp": 30}""");
        await _cloud.RunAsync("telemetry/d2/readings", "no JSON");
        (await _cloud.PublishAsync("telemetry/d3/readings", """{"temp": 40}""")).ShouldContain("\"OK\"");

        _cloud.Records("readings").ShouldBe(["""d1: {"temp":20,"device":"d1","client":"device-1"}""", """d3: {"temp":40,"device":"d3","client":"n/a"}"""]);
        (await _cloud.MetricAsync("TopicMatch", ("RuleName", "hot"))).ShouldBe(4);
        (await _cloud.MetricAsync("Success", ("RuleName", "hot"), ("ActionType", "Kinesis"))).ShouldBe(2);
        (await _cloud.MetricAsync("ParseError", ("RuleName", "hot"))).ShouldBe(1);
        (await _cloud.MetricAsync("PublishIn.Success", ("Protocol", "Http"))).ShouldBe(1);
    }

    [Fact]
    public async Task Actions_ThatFail_GoToTheErrorActionInOneMessage()
    {
        var missing = $$$"""{{{IotCloud.ToStream("missing")}}}, {"s3": {"roleArn": "{{{IotCloud.Role}}}", "bucketName": "no-bucket", "key": "${topic(3)}"}}""";
        await _cloud.CreateRuleAsync("failing", "SELECT * FROM 'a/b/c'", $"{missing}, {IotCloud.ToStream("readings", "good")}", IotCloud.ToStream("readings", "error"));

        await _cloud.RunAsync("a/b/c", """{"n": 1}""", "device-7");

        var records = _cloud.Records("readings");
        records[0].ShouldBe("""good: {"n":1}""");
        var report = JsonNode.Parse(records[1]["error: ".Length..])!;
        report.AsObject().Select(member => member.Key).ShouldBe(["ruleName", "topic", "cloudwatchTraceId", "clientId", "base64OriginalPayload", "failures"]);
        (report["ruleName"]!.ToString(), report["topic"]!.ToString(), report["clientId"]!.ToString()).ShouldBe(("failing", "a/b/c", "device-7"));
        Encoding.UTF8.GetString(Convert.FromBase64String(report["base64OriginalPayload"]!.ToString())).ShouldBe("""{"n": 1}""");
        var failures = report["failures"]!.AsArray();
        failures.Select(failure => $"{failure!["failedAction"]} {failure["failedResource"]}").ShouldBe(["KinesisAction missing", "S3Action no-bucket"]);
        failures[1]!["errorMessage"]!.ToString().ShouldStartWith("Failed to put S3 object. The error received was The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; ");
        failures[1]!["errorMessage"]!.ToString().ShouldEndWith("Message arrived on: a/b/c, Action: s3, Bucket: no-bucket, Key: \"c\"");
        (await _cloud.MetricAsync("Failure", ("RuleName", "failing"), ("ActionType", "S3"))).ShouldBe(1);
        (await _cloud.MetricAsync("ErrorActionSuccess", ("RuleName", "failing"), ("ActionType", "Kinesis"))).ShouldBe(1);
    }

    [Fact]
    public async Task ErrorAction_ThatFails_IsCounted()
    {
        await _cloud.CreateRuleAsync("lost", "SELECT * FROM 'a'", IotCloud.ToStream("missing"), IotCloud.ToStream("missing-too"));

        await _cloud.RunAsync("a", "{}");

        (await _cloud.MetricAsync("ErrorActionFailure", ("RuleName", "lost"), ("ActionType", "Kinesis"))).ShouldBe(1);
    }

    [Fact]
    public async Task BasicIngest_NamesItsRule()
    {
        await _cloud.CreateRuleAsync("ingest", "SELECT topic() AS t FROM 'other/topic'", IotCloud.ToStream("readings"));
        await _cloud.CreateRuleAsync("everything", "SELECT 'no' AS t FROM '#'", IotCloud.ToStream("readings"));

        await _cloud.RunAsync("$aws/rules/ingest/Buildings/5", "{}");
        await _cloud.RunAsync("$aws/rules/nosuch/Buildings/5", "{}");

        _cloud.Records("readings").ShouldBe(["""k: {"t":"Buildings/5"}"""]);
        (await _cloud.MetricAsync("RuleNotFound", ("RuleName", "nosuch"))).ShouldBe(1);
    }

    [Fact]
    public async Task Republish_ReachesOtherRulesAndEndsACircle()
    {
        await _cloud.CreateRuleAsync("first", "SELECT 1 AS one FROM 'in'", $$$"""{"republish": {"roleArn": "{{{IotCloud.Role}}}", "topic": "out/${topic()}"}}""");
        await _cloud.CreateRuleAsync("second", "SELECT *, topic() AS t FROM 'out/+'", IotCloud.ToStream("readings"));
        await _cloud.CreateRuleAsync("circle", "SELECT * FROM 'circle'", $$$"""{"republish": {"roleArn": "{{{IotCloud.Role}}}", "topic": "circle"}}""", IotCloud.ToStream("readings", "error"));

        await _cloud.RunAsync("in", "{}");
        await _cloud.RunAsync("circle", "{}");

        var records = _cloud.Records("readings");
        records[0].ShouldBe("""k: {"one":1,"t":"out/in"}""");
        records[1].ShouldContain("rules republish in a circle");
        records.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Firehose_GetsTheSeparator_AndEachElementOfABatch()
    {
        await _cloud.ProvisionAsync("AWS::S3::Bucket", """{"BucketName": "lake"}""");
        await _cloud.ProvisionAsync("AWS::KinesisFirehose::DeliveryStream", $$$"""
            {"DeliveryStreamName": "lake", "DeliveryStreamType": "DirectPut",
             "ExtendedS3DestinationConfiguration": {"BucketARN": "arn:aws:s3:::lake", "RoleARN": "{{{IotCloud.Role}}}", "BufferingHints": {"IntervalInSeconds": 60, "SizeInMBs": 1} } }
            """);
        await _cloud.AdvanceAsync(TimeSpan.FromMinutes(2));
        await _cloud.CreateRuleAsync("lines", "SELECT * FROM 'line'", $$$"""{"firehose": {"roleArn": "{{{IotCloud.Role}}}", "deliveryStreamName": "lake", "separator": "\n"}}""");
        await _cloud.CreateRuleAsync("batch", "SELECT VALUE e FROM 'batch'", $$$"""{"firehose": {"roleArn": "{{{IotCloud.Role}}}", "deliveryStreamName": "lake", "separator": ",", "batchMode": true}}""");

        await _cloud.RunAsync("line", """{"n": 1}""");
        await _cloud.RunAsync("line", """{"n": 2}""");
        await _cloud.RunAsync("batch", """{"e": [3, {"n": 4}]}""");
        await _cloud.AdvanceAsync(TimeSpan.FromMinutes(2));

        var store = _cloud.Get<IObjectStore>();
        var file = store.List(_cloud.Call, "lake", "").ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(file.File)).ShouldBe("{\"n\":1}\n{\"n\":2}\n3,{\"n\":4},");
    }

    [Fact]
    public async Task Rule_ThatIsSwitchedOff_DoesNothing()
    {
        await _cloud.CreateRuleAsync("switched", "SELECT * FROM 'a'", IotCloud.ToStream("readings"));
        (await _cloud.RestAsync("POST", "/rules/switched/disable")).ShouldBe("");
        await _cloud.RunAsync("a", """{"n":1}""");
        (await _cloud.RestAsync("POST", "/rules/switched/enable")).ShouldBe("");
        await _cloud.RunAsync("a", """{"n":2}""");

        _cloud.Records("readings").ShouldBe(["""k: {"n":2}"""]);
        var rule = JsonNode.Parse(await _cloud.RestAsync("GET", "/rules/switched"))!;
        rule["ruleArn"]!.ToString().ShouldBe("arn:aws:iot:eu-west-1:000000000000:rule/switched");
        rule["rule"]!["sql"]!.ToString().ShouldBe("SELECT * FROM 'a'");
        (await _cloud.RestAsync("DELETE", "/rules/switched")).ShouldBe("");
        (await _cloud.RestAsync("GET", "/rules/switched")).ShouldBe("UnauthorizedException: Access to TopicRule 'switched' was denied");
    }

    [Theory]
    [InlineData("hyphen-ed", "SELECT * FROM 'a'", "InvalidRequestException: 1 validation error detected: Value 'hyphen-ed' at 'ruleName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_]+$")]
    [InlineData("rule", "SELECT * FORM 'a'", "SqlParseException: Expected FROM, WHERE or the end but found 'FORM' at 1:10")]
    [InlineData("rule", "SELECT nosuch(1) AS a FROM 'a'", "SqlParseException: Unknown function 'nosuch' at 1:8")]
    [InlineData("rule", "SELECT get_thing_shadow('a', 'b') AS a FROM 'a'", "SqlParseException: The function 'get_thing_shadow' calls the device shadows, which this rules engine doesn't do at 1:8")]
    public async Task Create_WhatIsWrong_IsRefused(string name, string sql, string error) =>
        (await _cloud.CreateRuleAsync(name, sql, IotCloud.ToStream("readings"))).ShouldBe(error);

    [Fact]
    public async Task Create_WhatIsNotSupported_IsRefusedByName()
    {
        (await _cloud.CreateRuleAsync("r", "SELECT * FROM 'a'", """{"dynamoDBv2": {}}""")).ShouldContain("dynamoDBv2");
        (await _cloud.RestAsync("POST", "/rules/r", """{"sql": "SELECT * FROM 'a'", "actions": []}""")).ShouldContain("2015-10-08");
        (await _cloud.CreateRuleAsync("r", "SELECT * FROM 'a'", IotCloud.ToStream("readings", "${nosuch()}"))).ShouldBe("SqlParseException: actions.1: Unknown function 'nosuch' at 1:1");
    }

    [Theory]
    [InlineData("a/+", "InvalidRequestException: The topic a/+ has a wildcard: messages are published on one topic.")]
    [InlineData("$aws/things/t/shadow/update", "InvalidRequestException: The topic $aws/things/t/shadow/update is reserved: beginning with $ there is only $aws/rules/<rule>/…")]
    [InlineData("1/2/3/4/5/6/7/8/9", "InvalidRequestException: The topic 1/2/3/4/5/6/7/8/9 has more than 7 slashes.")]
    public async Task Publish_BeyondTheLimits_IsRefused(string topic, string error) => (await _cloud.PublishAsync(topic, "{}")).ShouldBe(error);

    [Fact]
    public async Task Publish_Retained_IsKept()
    {
        await _cloud.PublishAsync("state/door", "open", "?retain=true&qos=1");

        JsonNode.Parse(await _cloud.RestAsync("GET", "/retainedMessage/state%2Fdoor", null, "iotdata"))!["payload"]!.ToString().ShouldBe(Convert.ToBase64String("open"u8));
        await _cloud.PublishAsync("state/door", "", "?retain=true");
        (await _cloud.RestAsync("GET", "/retainedMessage", null, "iotdata")).ShouldBe("""{"retainedTopics":[]}""");
    }

    [Fact]
    public async Task Logging_AtItsLevel_GoesToAwsIotLogsV2()
    {
        await _cloud.RestAsync("POST", "/v2LoggingOptions", $$"""{"roleArn": "{{IotCloud.Role}}", "defaultLogLevel": "ERROR"}""");
        await _cloud.CreateRuleAsync("failing", "SELECT * FROM 'a'", IotCloud.ToStream("missing"));

        await _cloud.RunAsync("a", "{}");

        var lines = (await _cloud.JsonAsync("Logs_20140328.FilterLogEvents", """{"logGroupName": "AWSIotLogsV2"}"""))["events"]!.AsArray();
        var line = JsonNode.Parse(lines.ShouldHaveSingleItem()!["message"]!.ToString())!;
        (line["logLevel"]!.ToString(), line["eventType"]!.ToString(), line["ruleName"]!.ToString(), line["ruleAction"]!.ToString()).ShouldBe(("ERROR", "RuleExecution", "failing", "KinesisAction"));
    }

    [Fact]
    public async Task Batch_OfManyMessages_KeepsTheirOrder()
    {
        await _cloud.CreateRuleAsync("all", "SELECT n FROM 'a'", IotCloud.ToStream("readings"));

        await _cloud.Get<RulesEngine>().RunAsync([.. Enumerable.Range(0, 200).Select(n => new InboundMessage("a", Encoding.UTF8.GetBytes($"{{\"n\":{n}}}")))]);

        _cloud.Records("readings").ShouldBe([.. Enumerable.Range(0, 200).Select(n => $"k: {{\"n\":{n}}}")]);
    }
}
