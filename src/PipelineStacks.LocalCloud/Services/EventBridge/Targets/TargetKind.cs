using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>A kind of target, told by its ARN.</summary>
/// <param name="service">The ARN's service.</param>
/// <param name="resourcePrefix">How the ARN's resource begins.</param>
internal abstract class TargetKind(string service, string resourcePrefix)
{
    public string Service => service;

    public string ResourcePrefix => resourcePrefix;

    /// <summary>Whether EventBridge acts for a role here; the others are reached by their own policies.</summary>
    public virtual bool NeedsRole => false;

    /// <param name="call">Of the target's role, or of EventBridge itself.</param>
    /// <exception cref="ServiceException">The target does not take it.</exception>
    public abstract ValueTask SendAsync(Call call, Target target, Event published, string input);

    /// <summary>The name after the prefix.</summary>
    protected string NameOf(string arn) => arn.Split(':', 6)[5][resourcePrefix.Length..];
}
