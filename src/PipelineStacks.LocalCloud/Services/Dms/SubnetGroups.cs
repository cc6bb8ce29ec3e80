using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.Iam;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>Subnet groups. Networks have no local effect, but the role must be there: it is what first deployments lack.</summary>
internal sealed class SubnetGroups(DmsState state, Tags tags, IamState iam)
{
    public const string Role = "dms-vpc-role";

    public static string ArnOf(Call call, string name) => call.Arn("dms", $"subgrp:{name}");

    public ReplicationSubnetGroupResponse Create(Call call, CreateReplicationSubnetGroupRequest request)
    {
        var name = request.ReplicationSubnetGroupIdentifier.ToLowerInvariant();
        call.Authorize("dms:CreateReplicationSubnetGroup", ArnOf(call, name));
        CheckRole(call);
        if (name == "default")
            throw DmsErrors.Value("The ReplicationSubnetGroupIdentifier may not be default.");
        var group = Describe(call, name, request.ReplicationSubnetGroupDescription, request.SubnetIds);
        if (!state.SubnetGroups.TryAdd(DmsState.Key(call, name), group))
            throw DmsErrors.Exists("ReplicationSubnetGroup", name);
        tags.Set(ArnOf(call, name), request.Tags);
        return new(group);
    }

    public ReplicationSubnetGroupResponse Modify(Call call, ModifyReplicationSubnetGroupRequest request)
    {
        call.Authorize("dms:ModifyReplicationSubnetGroup", ArnOf(call, request.ReplicationSubnetGroupIdentifier));
        var before = Get(call, request.ReplicationSubnetGroupIdentifier);
        var after = Describe(call, before.ReplicationSubnetGroupIdentifier,
            request.ReplicationSubnetGroupDescription ?? before.ReplicationSubnetGroupDescription, request.SubnetIds);
        state.SubnetGroups.Put(DmsState.Key(call, after.ReplicationSubnetGroupIdentifier), after);
        return new(after);
    }

    public Empty Delete(Call call, DeleteReplicationSubnetGroupRequest request)
    {
        var arn = ArnOf(call, request.ReplicationSubnetGroupIdentifier);
        call.Authorize("dms:DeleteReplicationSubnetGroup", arn);
        var group = Get(call, request.ReplicationSubnetGroupIdentifier);
        if (state.Instances.In(call.Account, call.Region).Any(one => one.ReplicationSubnetGroup?.ReplicationSubnetGroupIdentifier == group.ReplicationSubnetGroupIdentifier))
            throw DmsErrors.State($"The replication subnet group {group.ReplicationSubnetGroupIdentifier} is in use by a replication instance.");
        state.SubnetGroups.Remove(DmsState.Key(call, group.ReplicationSubnetGroupIdentifier));
        tags.Set(arn, null);
        return Empty.Value;
    }

    public DescribeReplicationSubnetGroupsResponse Describe(Call call, DescribeRequest request)
    {
        call.Authorize("dms:DescribeReplicationSubnetGroups", "*");
        var page = Filtering.Page(state.SubnetGroups.In(call.Account, call.Region), request,
            (group, name) => name == "replication-subnet-group-id" ? group.ReplicationSubnetGroupIdentifier : null);
        return new(page.Items, page.Next);
    }

    public ReplicationSubnetGroup Get(Call call, string name) =>
        state.SubnetGroups.TryGet(DmsState.Key(call, name.ToLowerInvariant()), out var group) ? group : throw DmsErrors.NotFound("ReplicationSubnetGroup", name);

    public void CheckRole(Call call)
    {
        if (!iam.Roles.TryGet(IamState.Key(call.Account, Role), out _))
            throw new ServiceException("AccessDeniedFault",
                $"The IAM Role arn:aws:iam::{call.Account}:role/{Role} is not configured properly.");
    }

    private static ReplicationSubnetGroup Describe(Call call, string name, string description, IReadOnlyList<string> subnets)
    {
        if (subnets.Count == 0 || subnets.Distinct(StringComparer.Ordinal).Count() < 2)
            throw new ServiceException("ReplicationSubnetGroupDoesNotCoverEnoughAZs",
                "The replication subnet group doesn't meet availability zone (AZ) coverage requirement. Please add subnets to cover at least 2 AZs.");
        return new(name, description, null, "Complete",
            [.. subnets.Select((subnet, index) => new Subnet(subnet, new($"{call.Region}{(char)('a' + (index % 3))}"), "Active"))]);
    }
}
