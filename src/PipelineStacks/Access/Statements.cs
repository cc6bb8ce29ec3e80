using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace PipelineStacks.Access;

/// <summary>Statements of roles' policies. Each names what it is for, and the resources that it is about.</summary>
internal static class Statements
{
    public static PolicyStatement Allow(string sid, string[] actions, params string[] resources) =>
        new(new PolicyStatementProps { Sid = sid, Actions = actions, Resources = resources });

    /// <summary>The use of a key that serves other data as well, so that the role may use it only through the service that it works with.</summary>
    /// <param name="service">Such as <c>s3</c>.</param>
    public static PolicyStatement UseKeyVia(Construct scope, string sid, string service, string keyArn, params string[] actions) =>
        UseKeyVia(sid, Endpoint(scope, service), keyArn, actions);

    /// <summary>The same through any of several services.</summary>
    public static PolicyStatement UseKeyVia(Construct scope, string sid, IEnumerable<string> services, string keyArn, params string[] actions) =>
        UseKeyVia(sid, services.Select(service => Endpoint(scope, service)).ToArray(), keyArn, actions);

    private static PolicyStatement UseKeyVia(string sid, object endpoints, string keyArn, string[] actions) => new(new PolicyStatementProps
    {
        Sid = sid,
        Actions = actions,
        Resources = [keyArn],
        Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["kms:ViaService"] = endpoints } },
    });

    private static string Endpoint(Construct scope, string service) => $"{service}.{Stack.Of(scope).Region}.{Stack.Of(scope).UrlSuffix}";
}
