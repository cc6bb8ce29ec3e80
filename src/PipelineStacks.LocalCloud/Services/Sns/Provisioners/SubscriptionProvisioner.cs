using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Sns.Provisioners;

internal sealed record SubscriptionProperties
{
    [CreateOnly]
    public required string TopicArn { get; init; }

    [CreateOnly]
    public required string Protocol { get; init; }

    [CreateOnly]
    public string? Endpoint { get; init; }
}

/// <summary><c>AWS::SNS::Subscription</c>.</summary>
internal sealed class SubscriptionProvisioner(Subscriptions subscriptions) : Provisioner<SubscriptionProperties>("AWS::SNS::Subscription")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SubscriptionProperties properties)
    {
        var made = subscriptions.Subscribe(context.Call, new()
        {
            TopicArn = properties.TopicArn,
            Protocol = properties.Protocol,
            Endpoint = properties.Endpoint,
            ReturnSubscriptionArn = true,
        });
        return ValueTask.FromResult(Describe(made.SubscriptionArn));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, SubscriptionProperties before, SubscriptionProperties after) =>
        ValueTask.FromResult(Describe(physicalId));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SubscriptionProperties properties)
    {
        subscriptions.Unsubscribe(context.Call, new() { SubscriptionArn = physicalId });
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(string arn) => new(arn, ("Arn", arn));
}
