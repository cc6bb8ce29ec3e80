using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>The tags of all of DMS's resources, by ARN.</summary>
internal sealed class Tags(DmsState state)
{
    public Empty Add(Call call, AddTagsToResourceRequest request)
    {
        call.Authorize("dms:AddTagsToResource", request.ResourceArn);
        Set(request.ResourceArn, [.. Of(request.ResourceArn).Where(tag => request.Tags.All(added => added.Key != tag.Key)), .. request.Tags]);
        return Empty.Value;
    }

    public Empty Remove(Call call, RemoveTagsFromResourceRequest request)
    {
        call.Authorize("dms:RemoveTagsFromResource", request.ResourceArn);
        Set(request.ResourceArn, [.. Of(request.ResourceArn).Where(tag => !request.TagKeys.Contains(tag.Key))]);
        return Empty.Value;
    }

    public ListTagsForResourceResponse List(Call call, ListTagsForResourceRequest request)
    {
        IReadOnlyList<string> arns = request.ResourceArnList ?? (request.ResourceArn is { } arn ? [arn] : throw DmsErrors.Value("ResourceArn is required."));
        foreach (var one in arns)
            call.Authorize("dms:ListTagsForResource", one);
        return new([.. arns.SelectMany(one => Of(one).Select(tag => new ResourceTag(tag.Key, tag.Value, one)))]);
    }

    public void Set(string arn, IReadOnlyList<Tag>? tags)
    {
        if (tags is { Count: > 0 })
            state.Tags.Put(DmsState.KeyOf(arn), tags);
        else if (Of(arn).Count > 0)
            state.Tags.Remove(DmsState.KeyOf(arn));
    }

    private IReadOnlyList<Tag> Of(string arn) => state.Tags.TryGet(DmsState.KeyOf(arn), out var tags) ? tags : [];
}
