using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Sns.Contracts;

namespace PipelineStacks.LocalCloud.Services.Sns;

/// <summary>Topics: their attributes, which are kept, and their tags.</summary>
internal sealed partial class Topics(SnsState state, Inbox inbox)
{
    private static readonly string[] Settable = ["DisplayName", "Policy", "KmsMasterKeyId", "DeliveryPolicy", "SignatureVersion", "TracingConfig"];

    public CreateTopicResponse Create(Call call, CreateTopicRequest request)
    {
        var arn = call.Arn("sns", request.Name);
        call.Authorize("sns:CreateTopic", arn);
        if (request.Name.EndsWith(".fifo", StringComparison.Ordinal))
            throw ServiceException.Unsupported("A FIFO topic");
        if (!Name().IsMatch(request.Name))
            throw Invalid("Topic Name");
        var attributes = request.Attributes ?? ImmutableDictionary<string, string>.Empty;
        foreach (var attribute in attributes.Keys)
            CheckSettable(attribute);
        var topic = new TopicState(request.Name, arn, attributes, request.Tags ?? []);
        // Creating a topic again returns it, unless it would be another one.
        if (!state.Topics.TryAdd(SnsState.Key(call, topic.Name), topic)
            && Find(call, "sns:CreateTopic", arn) is var existing
            && attributes.Any(pair => existing.Attributes.GetValueOrDefault(pair.Key) != pair.Value))
            throw Invalid("Attributes Reason: Topic already exists with different attributes");
        return new(arn);
    }

    /// <summary>Deletes a topic with its subscriptions and messages. On SNS one may delete what is not there.</summary>
    public Empty Delete(Call call, TopicRequest request)
    {
        call.Authorize("sns:DeleteTopic", request.TopicArn);
        var name = NameOf(call, request.TopicArn);
        foreach (var subscription in state.SubscriptionsOf(call, request.TopicArn).ToList())
            state.Subscriptions.Remove(SnsState.Key(call, subscription.Arn));
        state.Topics.Remove(SnsState.Key(call, name));
        inbox.Delete(SnsState.Key(call, name));
        return Empty.Value;
    }

    public GetTopicAttributesResponse GetAttributes(Call call, TopicRequest request)
    {
        var topic = Find(call, "sns:GetTopicAttributes", request.TopicArn);
        var subscriptions = state.SubscriptionsOf(call, topic.Arn).ToList();
        var attributes = new Dictionary<string, string>
        {
            ["DisplayName"] = "",
            ["Policy"] = DefaultPolicy(call, topic),
        };
        foreach (var (name, value) in topic.Attributes)
            attributes[name] = value;
        attributes["TopicArn"] = topic.Arn;
        attributes["Owner"] = call.Account;
        attributes["SubscriptionsConfirmed"] = subscriptions.Count(subscription => !subscription.Pending).ToString(CultureInfo.InvariantCulture);
        attributes["SubscriptionsPending"] = subscriptions.Count(subscription => subscription.Pending).ToString(CultureInfo.InvariantCulture);
        attributes["SubscriptionsDeleted"] = "0";
        return new([.. attributes.Select(pair => new AttributeEntry(pair.Key, pair.Value))]);
    }

    public Empty SetAttribute(Call call, SetTopicAttributesRequest request)
    {
        CheckSettable(request.AttributeName);
        return Change(call, "sns:SetTopicAttributes", request.TopicArn, topic => topic with
        {
            // An empty value takes the attribute away.
            Attributes = string.IsNullOrEmpty(request.AttributeValue)
                ? topic.Attributes.Where(pair => pair.Key != request.AttributeName).ToDictionary()
                : new Dictionary<string, string>(topic.Attributes) { [request.AttributeName] = request.AttributeValue },
        });
    }

    public ListTopicsResponse List(Call call, ListRequest request)
    {
        call.Authorize("sns:ListTopics", "*");
        var page = Page<TopicState>.Of(state.Topics.In(call.Account, call.Region), request.NextToken, 100, "InvalidParameter");
        return new([.. page.Items.Select(topic => new Topic(topic.Arn))], page.Next);
    }

    public Empty Tag(Call call, TagResourceRequest request) => Change(call, "sns:TagResource", request.ResourceArn, topic => topic with
    {
        Tags = [.. topic.Tags.Where(tag => request.Tags.All(other => other.Key != tag.Key)), .. request.Tags],
    });

    public Empty Untag(Call call, UntagResourceRequest request) => Change(call, "sns:UntagResource", request.ResourceArn, topic => topic with
    {
        Tags = [.. topic.Tags.Where(tag => !request.TagKeys.Contains(tag.Key))],
    });

    public ListTagsResponse ListTags(Call call, ListTagsRequest request) => new(Find(call, "sns:ListTagsForResource", request.ResourceArn).Tags);

    /// <exception cref="ServiceException"><c>NotFound</c>.</exception>
    public TopicState Find(Call call, string action, string arn)
    {
        call.Authorize(action, arn);
        return state.Topics.TryGet(SnsState.Key(call, NameOf(call, arn)), out var topic) ? topic : throw NotFound();
    }

    public static ServiceException Invalid(string what) => new("InvalidParameter", $"Invalid parameter: {what}");

    public static string NameOf(Call call, string arn)
    {
        var prefix = call.Arn("sns", "");
        return arn.StartsWith(prefix, StringComparison.Ordinal) && arn.Length > prefix.Length ? arn[prefix.Length..] : throw Invalid("TopicArn");
    }

    private Empty Change(Call call, string action, string arn, Func<TopicState, TopicState> change)
    {
        var topic = Find(call, action, arn);
        _ = state.Topics.Update(SnsState.Key(call, topic.Name), change) ?? throw NotFound();
        return Empty.Value;
    }

    private static void CheckSettable(string attribute)
    {
        if (!Settable.Contains(attribute))
            throw Invalid("AttributeName");
    }

    private static ServiceException NotFound() => new("NotFound", "Topic does not exist", 404);

    private static string DefaultPolicy(Call call, TopicState topic) => new JsonObject
    {
        ["Version"] = "2008-10-17",
        ["Id"] = "__default_policy_ID",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "__default_statement_ID",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = "*" },
            ["Action"] = new JsonArray("SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic", "SNS:Publish"),
            ["Resource"] = topic.Arn,
            ["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["AWS:SourceOwner"] = call.Account } },
        }),
    }.ToJsonString();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$")]
    private static partial Regex Name();
}
