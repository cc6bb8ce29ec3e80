using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>The resources of a part of Glue that can be tagged by ARN. Registered as a singleton; it must not need <see cref="GlueTags"/>.</summary>
internal interface ITaggedResources
{
    /// <summary>As their ARNs name it: <c>crawler</c>.</summary>
    string Kind { get; }

    bool Exists(Call call, string name);
}
