using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Dms.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-eventsubscription.html"/></summary>
internal sealed record EventSubscriptionProperties
{
    public bool? Enabled { get; init; }

    public IReadOnlyList<string>? EventCategories { get; init; }

    [NoLocalEffect("Events are listed by DescribeEvents and announced on the event bus; there are no topics here.")]
    public required string SnsTopicArn { get; init; }

    [CreateOnly]
    public IReadOnlyList<string>? SourceIds { get; init; }

    public string? SourceType { get; init; }

    [CreateOnly]
    public string? SubscriptionName { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed class EventSubscriptionProvisioner(Events events, Tags tags, DmsState state) : Provisioner<EventSubscriptionProperties>("AWS::DMS::EventSubscription")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, EventSubscriptionProperties properties)
    {
        var created = events.Create(context.Call, new()
        {
            SubscriptionName = properties.SubscriptionName ?? context.NewName(255, lowerCase: true),
            SnsTopicArn = properties.SnsTopicArn,
            SourceType = properties.SourceType,
            SourceIds = properties.SourceIds,
            EventCategories = properties.EventCategories,
            Enabled = properties.Enabled,
            Tags = properties.Tags,
        });
        return ValueTask.FromResult(new Provisioned(created.EventSubscription.CustSubscriptionId));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, EventSubscriptionProperties before, EventSubscriptionProperties after)
    {
        events.Modify(context.Call, new()
        {
            SubscriptionName = physicalId,
            SnsTopicArn = after.SnsTopicArn,
            SourceType = after.SourceType,
            EventCategories = after.EventCategories ?? [],
            Enabled = after.Enabled ?? true,
        });
        tags.Set(context.Call.Arn("dms", $"es:{physicalId}"), after.Tags);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, EventSubscriptionProperties properties)
    {
        if (state.Subscriptions.TryGet(DmsState.Key(context.Call, physicalId), out _))
            events.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }
}
