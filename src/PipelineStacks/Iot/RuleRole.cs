using Amazon.CDK.AWS.IAM;
using Constructs;

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
}
