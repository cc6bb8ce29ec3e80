using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.EventBridge;

public sealed class RuleTests : IAsyncLifetime
{
    private readonly TestCloud _cloud = new() { DataDirectory = Directory.CreateTempSubdirectory("rules-").FullName };

    [Fact]
    public async Task Rule_IsDescribedListedTaggedAndDeleted()
    {
        var arn = $"arn:aws:events:{TestCloud.Region}:{TestCloud.Account}:rule/orders";
        (await _cloud.JsonAsync("AWSEvents.PutRule",
            """{"Name":"orders","EventPattern":"{\"source\":[\"app\"]}","Description":"d","Tags":[{"Key":"a","Value":"b"}]}"""))["RuleArn"]!.GetValue<string>().ShouldBe(arn);
        await _cloud.RuleAsync("other", "rate(1 day)");
        await _cloud.JsonAsync("AWSEvents.DisableRule", """{"Name":"orders"}""");
        await _cloud.RestartAsync();

        (await _cloud.JsonAsync("AWSEvents.DescribeRule", """{"Name":"orders"}""")).ToJsonString().ShouldBe(
            $$$"""{"Name":"orders","Arn":"{{{arn}}}","EventPattern":"{\u0022source\u0022:[\u0022app\u0022]}","State":"DISABLED","Description":"d","EventBusName":"default","CreatedBy":"000000000000"}""");
        await _cloud.JsonAsync("AWSEvents.EnableRule", """{"Name":"orders"}""");
        Names(await _cloud.JsonAsync("AWSEvents.ListRules", """{"Limit":1}""")).ShouldBe(["orders"]);
        Names(await _cloud.JsonAsync("AWSEvents.ListRules", """{"NamePrefix":"ot"}""")).ShouldBe(["other"]);

        await _cloud.JsonAsync("AWSEvents.TagResource", $$"""{"ResourceARN":"{{arn}}","Tags":[{"Key":"c","Value":"d"}]}""");
        await _cloud.JsonAsync("AWSEvents.UntagResource", $$"""{"ResourceARN":"{{arn}}","TagKeys":["a"]}""");
        (await _cloud.JsonAsync("AWSEvents.ListTagsForResource", $$"""{"ResourceARN":"{{arn}}"}"""))["Tags"]!.ToJsonString().ShouldBe("""[{"Key":"c","Value":"d"}]""");

        await _cloud.TopicAsync("t");
        await _cloud.JsonAsync("AWSEvents.PutTargets", $$"""{"Rule":"orders","Targets":[{"Id":"1","Arn":"{{RuleCloud.TopicArn("t")}}"}]}""");
        (await _cloud.JsonAsync("AWSEvents.ListTargetsByRule", """{"Rule":"orders"}"""))["Targets"]![0]!["Id"]!.GetValue<string>().ShouldBe("1");
        (await _cloud.JsonAsync("AWSEvents.ListRuleNamesByTarget", $$"""{"TargetArn":"{{RuleCloud.TopicArn("t")}}"}"""))["RuleNames"]!.ToJsonString().ShouldBe("""["orders"]""");
        (await _cloud.JsonErrorAsync("AWSEvents.DeleteRule", """{"Name":"orders"}""")).ShouldBe("ValidationException: Rule can't be deleted since it has targets.");
        await _cloud.JsonAsync("AWSEvents.RemoveTargets", """{"Rule":"orders","Ids":["1","2"]}""");
        await _cloud.JsonAsync("AWSEvents.DeleteRule", """{"Name":"orders"}""");
        await _cloud.JsonAsync("AWSEvents.DeleteRule", """{"Name":"orders"}""");
        (await _cloud.JsonErrorAsync("AWSEvents.DescribeRule", """{"Name":"orders"}""")).ShouldBe("ResourceNotFoundException: Rule orders does not exist on EventBus default.");
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"a b","EventPattern":"{}"}""", "ValidationException: 1 validation error detected: Value 'a b' at 'name' failed")]
    [InlineData("PutRule", """{"Name":"a"}""", "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.")]
    [InlineData("PutRule", """{"Name":"a","EventPattern":"{\"a\":1}"}""", "InvalidEventPatternException: Event pattern is not valid. Reason: \"a\" must be an object or an array")]
    [InlineData("PutRule", """{"Name":"a","ScheduleExpression":"rate(1 minutes)"}""", "ValidationException: Parameter ScheduleExpression is not valid.")]
    [InlineData("PutRule", """{"Name":"a","ScheduleExpression":"rate(1 day)","State":"ON"}""", "ValidationException: 1 validation error detected: Value 'ON' at 'state'")]
    [InlineData("PutRule", """{"Name":"a","ScheduleExpression":"rate(1 day)","EventBusName":"b"}""", "ResourceNotFoundException: Event bus b does not exist.")]
    [InlineData("PutTargets", """{"Rule":"none","Targets":[{"Id":"1","Arn":"arn:aws:sns:eu-west-1:1:t"}]}""", "ResourceNotFoundException: Rule none does not exist on EventBus default.")]
    [InlineData("TestEventPattern", """{"EventPattern":"{\"source\":[\"a\"]}","Event":"{\"source\":\"a\"}"}""", "ValidationException: Parameter Event is not valid.")]
    [InlineData("TagResource", """{"ResourceARN":"arn:aws:events:eu-west-1:000000000000:event-bus/x","Tags":[]}""", "NotImplementedByLocalCloud: Tagging")]
    public async Task Request_ThatIsWrong_IsRefused(string operation, string request, string error) =>
        (await _cloud.JsonErrorAsync("AWSEvents." + operation, request)).ShouldStartWith(error);

    [Fact]
    public async Task TestEventPattern_OfAWholeEvent_TellsWhetherItMatches()
    {
        const string envelope = """{\"id\":\"1\",\"account\":\"1\",\"source\":\"a\",\"time\":\"t\",\"region\":\"r\",\"resources\":[],\"detail-type\":\"d\"}""";
        foreach (var (source, matches) in new[] { ("a", true), ("b", false) })
            (await _cloud.JsonAsync("AWSEvents.TestEventPattern", $$$"""{"EventPattern":"{\"source\":[\"{{{source}}}\"]}","Event":"{{{envelope}}}"}"""))["Result"]!
                .GetValue<bool>().ShouldBe(matches);
    }

    [Fact]
    public async Task Schedule_TriggersItsRule_AtItsTimesAlsoAfterARestart()
    {
        await _cloud.TopicAsync("ticks");
        var target = $$"""{"Id":"1","Arn":"{{RuleCloud.TopicArn("ticks")}}","InputPath":"$.time"}""";
        await _cloud.RuleAsync("often", "rate(20 minutes)", target);
        await _cloud.RuleAsync("daily", "cron(30 9 * * ? *)", target);
        await _cloud.RuleAsync("never", "rate(1 minute)", target, "DISABLED");
        await _cloud.AdvanceAsync(TimeSpan.FromHours(1));
        var ticks = await _cloud.InboxAsync("ticks");
        ticks.ShouldBe(new[] { "20:00", "30:00", "40:00" }.Select(time => $"\"2026-11-20T09:{time}Z\"").Append("\"2026-11-20T10:00:00Z\""));
        _cloud.Metric("often", "TriggeredRules").ShouldBe(3);
        _cloud.Metric("often", "MatchedEvents").ShouldBe(0);

        await _cloud.JsonAsync("AWSEvents.DisableRule", """{"Name":"often"}""");
        await _cloud.AdvanceAsync(TimeSpan.FromHours(1));
        (await _cloud.InboxAsync("ticks")).Count.ShouldBe(4);

        // Virtual time starts again at 09:00 on the same day.
        await _cloud.RestartAsync();
        await _cloud.AdvanceAsync(TimeSpan.FromHours(1));
        (await _cloud.InboxAsync("ticks")).Skip(4).ShouldBe(["\"2026-11-20T09:30:00Z\""]);
    }

    [Fact]
    public async Task Provisioner_MakesChangesAndDeletesARule()
    {
        await _cloud.TopicAsync("one");
        await _cloud.TopicAsync("two");
        var (provisioner, context) = (_cloud.Provisioner("AWS::Events::Rule"), _cloud.Context("AWS::Events::Rule"));
        var before = JsonNode.Parse($$$$"""
            {"EventPattern":{"source":["aws.s3"],"detail":{"object":{"key":[{"prefix":"play_logs/"}]}}},"State":"ENABLED","Tags":[{"Key":"a","Value":"b"}],
             "Targets":[{"Id":"one","Arn":"{{{{RuleCloud.TopicArn("one")}}}}"},{"Id":"two","Arn":"{{{{RuleCloud.TopicArn("two")}}}}","Input":"\"x\""}]}
            """)!.AsObject();
        provisioner.Check(context, before);
        var made = await provisioner.CreateAsync(context, before);
        made.PhysicalId.ShouldStartWith("test-Resource-");
        made.Attributes["Arn"]!.GetValue<string>().ShouldBe($"arn:aws:events:{TestCloud.Region}:{TestCloud.Account}:rule/{made.PhysicalId}");

        var after = JsonNode.Parse($$"""{"ScheduleExpression":"rate(1 hour)","Targets":[{"Id":"two","Arn":"{{RuleCloud.TopicArn("one")}}"}]}""")!.AsObject();
        provisioner.NeedsReplacement(context, before, after).ShouldBeFalse();
        await provisioner.UpdateAsync(context, made.PhysicalId, before, after);
        var rule = await _cloud.JsonAsync("AWSEvents.DescribeRule", $$"""{"Name":"{{made.PhysicalId}}"}""");
        rule["EventPattern"].ShouldBeNull();
        rule["ScheduleExpression"]!.GetValue<string>().ShouldBe("rate(1 hour)");
        (await _cloud.JsonAsync("AWSEvents.ListTargetsByRule", $$"""{"Rule":"{{made.PhysicalId}}"}"""))["Targets"]!.ToJsonString()
            .ShouldBe($$"""[{"Id":"two","Arn":"{{RuleCloud.TopicArn("one")}}"}]""");
        await provisioner.DeleteAsync(context, made.PhysicalId, after);
        (await _cloud.JsonAsync("AWSEvents.ListRules", "{}"))["Rules"]!.AsArray().ShouldBeEmpty();
        await provisioner.DeleteAsync(context, made.PhysicalId, after);
    }

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_cloud.DataDirectory!, recursive: true);
    }

    private static IEnumerable<string> Names(JsonNode answer) => answer["Rules"]!.AsArray().Select(rule => rule!["Name"]!.GetValue<string>());
}
