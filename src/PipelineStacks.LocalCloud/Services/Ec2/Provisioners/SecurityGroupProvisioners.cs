using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Ec2.Provisioners;

internal sealed record SecurityGroupProperties
{
    [CreateOnly]
    public required string GroupDescription { get; init; }

    [CreateOnly]
    public string? GroupName { get; init; }

    [CreateOnly]
    public required string VpcId { get; init; }

    [NoLocalEffect(Ec2State.NoPackets)]
    public IReadOnlyList<IngressRule>? SecurityGroupIngress { get; init; }

    [NoLocalEffect(Ec2State.NoPackets)]
    public IReadOnlyList<EgressRule>? SecurityGroupEgress { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal record IngressRule
{
    public required string IpProtocol { get; init; }
    public int? FromPort { get; init; }
    public int? ToPort { get; init; }
    public string? CidrIp { get; init; }
    public string? CidrIpv6 { get; init; }
    public string? SourcePrefixListId { get; init; }
    public string? SourceSecurityGroupId { get; init; }
    public string? Description { get; init; }

    public RuleState ToState() => new("", false, IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, SourcePrefixListId, SourceSecurityGroupId, Description);
}

internal record EgressRule
{
    public required string IpProtocol { get; init; }
    public int? FromPort { get; init; }
    public int? ToPort { get; init; }
    public string? CidrIp { get; init; }
    public string? CidrIpv6 { get; init; }
    public string? DestinationPrefixListId { get; init; }
    public string? DestinationSecurityGroupId { get; init; }
    public string? Description { get; init; }

    public RuleState ToState() => new("", true, IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, DestinationPrefixListId, DestinationSecurityGroupId, Description);
}

/// <summary><c>AWS::EC2::SecurityGroup</c>. Without egress rules of its own a group lets everything out.</summary>
internal sealed class SecurityGroupProvisioner(SecurityGroups groups) : Provisioner<SecurityGroupProperties>("AWS::EC2::SecurityGroup")
{
    private static readonly EgressRule Everything = new() { IpProtocol = "-1", CidrIp = "0.0.0.0/0" };

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SecurityGroupProperties properties)
    {
        var group = groups.Create(context.Call, properties.VpcId, properties.GroupName ?? context.NewName(255), properties.GroupDescription, Rules(properties),
            properties.Tags ?? []);
        return ValueTask.FromResult(Describe(group));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, SecurityGroupProperties before, SecurityGroupProperties after) =>
        ValueTask.FromResult(Describe(groups.Change(context.Call, physicalId, Rules(before), Rules(after), after.Tags ?? [])));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SecurityGroupProperties properties)
    {
        groups.Delete(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }

    private static List<RuleState> Rules(SecurityGroupProperties properties) =>
    [
        .. (properties.SecurityGroupIngress ?? []).Select(rule => rule.ToState()),
        .. (properties.SecurityGroupEgress is { Count: > 0 } egress ? egress : [Everything]).Select(rule => rule.ToState()),
    ];

    private static Provisioned Describe(SecurityGroupState group) => new(group.Id, ("GroupId", group.Id), ("Id", group.Id), ("VpcId", group.VpcId));
}

/// <summary>A rule that stands beside its group, as groups that name each other need.</summary>
internal interface IGroupRule
{
    string GroupId { get; }

    RuleState ToState();
}

internal sealed record SecurityGroupIngressProperties : IngressRule, IGroupRule
{
    public required string GroupId { get; init; }
}

internal sealed record SecurityGroupEgressProperties : EgressRule, IGroupRule
{
    public required string GroupId { get; init; }
}

/// <summary><c>AWS::EC2::SecurityGroupIngress</c>.</summary>
internal sealed class SecurityGroupIngressProvisioner(SecurityGroups groups)
    : GroupRuleProvisioner<SecurityGroupIngressProperties>(groups, "AWS::EC2::SecurityGroupIngress");

/// <summary><c>AWS::EC2::SecurityGroupEgress</c>.</summary>
internal sealed class SecurityGroupEgressProvisioner(SecurityGroups groups)
    : GroupRuleProvisioner<SecurityGroupEgressProperties>(groups, "AWS::EC2::SecurityGroupEgress");

/// <summary>What the two directions of a rule have in common: a rule is added to its group or taken away, and never changed.</summary>
internal abstract class GroupRuleProvisioner<TRule>(SecurityGroups groups, string resourceType) : Provisioner<TRule>(resourceType)
    where TRule : class, IGroupRule
{
    public override bool NeedsReplacement(ProvisionContext context, JsonObject before, JsonObject after) => !JsonNode.DeepEquals(before, after);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, TRule properties)
    {
        var rule = groups.Authorize(context.Call, properties.GroupId, properties.ToState());
        return ValueTask.FromResult(new Provisioned(rule.Id, ("Id", rule.Id)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, TRule before, TRule after) =>
        throw new InvalidOperationException("Every property of a rule replaces it.");

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, TRule properties)
    {
        groups.Revoke(context.Call, properties.GroupId, properties.ToState().IsEgress, rule => rule.Id == physicalId);
        return ValueTask.CompletedTask;
    }
}
