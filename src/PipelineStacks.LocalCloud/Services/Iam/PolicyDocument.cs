using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Iam;

/// <summary>Where a policy stands decides which elements its statements must and must not have.</summary>
internal enum PolicyKind
{
    /// <summary>Attached to a role: says what it may do.</summary>
    Identity,

    /// <summary>A role's trust policy: says who may assume it.</summary>
    Trust,

    /// <summary>Attached to a resource, such as a key: says who may do what with it.</summary>
    Resource,
}

/// <summary>Checks the shape of policy documents, so that what AWS would refuse at deployment is refused here.</summary>
internal static class PolicyDocument
{
    private static readonly string[] StatementElements =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    /// <param name="errorCode">IAM says <c>MalformedPolicyDocument</c>, KMS <c>MalformedPolicyDocumentException</c>.</param>
    /// <returns>The document as compact JSON.</returns>
    public static string Check(string document, PolicyKind kind, string errorCode = "MalformedPolicyDocument")
    {
        JsonNode? parsed;
        try
        {
            parsed = JsonNode.Parse(document);
        }
        catch (JsonException)
        {
            throw new ServiceException(errorCode, "This policy contains invalid Json");
        }

        return Check(parsed, kind, errorCode);
    }

    public static string Check(JsonNode? document, PolicyKind kind, string errorCode = "MalformedPolicyDocument")
    {
        if (Problem(document, kind) is { } problem)
            throw new ServiceException(errorCode, problem);
        return document!.ToJsonString();
    }

    private static string? Problem(JsonNode? document, PolicyKind kind)
    {
        if (document is not JsonObject policy || policy.Any(pair => pair.Key is not ("Version" or "Id" or "Statement")))
            return "Syntax errors in policy.";
        if (policy.TryGetPropertyValue("Version", out var version) && !IsText(version, "2012-10-17", "2008-10-17"))
            return "Syntax errors in policy. The policy's Version must be 2012-10-17 or 2008-10-17.";
        return policy["Statement"] switch
        {
            JsonArray { Count: > 0 } statements => statements.Select(statement => StatementProblem(statement, kind)).FirstOrDefault(problem => problem is not null),
            JsonObject statement => StatementProblem(statement, kind),
            _ => "Syntax errors in policy.",
        };
    }

    private static string? StatementProblem(JsonNode? node, PolicyKind kind)
    {
        if (node is not JsonObject statement)
            return "Syntax errors in policy.";
        if (statement.Select(pair => pair.Key).FirstOrDefault(name => !StatementElements.Contains(name)) is { } unknown)
            return $"Syntax errors in policy. A statement has no element {unknown}.";
        if (!IsText(statement["Effect"], "Allow", "Deny"))
            return statement.ContainsKey("Effect") ? "Syntax errors in policy. Effect must be Allow or Deny." : "Missing required field Effect";
        if (!HasOneOf(statement, "Action"))
            return "Policy statement must contain actions.";
        if (statement.ContainsKey("Condition") && statement["Condition"] is not JsonObject)
            return "Syntax errors in policy. Condition must be an object.";
        return PrincipalProblem(statement, kind) ?? ResourceProblem(statement, kind) ?? ActionProblem(statement);
    }

    private static string? PrincipalProblem(JsonObject statement, PolicyKind kind) => (kind, HasPrincipal(statement)) switch
    {
        (PolicyKind.Identity, true) => "Policy document should not specify a principal.",
        (PolicyKind.Trust or PolicyKind.Resource, false) => "Missing required field Principal",
        _ => null,
    };

    private static string? ResourceProblem(JsonObject statement, PolicyKind kind)
    {
        var present = statement.ContainsKey("Resource") || statement.ContainsKey("NotResource");
        if (kind == PolicyKind.Trust)
            return present ? "Has prohibited field Resource" : null;
        if (!HasOneOf(statement, "Resource"))
            return "Policy statement must contain resources.";
        return Texts(statement["Resource"] ?? statement["NotResource"]).FirstOrDefault(text => text != "*" && !text.StartsWith("arn:", StringComparison.Ordinal)) is { } wrong
            ? $"Resource {wrong} must be in ARN format or \"*\"."
            : null;
    }

    private static string? ActionProblem(JsonObject statement) =>
        Texts(statement["Action"] ?? statement["NotAction"]).All(text => text == "*" || text.IndexOf(':', StringComparison.Ordinal) > 0)
            ? null
            : "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";

    private static bool HasPrincipal(JsonObject statement) => statement.ContainsKey("Principal") || statement.ContainsKey("NotPrincipal");

    // Exactly one of the element and its negation, with a text or a list of texts.
    private static bool HasOneOf(JsonObject statement, string element) =>
        statement.ContainsKey(element) != statement.ContainsKey("Not" + element)
        && (statement[element] ?? statement["Not" + element]) switch
        {
            JsonArray { Count: > 0 } items => items.All(IsText),
            var single => IsText(single),
        };

    private static IEnumerable<string> Texts(JsonNode? node) =>
        node is JsonArray items ? items.Select(item => item!.GetValue<string>()) : [node!.GetValue<string>()];

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    private static bool IsText(JsonNode? node, params ReadOnlySpan<string> values) => IsText(node) && values.Contains(node!.GetValue<string>());
}
