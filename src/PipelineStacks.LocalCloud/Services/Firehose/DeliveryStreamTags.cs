using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>The tags of delivery streams.</summary>
internal sealed class DeliveryStreamTags(DeliveryStreamStore store)
{
    private const int PageSize = 50;

    public Empty Tag(Call call, TagDeliveryStreamRequest request)
    {
        call.Authorize("firehose:TagDeliveryStream", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        lock (store.Changing)
        {
            var stream = store.Get(call, request.DeliveryStreamName);
            store.Update(stream with { Tags = DeliveryStreamRules.Tags(request.Tags, stream.Tags) });
        }

        return Empty.Value;
    }

    public Empty Untag(Call call, UntagDeliveryStreamRequest request)
    {
        call.Authorize("firehose:UntagDeliveryStream", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        lock (store.Changing)
        {
            var stream = store.Get(call, request.DeliveryStreamName);
            store.Update(stream with { Tags = stream.Tags.Where(tag => !request.TagKeys.Contains(tag.Key)).ToDictionary() });
        }

        return Empty.Value;
    }

    public ListTagsForDeliveryStreamResponse List(Call call, ListTagsForDeliveryStreamRequest request)
    {
        call.Authorize("firehose:ListTagsForDeliveryStream", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        var tags = store.Get(call, request.DeliveryStreamName).Tags
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Where(tag => string.CompareOrdinal(tag.Key, request.ExclusiveStartTagKey) > 0)
            .Select(tag => new Tag(tag.Key, tag.Value))
            .ToList();
        var limit = request.Limit ?? PageSize;
        return new([.. tags.Take(limit)], tags.Count > limit);
    }
}
