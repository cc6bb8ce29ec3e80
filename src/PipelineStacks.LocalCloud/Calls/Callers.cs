namespace PipelineStacks.LocalCloud.Calls;

/// <summary>Makes the calls: for a client's request, for a role that a service acts for, for a service itself.</summary>
internal sealed class Callers(IAuthorizer authorizer, Sessions sessions)
{
    public const string DefaultRegion = "us-east-1";

    /// <summary>A call of a client, from the access key and Region that its signature names.</summary>
    public Call ForClient(string? accessKeyId, string? region) =>
        Make(sessions.Resolve(accessKeyId), string.IsNullOrEmpty(region) ? DefaultRegion : region);

    /// <summary>A call of a service acting for a role, such as Firehose reading a stream.</summary>
    public Call ForRole(string roleArn, string region, string sessionName) => Make(Principal.Session(roleArn, sessionName), region);

    /// <summary>A call of a service in its own name.</summary>
    public Call ForService(string account, string region, string serviceName) => Make(Principal.Service(account, serviceName), region);

    private Call Make(Principal principal, string region) => new(authorizer, principal, region, Guid.NewGuid().ToString());
}
