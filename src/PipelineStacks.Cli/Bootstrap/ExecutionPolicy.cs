using System.Text.Json.Nodes;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Bootstrap;

/// <summary>
/// What CloudFormation needs for the project's stacks, in place of the administrator that a bootstrap makes of it by default. Roles, which are the
/// way to more, are bound by their names; other services by what they are.
/// </summary>
internal static class ExecutionPolicy
{
    /// <summary>The services of the stacks' resources, by the prefixes of their actions.</summary>
    private static readonly string[] Services =
    [
        "athena", "budgets", "cloudwatch", "codebuild", "codepipeline", "codestar-notifications", "dms", "ec2", "events", "firehose", "glue", "iot", "kinesis",
        "kms", "lambda", "logs", "rds", "s3", "secretsmanager", "sns", "sqs",
    ];

    private static readonly string[] RoleActions =
    [
        "iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:GetRole", "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:ListRoleTags", "iam:PassRole", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
    ];

    public static JsonObject Document => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(
            Statement("ManageResources", [.. Services.Select(service => $"{service}:*")], "*"),
            // CloudFormation names roles after their stack; DMS looks for the others by these names.
            Statement("ManageOwnRoles", RoleActions, $"arn:aws:iam::*:role/{Names.Project}-*", "arn:aws:iam::*:role/dms-vpc-role", "arn:aws:iam::*:role/dms-cloudwatch-logs-role"),
            Statement("LetServicesMakeTheirRoles", ["iam:CreateServiceLinkedRole"], "arn:aws:iam::*:role/aws-service-role/*"),
            Statement("UseBootstrap", ["ssm:GetParameter", "ssm:GetParameters"], "arn:aws:ssm:*:*:parameter/cdk-bootstrap/*"),
            Statement("UseConnections", ["codeconnections:PassConnection", "codestar-connections:PassConnection"], "arn:aws:codeconnections:*:*:connection/*", "arn:aws:codestar-connections:*:*:connection/*"),
            Deny("LeaveTheBootstrapAlone", ["iam:*"], "arn:aws:iam::*:role/cdk-*")),
    };

    private static JsonObject Deny(string sid, string[] actions, string resource)
    {
        var statement = Statement(sid, actions, resource);
        statement["Effect"] = "Deny";
        return statement;
    }

    private static JsonObject Statement(string sid, string[] actions, params string[] resources) => new()
    {
        ["Sid"] = sid,
        ["Effect"] = "Allow",
        ["Action"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]),
        ["Resource"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
    };
}
