using Microsoft.AspNetCore.Http;

namespace PipelineStacks.LocalCloud;

/// <summary>What a part of the cloud answers under <see cref="LocalControl.Root"/>, beside the AWS protocols.</summary>
internal interface ILocalPath
{
    /// <summary>The first segment below the root: <c>/lambda</c>.</summary>
    string Prefix { get; }

    /// <param name="rest">What follows the prefix.</param>
    Task HandleAsync(PathString rest, HttpContext http);
}
