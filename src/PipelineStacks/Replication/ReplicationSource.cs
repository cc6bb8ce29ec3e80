using Amazon.CDK;
using Amazon.CDK.AWS.DMS;
using Amazon.CDK.AWS.IAM;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.SourceDatabase;

namespace PipelineStacks.Replication;

/// <summary>What <see cref="ReplicationSource"/> reads.</summary>
public sealed record ReplicationSourceProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>DMS's user.</summary>
    public required Credentials Credentials { get; init; }
}

/// <summary>
/// DMS's endpoint at a MySQL database. User, password, host and port come from the secret and so never stand in a template. No database is named:
/// that would put the tables of all schemas into one.
/// </summary>
public sealed class ReplicationSource : Construct
{
    private readonly CfnEndpoint _endpoint;

    /// <summary>Creates the endpoint with the role that reads its secret.</summary>
    public ReplicationSource(Construct scope, string id, ReplicationSourceProps props)
        : base(scope, id)
    {
        var tls = props.Settings.Database.Tls == DatabaseTls.VerifyCa;
        var certificate = tls ? new CfnCertificate(this, "Certificate", new CfnCertificateProps { CertificatePem = CertificateAuthority.Certificate(this) }) : null;
        var role = new Role(this, "SecretRole", new RoleProps
        {
            // The Region's own principal: with the plain one DMS is refused.
            AssumedBy = new ServicePrincipal($"dms.{Stack.Of(this).Region}.amazonaws.com"),
            Description = "DMS reads the secret of its user in the database",
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Read"] = new(new PolicyDocumentProps { Statements = props.Credentials.ReadStatements("Secret", this) }),
            },
        });
        _endpoint = new CfnEndpoint(this, "Endpoint", new CfnEndpointProps
        {
            EndpointIdentifier = new Names(props.Settings.Name).Replication("source"),
            EndpointType = "source",
            EngineName = "mysql",
            SslMode = tls ? "verify-ca" : "none",
            CertificateArn = certificate?.Ref,
            MySqlSettings = new CfnEndpoint.MySqlSettingsProperty
            {
                SecretsManagerSecretId = props.Credentials.Arn,
                SecretsManagerAccessRoleArn = role.RoleArn,
            },
        });
    }

    /// <summary>The ARN of the endpoint.</summary>
    public string Arn => _endpoint.Ref;
}
