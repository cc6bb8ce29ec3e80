using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace PipelineStacks.LocalCloud.Calls;

/// <summary>
/// Which actions each role, user or service was allowed since the cloud started, under <c>/_local/actions</c>: what a policy must name that grants no
/// more than is used. On AWS that is IAM's business, by CloudTrail.
/// </summary>
internal sealed class CalledActions(IAuthorizer authorizer) : IAuthorizer, ILocalPath
{
    // By the role of a session, since sessions are without number.
    private readonly ConcurrentDictionary<(string Principal, string Action), bool> _called = new();

    public string Prefix => "/actions";

    public void Demand(Call call, string action, string resource)
    {
        authorizer.Demand(call, action, resource);
        _called.TryAdd((call.Principal.RoleArn ?? call.Principal.Arn, action), true);
    }

    /// <summary>The principals with their actions, in their order.</summary>
    public Task HandleAsync(PathString rest, HttpContext http) => http.Response.WriteAsJsonAsync(new SortedDictionary<string, string[]>(
        _called.Keys.GroupBy(called => called.Principal, called => called.Action).ToDictionary(principal => principal.Key, principal => principal.Order(StringComparer.Ordinal).ToArray()),
        StringComparer.Ordinal));
}
