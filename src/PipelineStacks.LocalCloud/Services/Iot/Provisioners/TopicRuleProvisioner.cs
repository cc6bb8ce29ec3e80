using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Provisioners;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-topicrule.html"/></summary>
internal sealed record TopicRuleProperties
{
    [CreateOnly]
    public string? RuleName { get; init; }

    public required TopicRulePayload TopicRulePayload { get; init; }

    [NoLocalEffect("Kept with the rule.")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed class TopicRuleProvisioner(TopicRules rules) : Provisioner<TopicRuleProperties>("AWS::IoT::TopicRule")
{
    protected override void Check(ProvisionContext context, TopicRuleProperties properties) => TopicRules.Check(properties.RuleName, properties.TopicRulePayload);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, TopicRuleProperties properties)
    {
        // Rules are the one kind of resource whose name takes no hyphen.
        var name = properties.RuleName ?? context.NewName(128).Replace('-', '_');
        rules.Create(context.Call, Request(name, properties));
        return ValueTask.FromResult(Result(context, name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, TopicRuleProperties before, TopicRuleProperties after)
    {
        rules.Replace(context.Call, Request(physicalId, after));
        return ValueTask.FromResult(Result(context, physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, TopicRuleProperties properties)
    {
        rules.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }

    private static Provisioned Result(ProvisionContext context, string name) => new(name, ("Arn", context.Call.Arn("iot", $"rule/{name}")));

    private static PutTopicRuleRequest Request(string name, TopicRuleProperties properties)
    {
        var payload = properties.TopicRulePayload;
        return new()
        {
            RuleName = name,
            Sql = payload.Sql,
            Description = payload.Description,
            Actions = payload.Actions,
            RuleDisabled = payload.RuleDisabled,
            AwsIotSqlVersion = payload.AwsIotSqlVersion,
            ErrorAction = payload.ErrorAction,
            Tags = properties.Tags is { } tags ? string.Join('&', tags.Select(tag => $"{Uri.EscapeDataString(tag.Key)}={Uri.EscapeDataString(tag.Value)}")) : null,
        };
    }
}
