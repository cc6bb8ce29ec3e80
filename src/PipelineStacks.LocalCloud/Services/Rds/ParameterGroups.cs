using System.Collections.Immutable;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Rds.Contracts;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>Parameter groups. Every family has its <c>default.family</c> group, which can't be changed.</summary>
internal sealed class ParameterGroups(RdsState state)
{
    private const string DefaultPrefix = "default.";

    public ParameterGroupState Create(Call call, string name, string family, string description, IReadOnlyDictionary<string, string> parameters, IReadOnlyList<Tag> tags)
    {
        var group = new ParameterGroupState(name.ToLowerInvariant(), call.Arn("rds", $"pg:{name.ToLowerInvariant()}"), family, description, Checked(parameters), tags);
        call.Authorize("rds:CreateDBParameterGroup", group.Arn);
        EngineVersions.CheckFamily(family);
        return state.ParameterGroups.TryAdd(RdsState.Key(call, name), group)
            ? group
            : throw new ServiceException("DBParameterGroupAlreadyExists", $"Parameter group {group.Name} already exists");
    }

    public ParameterGroupState Change(Call call, string name, IReadOnlyDictionary<string, string> parameters, IReadOnlyList<Tag> tags)
    {
        Find(call, "ModifyDBParameterGroup", name);
        var after = Checked(parameters);
        return state.ParameterGroups.Update(RdsState.Key(call, name), group => group with { Parameters = after, Tags = tags })!;
    }

    public void Delete(Call call, string name)
    {
        var group = Find(call, "DeleteDBParameterGroup", name);
        if (state.Instances.In(call.Account, call.Region).FirstOrDefault(one => one.ParameterGroup == group.Name) is { } user)
            throw new ServiceException("InvalidDBParameterGroupState", $"One or more database instances are still members of this parameter group {group.Name}: {user.Id}");
        state.ParameterGroups.Remove(RdsState.Key(call, name));
    }

    public ParameterGroupState Find(Call call, string action, string name)
    {
        call.Authorize("rds:" + action, call.Arn("rds", $"pg:{name.ToLowerInvariant()}"));
        if (state.ParameterGroups.TryGet(RdsState.Key(call, name), out var group))
            return group;
        if (!name.StartsWith(DefaultPrefix, StringComparison.Ordinal))
            throw new ServiceException("DBParameterGroupNotFound", $"DBParameterGroup not found: {name}", 404);
        EngineVersions.CheckFamily(name[DefaultPrefix.Length..]);
        return new(name, call.Arn("rds", $"pg:{name}"), name[DefaultPrefix.Length..], $"Default parameter group for {name[DefaultPrefix.Length..]}",
            ImmutableSortedDictionary<string, string>.Empty, []);
    }

    public DescribeDBParameterGroupsResponse Describe(Call call, DescribeDBParameterGroupsRequest request)
    {
        call.Authorize("rds:DescribeDBParameterGroups", "*");
        var groups = request.DBParameterGroupName is { } name ? [Find(call, "DescribeDBParameterGroups", name)] : state.ParameterGroups.In(call.Account, call.Region);
        var page = Page<ParameterGroupState>.Of(groups, request.Marker, request.MaxRecords ?? 100, "InvalidParameterValue");
        return new([.. page.Items.Select(group => new DBParameterGroup(group.Name, group.Family, group.Description, group.Arn))], page.Next);
    }

    public DescribeDBParametersResponse DescribeParameters(Call call, DescribeDBParametersRequest request)
    {
        var group = Find(call, "DescribeDBParameters", request.DBParameterGroupName);
        var all = ParameterCatalog.OfTheServer.Select(one => (Name: one.Key, IsDynamic: one.Value, Why: (string?)null))
            .Concat(ParameterCatalog.WithoutLocalEffect.Select(one => (Name: one.Key, IsDynamic: true, Why: (string?)$"No effect on the local server. {one.Value}")))
            .OrderBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => new Parameter(one.Name, group.Parameters.GetValueOrDefault(one.Name), one.Why, group.Parameters.ContainsKey(one.Name) ? "user" : "engine-default",
                one.IsDynamic ? "dynamic" : "static", true, one.IsDynamic ? "immediate" : "pending-reboot"))
            .Where(one => request.Source is null || one.Source == request.Source);
        var page = Page<Parameter>.Of(all, request.Marker, request.MaxRecords ?? 100, "InvalidParameterValue");
        return new(page.Items, page.Next);
    }

    public static void Check(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (name, value) in parameters)
            ParameterCatalog.Check(name, value);
    }

    private static ImmutableSortedDictionary<string, string> Checked(IReadOnlyDictionary<string, string> parameters)
    {
        Check(parameters);
        return parameters.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
