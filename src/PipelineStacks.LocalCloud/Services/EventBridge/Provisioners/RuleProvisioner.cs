using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.EventBridge.Rules;
using PipelineStacks.LocalCloud.Services.EventBridge.Targets;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Provisioners;

internal sealed record RuleProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    [CreateOnly]
    public string? EventBusName { get; init; }

    public string? Description { get; init; }

    public JsonObject? EventPattern { get; init; }

    public string? ScheduleExpression { get; init; }

    public string? State { get; init; }

    [NoLocalEffect("Kept and shown; it is for targets in other accounts, of which there are none.")]
    public string? RoleArn { get; init; }

    public IReadOnlyList<Target>? Targets { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::Events::Rule</c>, with its targets.</summary>
internal sealed class RuleProvisioner(RuleOperations rules, TargetOperations targets, RuleTags tags) : Provisioner<RuleProperties>("AWS::Events::Rule")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, RuleProperties properties)
    {
        var name = properties.Name ?? context.NewName();
        var arn = Put(context, name, properties);
        return ValueTask.FromResult(Describe(name, arn));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, RuleProperties before, RuleProperties after)
    {
        var gone = (before.Targets ?? []).Select(target => target.Id).Except((after.Targets ?? []).Select(target => target.Id)).ToList();
        if (gone.Count > 0)
            targets.Remove(context.Call, new() { Rule = physicalId, Ids = gone });
        var arn = Put(context, physicalId, after);
        tags.Untag(context.Call, new(arn, [.. (before.Tags ?? []).Select(tag => tag.Key)]));
        tags.Tag(context.Call, new(arn, after.Tags ?? []));
        return ValueTask.FromResult(Describe(physicalId, arn));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, RuleProperties properties)
    {
        var there = rules.List(context.Call, new() { NamePrefix = physicalId }).Rules.Any(rule => rule.Name == physicalId);
        if (there && properties.Targets is { Count: > 0 } of)
            targets.Remove(context.Call, new() { Rule = physicalId, Ids = [.. of.Select(target => target.Id)] });
        rules.Delete(context.Call, new() { Name = physicalId });
        return ValueTask.CompletedTask;
    }

    private string Put(ProvisionContext context, string name, RuleProperties properties)
    {
        // First, since a rule that is made and then lacks its targets would be left behind.
        targets.Check(properties.Targets ?? []);
        var arn = rules.Put(context.Call, new()
        {
            Name = name,
            EventBusName = properties.EventBusName,
            Description = properties.Description,
            EventPattern = properties.EventPattern?.ToJsonString(),
            ScheduleExpression = properties.ScheduleExpression,
            State = properties.State,
            RoleArn = properties.RoleArn,
            Tags = properties.Tags,
        }).RuleArn;
        if (properties.Targets is { Count: > 0 } of)
            targets.Put(context.Call, new() { Rule = name, Targets = of });
        return arn;
    }

    private static Provisioned Describe(string name, string arn) => new(name, ("Arn", arn));
}
