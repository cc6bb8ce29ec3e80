using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Rules;

/// <summary>Tags of rules, by ARN.</summary>
internal sealed class RuleTags(RuleStore store)
{
    public Empty Tag(Call call, TagResourceRequest request)
    {
        store.Change(call, "events:TagResource", NameOf(call, request.ResourceARN), null, rule => rule with
        {
            Tags = [.. rule.Tags.Where(tag => request.Tags.All(one => one.Key != tag.Key)), .. request.Tags],
        });
        return Empty.Value;
    }

    public Empty Untag(Call call, UntagResourceRequest request)
    {
        store.Change(call, "events:UntagResource", NameOf(call, request.ResourceARN), null, rule => rule with
        {
            Tags = [.. rule.Tags.Where(tag => !request.TagKeys.Contains(tag.Key))],
        });
        return Empty.Value;
    }

    public ListTagsForResourceResponse List(Call call, ListTagsForResourceRequest request) =>
        new(store.Find(call, "events:ListTagsForResource", NameOf(call, request.ResourceARN), null).Tags);

    private static string NameOf(Call call, string arn)
    {
        var prefix = RuleStore.ArnOf(call, "");
        return arn.StartsWith(prefix, StringComparison.Ordinal) ? arn[prefix.Length..]
            : throw ServiceException.Unsupported($"Tagging {arn} in EventBridge (rules of the account and Region can be tagged)");
    }
}
