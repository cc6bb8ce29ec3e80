using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using PipelineStacks.Storage;

namespace PipelineStacks.Iot;

/// <summary>Roles under which AWS IoT acts. The policies are part of them: a rule works from the moment that it is there.</summary>
internal static class RuleRole
{
    public static Role Of(Construct scope, string description, params PolicyStatement[] statements) => new(scope, "Role", new RoleProps
    {
        AssumedBy = new ServicePrincipal("iot.amazonaws.com"),
        Description = description,
        InlinePolicies = new Dictionary<string, PolicyDocument> { ["Act"] = new(new PolicyDocumentProps { Statements = statements }) },
    });

    public static PolicyStatement Allow(string sid, string action, string resource) =>
        new(new PolicyStatementProps { Sid = sid, Actions = [action], Resources = [resource] });

    // The key serves other data as well, so that the role may use it only through the service that it writes to.
    public static PolicyStatement UseKey(Construct scope, DataKey key, string service)
    {
        var stack = Stack.Of(scope);
        return new(new PolicyStatementProps
        {
            Sid = "UseKey",
            Actions = ["kms:GenerateDataKey"],
            Resources = [key.Key.KeyArn],
            Conditions = new Dictionary<string, object>
            {
                ["StringEquals"] = new Dictionary<string, object> { ["kms:ViaService"] = $"{service}.{stack.Region}.{stack.UrlSuffix}" },
            },
        });
    }
}
