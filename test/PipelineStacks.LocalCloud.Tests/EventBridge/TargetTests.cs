using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.Tests.Lambda;

namespace PipelineStacks.LocalCloud.Tests.EventBridge;

public sealed class TargetTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    private static int _next;

    // The transformer's rows follow the examples of the user guide.
    [Theory]
    [InlineData("""{}""", """{"version":"0","id":"ID","detail-type":"happened","source":"app","account":"000000000000","time":"2026-11-20T09:00:00Z","region":"eu-west-1","resources":["arn:r"],"detail":{"text":"a \"b\"","n":1.50,"list":["x","y"],"none":null}}""")]
    [InlineData("""{"Input":"{\"constant\": [1, 2]}"}""", """{"constant": [1, 2]}""")]
    [InlineData("""{"InputPath":"$.detail.list"}""", """["x","y"]""")]
    [InlineData("""{"InputPath":"$.detail['list'][1]"}""", "\"y\"")]
    [InlineData("""{"InputPath":"$.detail-type"}""", "\"happened\"")]
    [InlineData("""{"InputTransformer":{"InputTemplate":"{\"t\": \"constant\"}"}}""", """{"t": "constant"}""")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":{"t":"$.detail.text","n":"$.detail.n"},"InputTemplate":"{\"t\": <t>, \"n\": <n>, \"both\": \"<t> and <n>\"}"}}""",
        """{"t": "a \"b\"", "n": 1.50, "both": "a \"b\" and 1.50"}""")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":{"l":"$.detail.list","m":"$.detail.missing"},"InputTemplate":"{\"l\": <l>, \"m\": <m>, \"in\": \"(<m>)\"}"}}""",
        """{"l": ["x","y"], "m": "", "in": "()"}""")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":{"s":"$.source"},"InputTemplate":"\"The source is <s>\"\n\"by <aws.events.rule-name>\""}}""",
        "\"The source is app\"\n\"by RULE\"")]
    [InlineData("""{"InputTransformer":{"InputTemplate":"{\"at\": <aws.events.event.ingestion-time>, \"arn\": <aws.events.rule-arn>}"}}""",
        """{"at": "2026-11-20T09:00:00.000Z", "arn": "arn:aws:events:eu-west-1:000000000000:rule/RULE"}""")]
    [InlineData("""{"InputTransformer":{"InputTemplate":"{\"e\": <aws.events.event>}"}}""",
        """{"e": {"version":"0","id":"ID","detail-type":"happened","source":"app","account":"000000000000","time":"2026-11-20T09:00:00Z","region":"eu-west-1","resources":["arn:r"]}}""")]
    public async Task Input_OfATopic_IsMadeAsTheTargetSays(string properties, string expected)
    {
        var name = $"input{Interlocked.Increment(ref _next)}";
        var target = JsonNode.Parse(properties)!.AsObject();
        target["Id"] = "1";
        target["Arn"] = await cloud.TopicAsync(name);
        await cloud.RuleAsync(name, """{"source":["app"]}""", target.ToJsonString());
        await cloud.EventAsync("""{"text":"a \"b\"","n":1.50,"list":["x","y"],"none":null}""");
        var message = (await cloud.InboxAsync(name)).Single();
        if (message.Contains("\"id\"", StringComparison.Ordinal))
            message = System.Text.RegularExpressions.Regex.Replace(message, "\"id\":\"[^\"]+\"", "\"id\":\"ID\"");
        message.ShouldBe(expected.Replace("RULE", name, StringComparison.Ordinal));
        (cloud.Metric(name, "MatchedEvents"), cloud.Metric(name, "TriggeredRules"), cloud.Metric(name, "Invocations"), cloud.Metric(name, "FailedInvocations"))
            .ShouldBe((1, 1, 1, 0));
        await Drop(name);
    }

    [Theory]
    [InlineData("""{"Arn":"nonsense"}""", "ValidationException: Parameter nonsense is not valid. Reason: Provided Arn is not in correct format.")]
    [InlineData("""{"Arn":"arn:aws:sqs:eu-west-1:000000000000:q"}""",
        "NotImplementedByLocalCloud: A target of sqs (arn:aws:sqs:eu-west-1:000000000000:q; rules reach firehose, ")]
    [InlineData("""{"Arn":"arn:aws:kinesis:eu-west-1:000000000000:stream/s"}""",
        "ValidationException: RoleArn is required for target arn:aws:kinesis:eu-west-1:000000000000:stream/s.")]
    [InlineData("""{"Arn":"arn:aws:kinesis:eu-west-1:000000000000:stream/s","RoleArn":"arn:aws:iam::000000000000:role/none"}""",
        "ValidationException: Provided role 'arn:aws:iam::000000000000:role/none' cannot be assumed by principal 'events.amazonaws.com'.")]
    [InlineData("""{"Arn":"arn:aws:sns:eu-west-1:000000000000:t","Input":"{"}""", "ValidationException: JSON syntax error in input for target 1.")]
    [InlineData("""{"Arn":"arn:aws:sns:eu-west-1:000000000000:t","Input":"{}","InputPath":"$"}""",
        "ValidationException: Only one of Input, InputPath, or InputTransformer must be provided for target 1.")]
    [InlineData("""{"Arn":"arn:aws:sns:eu-west-1:000000000000:t","InputPath":"detail"}""", "ValidationException: Invalid JSON path detail for target 1.")]
    [InlineData("""{"Arn":"arn:aws:sns:eu-west-1:000000000000:t","InputTransformer":{"InputPathsMap":{"a":"$.x"},"InputTemplate":"<b>"}}""",
        "ValidationException: InputTemplate for target 1 contains invalid placeholder b.")]
    [InlineData("""{"Arn":"arn:aws:sns:eu-west-1:000000000000:t","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:000000000000:q"}}""",
        "NotImplementedByLocalCloud: DeadLetterConfig of EventBridge targets (there is no SQS)")]
    [InlineData("""{"Arn":"arn:aws:sns:eu-west-1:000000000000:t","RetryPolicy":{"MaximumRetryAttempts":186}}""",
        "ValidationException: 1 validation error detected: Value '186' at 'targets.1.member.retryPolicy.maximumRetryAttempts'")]
    [InlineData("""{"Arn":"arn:aws:sns:eu-west-1:000000000000:t","EcsParameters":{}}""", "SerializationException: Targets[0].EcsParameters of EventBridge PutTargets is not supported")]
    public async Task Target_ThatCannotBe_IsRefused(string properties, string error)
    {
        await cloud.RuleAsync("refusing", "rate(1 day)");
        var target = JsonNode.Parse(properties)!.AsObject();
        target["Id"] = "1";
        (await cloud.JsonErrorAsync("AWSEvents.PutTargets", $$"""{"Rule":"refusing","Targets":[{{target.ToJsonString()}}]}""")).ShouldStartWith(error);
    }

    [Fact]
    public async Task Target_Sixth_IsRefused()
    {
        await cloud.RuleAsync("many", "rate(1 day)", [.. Enumerable.Range(1, 5).Select(i => $$"""{"Id":"{{i}}","Arn":"arn:aws:sns:eu-west-1:000000000000:t"}""")]);
        (await cloud.JsonErrorAsync("AWSEvents.PutTargets", """{"Rule":"many","Targets":[{"Id":"6","Arn":"arn:aws:sns:eu-west-1:000000000000:t"}]}"""))
            .ShouldBe("LimitExceededException: The requested resource exceeds the maximum number allowed.");
    }

    [Fact]
    public async Task Event_ReachesStreamFunctionAndLogGroup()
    {
        var role = await cloud.RoleAsync("events-role", "events.amazonaws.com");
        await cloud.JsonAsync("Kinesis_20131202.CreateStream", """{"StreamName":"bus","ShardCount":1}""");
        await cloud.JsonAsync("Logs_20140328.CreateLogGroup", """{"logGroupName":"/aws/events/all"}""");
        var function = await cloud.NodeAsync("exports.handler = async e => console.log(`got ${e.n}`);");
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(1));
        await cloud.RuleAsync("fan", """{"detail":{"fan":[true]}}""",
        [
            $$$"""{"Id":"stream","Arn":"arn:aws:kinesis:{{{TestCloud.Region}}}:{{{TestCloud.Account}}}:stream/bus","RoleArn":"{{{role}}}","InputPath":"$.detail","KinesisParameters":{"PartitionKeyPath":"$.detail.key"}}""",
            $$"""{"Id":"function","Arn":"arn:aws:lambda:{{TestCloud.Region}}:{{TestCloud.Account}}:function:{{function}}","InputPath":"$.detail"}""",
            $$"""{"Id":"log","Arn":"arn:aws:logs:{{TestCloud.Region}}:{{TestCloud.Account}}:log-group:/aws/events/all:*","InputPath":"$.detail.key"}""",
            $$"""{"Id":"gone","Arn":"{{RuleCloud.TopicArn("gone")}}"}""",
        ]);
        await cloud.EventAsync("""{"fan":true,"key":"k1","n":7}""");
        await cloud.AdvanceAsync(TimeSpan.Zero);

        var iterator = await cloud.JsonAsync("Kinesis_20131202.GetShardIterator",
            """{"StreamName":"bus","ShardId":"shardId-000000000000","ShardIteratorType":"TRIM_HORIZON"}""");
        var record = (await cloud.JsonAsync("Kinesis_20131202.GetRecords", iterator.ToJsonString()))["Records"]!.AsArray().Single()!;
        record["PartitionKey"]!.GetValue<string>().ShouldBe("k1");
        Encoding.UTF8.GetString(Convert.FromBase64String(record["Data"]!.GetValue<string>())).ShouldBe("""{"fan":true,"key":"k1","n":7}""");
        (await Messages("/aws/events/all")).ShouldBe(["\"k1\""]);
        (await Messages($"/aws/lambda/{function}")).ShouldContain(message => message.Contains("got 7", StringComparison.Ordinal));
        (cloud.Metric("fan", "Invocations"), cloud.Metric("fan", "FailedInvocations")).ShouldBe((4, 1));
        await Drop("fan");
    }

    [Fact]
    public async Task Event_ReachesADeliveryStream()
    {
        var role = await cloud.RoleAsync("delivery-role", "events.amazonaws.com");
        await cloud.ProvisionAsync("AWS::S3::Bucket", """{"BucketName":"delivered"}""");
        await cloud.JsonAsync("Firehose_20150804.CreateDeliveryStream", $$$"""
            {"DeliveryStreamName":"bus","ExtendedS3DestinationConfiguration":{"RoleARN":"{{{role}}}","BucketARN":"arn:aws:s3:::delivered","BufferingHints":{"IntervalInSeconds":60,"SizeInMBs":1} } }
            """);
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(5));
        await cloud.RuleAsync("delivering", """{"detail":{"deliver":[true]}}""",
            $$"""{"Id":"1","Arn":"arn:aws:firehose:{{TestCloud.Region}}:{{TestCloud.Account}}:deliverystream/bus","RoleArn":"{{role}}","InputPath":"$.detail"}""");
        await cloud.EventAsync("""{"deliver":true}""");
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(61));
        var delivered = cloud.Get<IObjectStore>().List(cloud.Call, "delivered", "").Single();
        (await File.ReadAllTextAsync(delivered.File)).ShouldBe("""{"deliver":true}""");
        await Drop("delivering");
    }

    [Fact]
    public async Task Target_ThatIsBusy_IsTriedAgainWithinItsPolicy()
    {
        var role = await cloud.RoleAsync("busy-role", "events.amazonaws.com");
        await cloud.JsonAsync("Kinesis_20131202.CreateStream", """{"StreamName":"busy","ShardCount":1}""");
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(1));
        var arn = $"arn:aws:kinesis:{TestCloud.Region}:{TestCloud.Account}:stream/busy";
        await cloud.RuleAsync("patient", """{"detail":{"busy":[true]}}""", $$"""{"Id":"1","Arn":"{{arn}}","RoleArn":"{{role}}","Input":"1"}""");
        await cloud.RuleAsync("hasty", """{"detail":{"busy":[true]}}""",
            $$$"""{"Id":"1","Arn":"{{{arn}}}","RoleArn":"{{{role}}}","Input":"1","RetryPolicy":{"MaximumRetryAttempts":0}}""");
        var big = Convert.ToBase64String(new byte[1024 * 1024]);
        await cloud.JsonAsync("Kinesis_20131202.PutRecord", $$"""{"StreamName":"busy","PartitionKey":"k","Data":"{{big}}"}""");
        await cloud.EventAsync("""{"busy":true}""");
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(30));
        (cloud.Metric("patient", "Invocations"), cloud.Metric("patient", "FailedInvocations")).ShouldBe((1, 0));
        (cloud.Metric("hasty", "Invocations"), cloud.Metric("hasty", "FailedInvocations")).ShouldBe((1, 1));
        await Drop("patient");
        await Drop("hasty");
    }

    private async Task<IReadOnlyList<string>> Messages(string group) =>
        [.. (await cloud.JsonAsync("Logs_20140328.FilterLogEvents", $$"""{"logGroupName":"{{group}}"}"""))["events"]!.AsArray()
            .Select(line => line!["message"]!.GetValue<string>())];

    private async Task Drop(string rule) => await cloud.JsonAsync("AWSEvents.DisableRule", $$"""{"Name":"{{rule}}"}""");
}
