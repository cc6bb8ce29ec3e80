namespace PipelineStacks.LocalCloud.Calls;

/// <summary>Who makes a call: a client's credentials, or a service acting for a role or for itself.</summary>
/// <param name="Account">The 12-digit account that the principal belongs to.</param>
/// <param name="Arn">The ARN as <c>sts:GetCallerIdentity</c> would print it, or a service's name such as <c>cloudformation.amazonaws.com</c>.</param>
/// <param name="RoleArn">The role behind a session, whose policies decide; null for users and services.</param>
internal sealed record Principal(string Account, string Arn, string? RoleArn = null)
{
    /// <summary>The account of credentials that name none.</summary>
    public const string DefaultAccount = "000000000000";

    /// <summary>The account's administrator: what credentials that name no session act as.</summary>
    public static Principal Root(string account) => new(account, $"arn:aws:iam::{account}:root");

    /// <summary>A session of a role, as <c>sts:AssumeRole</c> makes it.</summary>
    public static Principal Session(string roleArn, string sessionName)
    {
        var account = roleArn.Split(':') is { Length: > 4 } parts && parts[4].Length == 12 ? parts[4] : DefaultAccount;
        var role = roleArn[(roleArn.LastIndexOf('/') + 1)..];
        return new(account, $"arn:aws:sts::{account}:assumed-role/{role}/{sessionName}", roleArn);
    }

    /// <summary>A service that acts in its own name, such as S3 delivering an event.</summary>
    public static Principal Service(string account, string serviceName) => new(account, serviceName);
}
