namespace PipelineStacks.LocalCloud.Calls;

/// <summary>Decides whether a principal may do an action on a resource. Every call in the cloud passes the one instance.</summary>
internal interface IAuthorizer
{
    /// <summary>Returns when the call is allowed.</summary>
    /// <exception cref="ServiceException">The call is denied: <c>AccessDeniedException</c>, 400 or 403.</exception>
    void Demand(Call call, string action, string resource);
}

/// <summary>Allows everything, as long as the templates' policies are not enforced locally.</summary>
internal sealed class AllowEverything : IAuthorizer
{
    public void Demand(Call call, string action, string resource)
    {
        // Every call arrives here with its principal; enforcing policies later means replacing this class alone.
    }
}
