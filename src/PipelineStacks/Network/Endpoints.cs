using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Constructs;
using PipelineStacks.Model.Settings;
using Stack = Amazon.CDK.Stack;

namespace PipelineStacks.Network;

/// <summary>What <see cref="Endpoints"/> opens.</summary>
public sealed record EndpointsProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The network.</summary>
    public required Vpc Vpc { get; init; }

    /// <summary>Those who use the endpoints.</summary>
    public required ISecurityGroup Clients { get; init; }
}

/// <summary>
/// The ways out of a network that has no other: to S3, to Secrets Manager, and to Athena with Glue where DMS validates. Logs need none, since
/// neither DMS nor Lambda sends them through the network, and nor does KMS, which S3 and Secrets Manager ask themselves. Each endpoint lets
/// through only what belongs to the account, so that nobody inside can carry data out to another one.
/// </summary>
public sealed class Endpoints : Construct
{
    /// <summary>Creates the endpoints.</summary>
    public Endpoints(Construct scope, string id, EndpointsProps props)
        : base(scope, id)
    {
        var account = Stack.Of(this).Account;
        var subnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED };
        new GatewayVpcEndpoint(this, "S3", new GatewayVpcEndpointProps
        {
            Vpc = props.Vpc,
            Service = GatewayVpcEndpointAwsService.S3,
            Subnets = [subnets],
        }).AddToPolicy(Allow("BucketsOfTheAccount", "s3:*", "aws:ResourceAccount", account));

        var doors = new SecurityGroup(this, "Doors", new SecurityGroupProps
        {
            Vpc = props.Vpc,
            Description = "The interface endpoints",
            AllowAllOutbound = false,
        });
        doors.AddIngressRule(props.Clients, Port.Tcp(443), "Calls of AWS");
        Interface("SecretsManager", InterfaceVpcEndpointAwsService.SECRETS_MANAGER, "secretsmanager:*");
        if (props.Settings.Replication.Validation)
        {
            Interface("Athena", InterfaceVpcEndpointAwsService.ATHENA, "athena:*");
            Interface("Glue", InterfaceVpcEndpointAwsService.GLUE, "glue:*");
        }

        void Interface(string name, IInterfaceVpcEndpointService service, string actions) =>
            new InterfaceVpcEndpoint(this, name, new InterfaceVpcEndpointProps
            {
                Vpc = props.Vpc,
                Service = service,
                Subnets = subnets,
                SecurityGroups = [doors],
                PrivateDnsEnabled = true,
                Open = false,
            }).AddToPolicy(Allow("CallersOfTheAccount", actions, "aws:PrincipalAccount", account));
    }

    private static PolicyStatement Allow(string sid, string actions, string key, string account) => new(new PolicyStatementProps
    {
        Sid = sid,
        Principals = [new AnyPrincipal()],
        Actions = [actions],
        Resources = ["*"],
        Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { [key] = account } },
    });
}
