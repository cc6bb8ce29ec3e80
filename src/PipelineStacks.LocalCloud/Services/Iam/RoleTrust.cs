using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Services.Iam;

/// <summary>Whom roles trust. Services ask it before they act for a role, as they would find out on AWS.</summary>
internal sealed class RoleTrust(IamState iam)
{
    /// <param name="service">As trust policies name it: <c>events.amazonaws.com</c>.</param>
    /// <returns>False also where there is no such role.</returns>
    public bool Allows(string roleArn, string service) =>
        roleArn.Split(':', 6) is ["arn", "aws", "iam", "", var account, var resource] && resource.StartsWith("role/", StringComparison.Ordinal)
        && iam.Roles.TryGet(IamState.Key(account, resource[(resource.LastIndexOf('/') + 1)..]), out var role)
        && Statements(role.TrustPolicy).Any(statement => statement["Effect"]?.GetValue<string>() == "Allow" && Names(statement["Principal"], service));

    private static IEnumerable<JsonObject> Statements(string policy) =>
        JsonNode.Parse(policy)?["Statement"] switch
        {
            JsonArray many => many.OfType<JsonObject>(),
            JsonObject one => [one],
            _ => [],
        };

    private static bool Names(JsonNode? principal, string service) => principal switch
    {
        JsonObject kinds => kinds["Service"] switch
        {
            JsonArray many => many.Any(one => one?.GetValue<string>() == service),
            JsonValue one => one.GetValue<string>() == service,
            _ => false,
        },
        JsonValue all => all.GetValue<string>() == "*",
        _ => false,
    };
}
