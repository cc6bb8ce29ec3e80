using Amazon.CDK.AWS.EC2;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;

namespace PipelineStacks.Network;

/// <summary>What <see cref="DatabaseNetwork"/> is made of.</summary>
public sealed record DatabaseNetworkProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What encrypts the flow logs.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>
/// Where the database and those who read it are: a VPC of two zones without a way to the internet, or one that exists. The groups belong to the
/// network, so that neither side of a connection has to come before the other.
/// </summary>
public sealed class DatabaseNetwork : Construct
{
    /// <summary>Creates the network, or finds it.</summary>
    public DatabaseNetwork(Construct scope, string id, DatabaseNetworkProps props)
        : base(scope, id)
    {
        var (network, database) = (props.Settings.Network, props.Settings.Database);
        Vpc = network.VpcId is null
            ? new Vpc(this, "Vpc", new VpcProps
            {
                IpAddresses = IpAddresses.Cidr(network.Addresses),
                MaxAzs = 2,
                SubnetConfiguration = [new SubnetConfiguration { Name = "Isolated", SubnetType = SubnetType.PRIVATE_ISOLATED }],
                // It would add a Lambda of the CDK. Nothing is ever put into the default group.
                RestrictDefaultSecurityGroup = false,
            })
            : Amazon.CDK.AWS.EC2.Vpc.FromVpcAttributes(this, "Vpc", new VpcAttributes
            {
                VpcId = network.VpcId,
                AvailabilityZones = [.. network.Zones],
                IsolatedSubnetIds = [.. network.SubnetIds],
            });

        Clients = Group("Clients", "Those who connect to the database: DMS and the function that prepares it");
        Clients.AddEgressRule(Peer.AnyIpv4(), Port.Tcp(443), "S3 and Secrets Manager, of which S3 has addresses outside of the network");
        // The address of an existing database may lie anywhere.
        Clients.AddEgressRule(
            network.VpcId is null && !database.IsExisting ? Peer.Ipv4(network.Addresses) : Peer.AnyIpv4(),
            Port.Tcp(database.Port),
            "The database");
        Database = Group("Database", "The database");
        Database.AddIngressRule(Clients, Port.Tcp(database.Port), "Those who replicate and prepare");

        if (Vpc is Vpc own)
        {
            new NetworkLog(this, "Log", new NetworkLogProps { Settings = props.Settings, Key = props.Key, Vpc = own });
            new Endpoints(this, "Endpoints", new EndpointsProps { Settings = props.Settings, Vpc = own, Clients = Clients });
        }

        SecurityGroup Group(string name, string description) =>
            new(this, name, new SecurityGroupProps { Vpc = Vpc, Description = description, AllowAllOutbound = false });
    }

    /// <summary>The VPC.</summary>
    public IVpc Vpc { get; }

    /// <summary>The subnets, which have no way to the internet.</summary>
    public SubnetSelection Subnets { get; } = new() { SubnetType = SubnetType.PRIVATE_ISOLATED };

    /// <summary>Those who connect to the database.</summary>
    public SecurityGroup Clients { get; }

    /// <summary>The database, which admits only them.</summary>
    public SecurityGroup Database { get; }

    /// <summary>The ids of the subnets.</summary>
    public string[] SubnetIds => Vpc.SelectSubnets(Subnets).SubnetIds;
}
