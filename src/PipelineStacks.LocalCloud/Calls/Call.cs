namespace PipelineStacks.LocalCloud.Calls;

/// <summary>
/// One call inside the cloud, from a client or from a service: who calls, where, and the proof that it was authorised.
/// Service methods take it first and begin with <see cref="Authorize"/>.
/// </summary>
internal sealed class Call(IAuthorizer authorizer, Principal principal, string region, string requestId)
{
    public Principal Principal => principal;

    public string Account => principal.Account;

    public string Region => region;

    public string RequestId => requestId;

    /// <summary>True once the call has passed the authoriser; the dispatcher refuses to answer a call that has not.</summary>
    public bool Authorized { get; private set; }

    /// <summary>Passes the authoriser for one action on one resource.</summary>
    /// <param name="action">As policies name it: <c>kinesis:PutRecord</c>.</param>
    /// <param name="resource">The resource's ARN, or <c>*</c> where the action takes none.</param>
    public void Authorize(string action, string resource)
    {
        authorizer.Demand(this, action, resource);
        Authorized = true;
    }

    /// <summary>An ARN in the call's account and Region: <c>Arn("kinesis", "stream/events")</c>.</summary>
    public string Arn(string service, string resource) => $"arn:aws:{service}:{region}:{Account}:{resource}";
}
