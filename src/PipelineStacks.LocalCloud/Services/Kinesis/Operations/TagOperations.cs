using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>Tags of streams, by the older operations and by those for any resource, and of consumers.</summary>
internal sealed class TagOperations(StreamStore streams)
{
    public Empty Add(Call call, AddTagsToStreamRequest request)
    {
        var validation = new Validation().Required("tags", request.Tags).Tags(request.Tags);
        var stream = streams.Get(call, "kinesis:AddTagsToStream", request.StreamName, request.StreamARN, validation);
        Change(stream, Adding(stream.Key, request.Tags!));
        return Empty.Value;
    }

    public Empty Remove(Call call, RemoveTagsFromStreamRequest request)
    {
        var validation = new Validation().Required("tagKeys", request.TagKeys).TagKeys(request.TagKeys);
        Change(streams.Get(call, "kinesis:RemoveTagsFromStream", request.StreamName, request.StreamARN, validation), Removing(request.TagKeys!));
        return Empty.Value;
    }

    public ListTagsForStreamResponse List(Call call, ListTagsForStreamRequest request)
    {
        var validation = new Validation().Range("limit", request.Limit, 1, Tags.Max).Length("exclusiveStartTagKey", request.ExclusiveStartTagKey, 1, 128);
        var stream = streams.Get(call, "kinesis:ListTagsForStream", request.StreamName, request.StreamARN, validation);
        var all = Sorted(stream.State.Tags)
            .Where(tag => request.ExclusiveStartTagKey is null || string.CompareOrdinal(tag.Key, request.ExclusiveStartTagKey) > 0).ToList();
        var page = all.Take(request.Limit ?? Tags.Max).ToList();
        return new(page, all.Count > page.Count);
    }

    public Empty Tag(Call call, TagResourceRequest request)
    {
        new Validation().Required("resourceARN", request.ResourceARN).Required("tags", request.Tags).Tags(request.Tags).Throw();
        var stream = StreamNames.FromArn(ConsumerState.StreamOf(request.ResourceARN!));
        ChangeResource(call, "kinesis:TagResource", request.ResourceARN!, Adding(stream, request.Tags!));
        return Empty.Value;
    }

    public Empty Untag(Call call, UntagResourceRequest request)
    {
        new Validation().Required("resourceARN", request.ResourceARN).Required("tagKeys", request.TagKeys).Throw();
        ChangeResource(call, "kinesis:UntagResource", request.ResourceARN!, Removing(request.TagKeys!));
        return Empty.Value;
    }

    public ListTagsForResourceResponse ListForResource(Call call, ResourceRequest request)
    {
        new Validation().Required("resourceARN", request.ResourceARN).Throw();
        var tags = Consumer(call, "kinesis:ListTagsForResource", request.ResourceARN!)?.Tags
            ?? streams.Get(call, "kinesis:ListTagsForResource", null, request.ResourceARN).State.Tags;
        return new(Sorted(tags));
    }

    private static List<Tag> Sorted(IReadOnlyDictionary<string, string> tags) =>
        [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new Tag(tag.Key, tag.Value))];

    private static Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> Adding(
        ResourceKey stream, IReadOnlyDictionary<string, string> tags) =>
        before =>
        {
            var after = new Dictionary<string, string>(before);
            foreach (var (key, value) in tags)
                after[key] = value;
            Tags.Check(stream.Name, stream.Account, after);
            return after;
        };

    private static Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> Removing(IReadOnlyList<string> keys)
    {
        Tags.CheckKeys(keys);
        return before => before.Where(tag => !keys.Contains(tag.Key)).ToDictionary();
    }

    private static void Change(KinesisStream stream, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
    {
        lock (stream.Changing)
            stream.Change(stream.State with { Tags = change(stream.State.Tags) });
    }

    private void ChangeResource(
        Call call, string action, string arn, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
    {
        if (Consumer(call, action, arn) is { } consumer)
            streams.Consumers.Put(consumer.KeyOf(), consumer with { Tags = change(consumer.Tags) });
        else
            Change(streams.Get(call, action, null, arn), change);
    }

    private ConsumerState? Consumer(Call call, string action, string arn)
    {
        if (!arn.Contains("/consumer/", StringComparison.Ordinal))
            return null;
        call.Authorize(action, arn);
        return streams.FindConsumer(arn) ?? throw KinesisErrors.NotFound($"Consumer {arn} not found.");
    }
}
