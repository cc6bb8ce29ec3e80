using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Network;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="NetworkStack"/> builds on.</summary>
public sealed record NetworkStackProps
{
    /// <summary>Whose key encrypts the flow logs.</summary>
    public required StorageStack Storage { get; init; }
}

/// <summary>The network of the database and of those who read it.</summary>
public sealed class NetworkStack : EnvironmentStack
{
    /// <summary>Creates the network of an environment.</summary>
    public NetworkStack(Construct scope, EnvironmentSettings settings, NetworkStackProps props)
        : base(scope, "Network", new Names(settings.Name).NetworkStack, "The network of the database, without a way to the internet", settings) =>
        Network = new DatabaseNetwork(this, "Network", new DatabaseNetworkProps { Settings = settings, Key = props.Storage.Key });

    /// <summary>The network itself.</summary>
    public DatabaseNetwork Network { get; }
}
