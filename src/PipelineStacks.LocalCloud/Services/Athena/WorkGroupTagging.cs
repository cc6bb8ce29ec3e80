using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>Tags of workgroups.</summary>
internal sealed class WorkGroupTagging(AthenaState state, WorkGroups groups)
{
    public Empty Tag(Call call, TagResourceInput request)
    {
        call.Authorize("athena:TagResource", request.ResourceARN);
        Change(call, request.ResourceARN, tags => [.. tags.ExceptBy(request.Tags.Select(tag => tag.Key), tag => tag.Key), .. request.Tags]);
        return Empty.Value;
    }

    public Empty Untag(Call call, UntagResourceInput request)
    {
        call.Authorize("athena:UntagResource", request.ResourceARN);
        Change(call, request.ResourceARN, tags => [.. tags.Where(tag => !request.TagKeys.Contains(tag.Key))]);
        return Empty.Value;
    }

    public ListTagsForResourceOutput List(Call call, ListTagsForResourceInput request)
    {
        call.Authorize("athena:ListTagsForResource", request.ResourceARN);
        var page = AthenaErrors.Page(Of(call, Find(call, request.ResourceARN)), request.NextToken, request.MaxResults, 75);
        return new(page.Items, page.Next);
    }

    public void Replace(Call call, string group, IReadOnlyList<Tag> tags) => state.Tags.Put(AthenaState.Key(call, group), new(group, tags));

    private void Change(Call call, string arn, Func<IReadOnlyList<Tag>, IReadOnlyList<Tag>> change)
    {
        lock (state.Writing)
        {
            var group = Find(call, arn);
            Replace(call, group, change(Of(call, group)));
        }
    }

    private IReadOnlyList<Tag> Of(Call call, string group) => state.Tags.TryGet(AthenaState.Key(call, group), out var found) ? found.Tags : [];

    private string Find(Call call, string arn)
    {
        var prefix = AthenaState.WorkGroupArn(call, "");
        if (!arn.StartsWith(prefix, StringComparison.Ordinal))
            throw ServiceException.Unsupported($"Tagging {arn} in Athena");
        return groups.Find(call, arn[prefix.Length..]).Name;
    }
}
