using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Sns.Provisioners;

internal sealed record TopicProperties
{
    [CreateOnly]
    public string? TopicName { get; init; }

    public string? DisplayName { get; init; }

    [NoLocalEffect("Kept and shown; messages lie unencrypted in the topic's inbox.")]
    public string? KmsMasterKeyId { get; init; }

    [NoLocalEffect("Kept and shown; nothing that is delivered here is signed.")]
    public string? SignatureVersion { get; init; }

    [NoLocalEffect("There is no X-Ray here that traces could go to.")]
    public string? TracingConfig { get; init; }

    public IReadOnlyList<TopicSubscription>? Subscription { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }

    internal sealed record TopicSubscription(string Endpoint, string Protocol);
}

/// <summary><c>AWS::SNS::Topic</c>, with the subscriptions that stand in its own properties.</summary>
internal sealed class TopicProvisioner(Topics topics, Subscriptions subscriptions) : Provisioner<TopicProperties>("AWS::SNS::Topic")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, TopicProperties properties)
    {
        var name = properties.TopicName ?? context.NewName(maxLength: 256);
        // SNS returns a topic that is there; CloudFormation must not take over what is another's.
        var arn = context.Call.Arn("sns", name);
        if (Exists(context.Call, arn))
            throw new ServiceException("AlreadyExists", $"{arn} already exists");
        topics.Create(context.Call, new() { Name = name, Attributes = Attributes(properties), Tags = properties.Tags });
        foreach (var subscription in properties.Subscription ?? [])
            Subscribe(context.Call, arn, subscription);
        return ValueTask.FromResult(Describe(arn, name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, TopicProperties before, TopicProperties after)
    {
        var call = context.Call;
        var attributes = Attributes(after);
        foreach (var name in Attributes(before).Keys.Union(attributes.Keys))
            topics.SetAttribute(call, new() { TopicArn = physicalId, AttributeName = name, AttributeValue = attributes.GetValueOrDefault(name) });
        var there = subscriptions.OfTopic(call, physicalId);
        foreach (var gone in (before.Subscription ?? []).Except(after.Subscription ?? []))
            foreach (var subscription in there.Where(one => one.Protocol == gone.Protocol && one.Endpoint == gone.Endpoint))
                subscriptions.Unsubscribe(call, new() { SubscriptionArn = subscription.Arn });
        foreach (var subscription in after.Subscription ?? [])
            Subscribe(call, physicalId, subscription);
        topics.Untag(call, new() { ResourceArn = physicalId, TagKeys = [.. (before.Tags ?? []).Select(tag => tag.Key)] });
        topics.Tag(call, new() { ResourceArn = physicalId, Tags = after.Tags ?? [] });
        return ValueTask.FromResult(Describe(physicalId, Topics.NameOf(call, physicalId)));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, TopicProperties properties)
    {
        topics.Delete(context.Call, new() { TopicArn = physicalId });
        return ValueTask.CompletedTask;
    }

    private bool Exists(Call call, string arn)
    {
        try
        {
            topics.Find(call, "sns:GetTopicAttributes", arn);
            return true;
        }
        catch (ServiceException error) when (error.Code == "NotFound")
        {
            return false;
        }
    }

    private void Subscribe(Call call, string arn, TopicProperties.TopicSubscription subscription) =>
        subscriptions.Subscribe(call, new() { TopicArn = arn, Protocol = subscription.Protocol, Endpoint = subscription.Endpoint });

    private static Dictionary<string, string> Attributes(TopicProperties properties)
    {
        (string Name, string? Value)[] all =
        [
            ("DisplayName", properties.DisplayName), ("KmsMasterKeyId", properties.KmsMasterKeyId), ("SignatureVersion", properties.SignatureVersion),
            ("TracingConfig", properties.TracingConfig),
        ];
        return all.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Name, pair => pair.Value!);
    }

    private static Provisioned Describe(string arn, string name) => new(arn, ("TopicArn", arn), ("TopicName", name));
}
