using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Sns;
using PipelineStacks.LocalCloud.Tests.Lambda;

namespace PipelineStacks.LocalCloud.Tests.Sns;

public sealed class TopicTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    private const string Prefix = $"arn:aws:sns:{TestCloud.Region}:{TestCloud.Account}:";

    [Fact]
    public async Task Topic_KeepsItsAttributesAndTags()
    {
        var arn = await Topic("kept", ("Attributes.entry.1.key", "DisplayName"), ("Attributes.entry.1.value", "Kept"),
            ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "b"));
        arn.ShouldBe(Prefix + "kept");
        (await Topic("kept")).ShouldBe(arn);

        await cloud.QueryAsync("sns", "SetTopicAttributes", ("TopicArn", arn), ("AttributeName", "KmsMasterKeyId"), ("AttributeValue", "alias/x"));
        var attributes = (await cloud.QueryAsync("sns", "GetTopicAttributes", ("TopicArn", arn))).Descendants("entry")
            .ToDictionary(entry => entry.Element("key")!.Value, entry => entry.Element("value")!.Value);
        attributes["DisplayName"].ShouldBe("Kept");
        attributes["KmsMasterKeyId"].ShouldBe("alias/x");
        attributes["SubscriptionsConfirmed"].ShouldBe("0");
        attributes["Policy"].ShouldContain("__default_policy_ID");

        (await cloud.QueryAsync("sns", "ListTagsForResource", ("ResourceArn", arn))).Descendants("Value").Single().Value.ShouldBe("b");
        (await cloud.QueryAsync("sns", "ListTopics")).Descendants("TopicArn").Select(one => one.Value).ShouldContain(arn);
    }

    [Fact]
    public async Task Message_LiesInTheInbox_UntilTheTopicIsDeleted()
    {
        var arn = await Topic("inbox");
        await cloud.QueryAsync("sns", "Subscribe", ("TopicArn", arn), ("Protocol", "email"), ("Endpoint", "a@example.com"));

        var id = (await cloud.QueryAsync("sns", "Publish", ("TopicArn", arn), ("Subject", "News"), ("Message", "one\ntwo"),
            ("MessageAttributes.entry.1.Name", "kind"), ("MessageAttributes.entry.1.Value.DataType", "String"),
            ("MessageAttributes.entry.1.Value.StringValue", "test"))).Descendants("MessageId").Single().Value;
        cloud.Get<ITopicPublisher>().Publish(cloud.Call, arn, null, "second");

        var lines = (await Inbox(arn)).TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        lines.Count.ShouldBe(2);
        lines[0]["MessageId"]!.GetValue<string>().ShouldBe(id);
        lines[0]["Message"]!.GetValue<string>().ShouldBe("one\ntwo");
        lines[0]["MessageAttributes"]!["kind"]!["StringValue"]!.GetValue<string>().ShouldBe("test");
        lines[1]["Message"]!.GetValue<string>().ShouldBe("second");

        await cloud.QueryAsync("sns", "DeleteTopic", ("TopicArn", arn));
        (await Inbox(arn)).ShouldBeEmpty();
        (await cloud.QueryErrorAsync("sns", "Publish", ("TopicArn", arn), ("Message", "x"))).ShouldBe("NotFound: Topic does not exist");
    }

    [Fact]
    public async Task Function_ThatSubscribes_GetsTheMessage()
    {
        var function = await cloud.NodeAsync("exports.handler = async e => console.log(`got ${e.Records[0].Sns.Message}`);");
        var arn = await Topic("functions");
        await cloud.QueryAsync("sns", "Subscribe", ("TopicArn", arn), ("Protocol", "lambda"),
            ("Endpoint", $"arn:aws:lambda:{TestCloud.Region}:{TestCloud.Account}:function:{function}"));

        await cloud.QueryAsync("sns", "Publish", ("TopicArn", arn), ("Message", "hello"));
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await cloud.LinesAsync($"/aws/lambda/{function}")).ShouldContain(line => line.EndsWith("got hello", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Subscription_ByMail_WaitsForItsConfirmation()
    {
        var arn = await Topic("mail");

        (await cloud.QueryAsync("sns", "Subscribe", ("TopicArn", arn), ("Protocol", "email"), ("Endpoint", "a@example.com")))
            .Descendants("SubscriptionArn").Single().Value.ShouldBe("pending confirmation");
        (await cloud.QueryAsync("sns", "ListSubscriptionsByTopic", ("TopicArn", arn))).Descendants("SubscriptionArn").Single().Value
            .ShouldBe("PendingConfirmation");
    }

    [Theory]
    [InlineData("CreateTopic", "Name", "a.fifo", "NotImplementedByLocalCloud: A FIFO topic is not supported by the local cloud.")]
    [InlineData("CreateTopic", "Name", "a b", "InvalidParameter: Invalid parameter: Topic Name")]
    [InlineData("GetTopicAttributes", "TopicArn", Prefix + "none", "NotFound: Topic does not exist")]
    [InlineData("GetTopicAttributes", "TopicArn", "none", "InvalidParameter: Invalid parameter: TopicArn")]
    public async Task Request_ThatCannotBe_IsRefused(string action, string name, string value, string expected) =>
        (await cloud.QueryErrorAsync("sns", action, (name, value))).ShouldBe(expected);

    [Fact]
    public async Task Resources_OfATemplate_AreMade()
    {
        var topic = await cloud.ProvisionAsync("AWS::SNS::Topic",
            """{"TopicName":"template","DisplayName":"T","Subscription":[{"Protocol":"email","Endpoint":"a@example.com"}]}""");
        topic.PhysicalId.ShouldBe(Prefix + "template");
        topic.Attributes["TopicName"]!.GetValue<string>().ShouldBe("template");
        var subscription = await cloud.ProvisionAsync("AWS::SNS::Subscription",
            $$"""{"TopicArn":"{{topic.PhysicalId}}","Protocol":"email","Endpoint":"b@example.com"}""");
        subscription.PhysicalId.ShouldStartWith(topic.PhysicalId + ":");
        await cloud.ProvisionAsync("AWS::SNS::TopicPolicy", $$"""{"Topics":["{{topic.PhysicalId}}"],"PolicyDocument":{"Id":"ours"} }""");

        var attributes = (await cloud.QueryAsync("sns", "GetTopicAttributes", ("TopicArn", topic.PhysicalId))).ToString();
        attributes.ShouldContain("""{"Id":"ours"}""");
        attributes.ShouldContain("<value>2</value>");
        Should.Throw<Calls.ServiceException>(() => cloud.Provisioner("AWS::SNS::Topic").Check(cloud.Context("AWS::SNS::Topic"), new() { ["FifoTopic"] = true }))
            .Message.ShouldBe("FifoTopic of Resource (AWS::SNS::Topic) is not supported by the local cloud.");
    }

    private async Task<string> Topic(string name, params (string, string)[] more) =>
        (await cloud.QueryAsync("sns", "CreateTopic", [("Name", name), .. more])).Descendants("TopicArn").Single().Value;

    private async Task<string> Inbox(string arn)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(cloud.Host.Endpoint, $"/_local/sns/{arn}"));
    }
}
