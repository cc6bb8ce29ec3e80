using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Log groups: their retention, key and tags.</summary>
internal sealed class LogGroups(LogsState state, LogEvents events, TimeProvider time)
{
    private static readonly int[] Retentions =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public Empty Create(Call call, CreateLogGroupRequest request)
    {
        var arn = ArnOf(call, request.LogGroupName);
        call.Authorize("logs:CreateLogGroup", arn);
        LogNames.CheckGroup(request.LogGroupName);
        if (request.LogGroupClass is not (null or "STANDARD"))
            throw ServiceException.Unsupported($"The log group class {request.LogGroupClass}");
        var group = new LogGroupState(
            request.LogGroupName, arn, LogsState.NewId(), time.GetUtcNow(), null, request.KmsKeyId, "STANDARD", request.DeletionProtectionEnabled == true,
            request.Tags ?? new Dictionary<string, string>());
        return state.Groups.TryAdd(KeyOf(call, group.Name), group)
            ? Empty.Value
            : throw new ServiceException("ResourceAlreadyExistsException", "The specified log group already exists");
    }

    public Empty Delete(Call call, LogGroupRequest request)
    {
        var group = Find(call, "logs:DeleteLogGroup", request.LogGroupName);
        if (group.DeletionProtection)
            throw new ServiceException("ValidationException", "The log group has deletion protection enabled and cannot be deleted.");
        var key = KeyOf(call, group.Name);
        state.Groups.Remove(key);
        foreach (var stream in state.StreamsOf(key).ToList())
            state.Streams.Remove(LogsState.Child(key, stream.Name));
        foreach (var filter in state.FiltersOf(key).ToList())
            state.Filters.Remove(LogsState.Child(key, filter.Name));
        events.Delete(group);
        return Empty.Value;
    }

    public DescribeLogGroupsResponse Describe(Call call, DescribeLogGroupsRequest request)
    {
        call.Authorize("logs:DescribeLogGroups", ArnOf(call, "*"));
        var groups = state.Groups.In(call.Account, call.Region).Where(group =>
            group.Name.StartsWith(request.LogGroupNamePrefix ?? "", StringComparison.Ordinal)
            && group.Name.Contains(request.LogGroupNamePattern ?? "", StringComparison.OrdinalIgnoreCase)
            && (request.LogGroupClass ?? group.LogGroupClass) == group.LogGroupClass);
        var page = Page<LogGroupState>.Of(groups, request.NextToken, request.Limit ?? 50, "InvalidParameterException");
        return new([.. page.Items.Select(group => Describe(call, group))], page.Next);
    }

    public Empty PutRetention(Call call, PutRetentionPolicyRequest request)
    {
        if (!Retentions.Contains(request.RetentionInDays))
            throw new ServiceException("InvalidParameterException",
                $"1 validation error detected: Value '{request.RetentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Retentions)}]");
        return Change(call, "logs:PutRetentionPolicy", request.LogGroupName, group => group with { RetentionInDays = request.RetentionInDays });
    }

    public Empty DeleteRetention(Call call, LogGroupRequest request) =>
        Change(call, "logs:DeleteRetentionPolicy", request.LogGroupName, group => group with { RetentionInDays = null });

    public Empty PutDeletionProtection(Call call, PutLogGroupDeletionProtectionRequest request) =>
        Change(call, "logs:PutLogGroupDeletionProtection", LogNames.GroupOf(request.LogGroupIdentifier),
            group => group with { DeletionProtection = request.DeletionProtectionEnabled });

    public Empty AssociateKey(Call call, KmsKeyRequest request) =>
        Change(call, "logs:AssociateKmsKey", request.LogGroupName, group => group with { KmsKeyId = request.KmsKeyId });

    public Empty DisassociateKey(Call call, LogGroupRequest request) =>
        Change(call, "logs:DisassociateKmsKey", request.LogGroupName, group => group with { KmsKeyId = null });

    public Empty Tag(Call call, TagLogGroupRequest request) =>
        Change(call, "logs:TagLogGroup", request.LogGroupName, group => group with { Tags = Merge(group.Tags, request.Tags) });

    public Empty Untag(Call call, UntagLogGroupRequest request) =>
        Change(call, "logs:UntagLogGroup", request.LogGroupName, group => group with { Tags = Without(group.Tags, request.Tags) });

    public TagsResponse ListTags(Call call, LogGroupRequest request) => new(Find(call, "logs:ListTagsLogGroup", request.LogGroupName).Tags);

    public Empty TagResource(Call call, TagResourceRequest request) =>
        Change(call, "logs:TagResource", LogNames.GroupOf(request.ResourceArn), group => group with { Tags = Merge(group.Tags, request.Tags) });

    public Empty UntagResource(Call call, UntagResourceRequest request) =>
        Change(call, "logs:UntagResource", LogNames.GroupOf(request.ResourceArn), group => group with { Tags = Without(group.Tags, request.TagKeys) });

    public TagsResponse ListTagsForResource(Call call, ResourceRequest request) =>
        new(Find(call, "logs:ListTagsForResource", LogNames.GroupOf(request.ResourceArn)).Tags);

    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>.</exception>
    public LogGroupState Find(Call call, string action, string? name)
    {
        if (name is null)
            throw new ServiceException("InvalidParameterException", "A log group must be given by name or by identifier.");
        call.Authorize(action, ArnOf(call, name));
        return state.Groups.TryGet(KeyOf(call, name), out var group) ? group : throw Missing();
    }

    public static ResourceKey KeyOf(Call call, string name) => new(call.Account, call.Region, name);

    private Empty Change(Call call, string action, string name, Func<LogGroupState, LogGroupState> change)
    {
        Find(call, action, name);
        _ = state.Groups.Update(KeyOf(call, name), change) ?? throw Missing();
        return Empty.Value;
    }

    private LogGroup Describe(Call call, LogGroupState group) => new(
        group.Name, group.Created.ToUnixTimeMilliseconds(), group.RetentionInDays, state.FiltersOf(KeyOf(call, group.Name)).Count(), group.Arn + ":*",
        events.SizeOf(group), group.KmsKeyId, group.LogGroupClass, group.Arn, group.DeletionProtection);

    private static string ArnOf(Call call, string name) => call.Arn("logs", $"log-group:{name}");

    private static ServiceException Missing() => new("ResourceNotFoundException", "The specified log group does not exist.");

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> tags, IReadOnlyDictionary<string, string> changes)
    {
        var merged = new Dictionary<string, string>(tags);
        foreach (var (key, value) in changes)
            merged[key] = value;
        return merged;
    }

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> tags, IReadOnlyList<string> keys) =>
        tags.Where(tag => !keys.Contains(tag.Key)).ToDictionary();
}
