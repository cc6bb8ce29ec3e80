using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Sns.Provisioners;

internal sealed record TopicPolicyProperties
{
    [NoLocalEffect("Kept and shown; policies are stored, and not enforced yet.")]
    public required JsonObject PolicyDocument { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }
}

/// <summary><c>AWS::SNS::TopicPolicy</c>: the policy of several topics, in place of the one that each has by default.</summary>
internal sealed class TopicPolicyProvisioner(Topics topics) : Provisioner<TopicPolicyProperties>("AWS::SNS::TopicPolicy")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, TopicPolicyProperties properties)
    {
        Set(context.Call, properties.Topics, properties.PolicyDocument.ToJsonString());
        var id = context.NewName();
        return ValueTask.FromResult(new Provisioned(id, ("Id", id)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, TopicPolicyProperties before, TopicPolicyProperties after)
    {
        Set(context.Call, before.Topics.Except(after.Topics), null);
        Set(context.Call, after.Topics, after.PolicyDocument.ToJsonString());
        return ValueTask.FromResult(new Provisioned(physicalId, ("Id", physicalId)));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, TopicPolicyProperties properties)
    {
        Set(context.Call, properties.Topics, null);
        return ValueTask.CompletedTask;
    }

    private void Set(Call call, IEnumerable<string> arns, string? policy)
    {
        foreach (var arn in arns)
            topics.SetAttribute(call, new() { TopicArn = arn, AttributeName = "Policy", AttributeValue = policy });
    }
}
