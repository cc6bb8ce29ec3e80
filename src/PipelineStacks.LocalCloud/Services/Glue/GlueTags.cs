using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>Tags of Glue's resources, by ARN.</summary>
internal sealed class GlueTags(CatalogState state, IEnumerable<ITaggedResources> tagged)
{
    public Empty Tag(Call call, TagResourceRequest request)
    {
        call.Authorize("glue:TagResource", request.ResourceArn);
        Demand(call, request.ResourceArn);
        Put(call, request.ResourceArn, request.TagsToAdd);
        return Empty.Value;
    }

    public Empty Untag(Call call, UntagResourceRequest request)
    {
        call.Authorize("glue:UntagResource", request.ResourceArn);
        Demand(call, request.ResourceArn);
        lock (state.Writing)
        {
            var left = Of(call, request.ResourceArn).Where(tag => !request.TagsToRemove.Contains(tag.Key)).ToDictionary();
            state.Tags.Put(CatalogState.Key(call, request.ResourceArn), new(request.ResourceArn, left));
        }

        return Empty.Value;
    }

    public GetTagsResponse Get(Call call, GetTagsRequest request)
    {
        call.Authorize("glue:GetTags", request.ResourceArn);
        Demand(call, request.ResourceArn);
        return new(Of(call, request.ResourceArn));
    }

    public void Put(Call call, string arn, IReadOnlyDictionary<string, string> tags)
    {
        lock (state.Writing)
        {
            var all = new SortedDictionary<string, string>(Of(call, arn).ToDictionary(), StringComparer.Ordinal);
            foreach (var (name, value) in tags)
                all[name] = value;
            state.Tags.Put(CatalogState.Key(call, arn), new(arn, all));
        }
    }

    /// <summary>Makes these all of the resource's tags.</summary>
    public void Replace(Call call, string arn, IReadOnlyDictionary<string, string>? tags)
    {
        lock (state.Writing)
        {
            Forget(call, arn);
            if (tags is { Count: > 0 })
                Put(call, arn, tags);
        }
    }

    public void Forget(Call call, string arn) => state.Tags.Remove(CatalogState.Key(call, arn));

    public IReadOnlyDictionary<string, string> Of(Call call, string arn) =>
        state.Tags.TryGet(CatalogState.Key(call, arn), out var found) ? found.Tags : new Dictionary<string, string>();

    private void Demand(Call call, string arn)
    {
        var parts = arn.Split(':', 6);
        var exists = parts.Length == 6 && parts[2] == "glue" && parts[3] == call.Region && parts[4] == call.Account && parts[5].Split('/') switch
        {
            ["catalog"] => true,
            ["database", var database] => state.Databases.TryGet(CatalogState.Key(call, database), out _),
            ["table", var database, var table] => state.Tables.TryGet(CatalogState.Key(call, database, table), out _),
            [var kind, var name] when tagged.FirstOrDefault(resources => resources.Kind == kind) is { } resources => resources.Exists(call, name),
            _ => throw ServiceException.Unsupported($"Tagging {arn} in Glue"),
        };
        if (!exists)
            throw GlueErrors.NotFound($"Resource {arn} not found.");
    }
}
