namespace PipelineStacks.Model.Settings;

/// <summary>The network of an environment that replicates a database: one of its own, or one that exists.</summary>
public sealed record NetworkSettings : IChecked
{
    /// <summary>
    /// An existing VPC to use. Its owner sees to it that the subnets reach S3 and Secrets Manager, since endpoints may be there already and each
    /// name resolves to one only.
    /// </summary>
    /// <value>None by default: the environment gets a VPC.</value>
    [Shaped("vpc-[0-9a-f]{8,17}", "the id of a VPC such as vpc-0123456789abcdef0")]
    public string? VpcId { get; init; }

    /// <summary>The existing VPC's private subnets.</summary>
    /// <value>None by default; with <c>vpcId</c> at least two, in different zones.</value>
    [Shaped("subnet-[0-9a-f]{8,17}", "ids of subnets such as subnet-0123456789abcdef0")]
    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    /// <summary>The zones of those subnets, in the same order.</summary>
    /// <value>None by default; with <c>vpcId</c> one for each subnet.</value>
    [Shaped("[a-z]{2}(-[a-z]+)+-[0-9][a-z]", "availability zones such as eu-west-1a")]
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>The addresses of the environment's own VPC. It has no way out, so that they matter only to those who peer with it.</summary>
    /// <value>10.64.0.0/24 by default.</value>
    [Shaped(@"(10|172|192)(\.[0-9]{1,3}){3}/(1[6-9]|2[0-5])", "private addresses such as 10.64.0.0/24, with 16 to 25 bits for the network")]
    public string Addresses { get; init; } = "10.64.0.0/24";

    IEnumerable<SettingsError> IChecked.Check(string path)
    {
        if (VpcId is null && SubnetIds.Count + Zones.Count > 0)
            yield return new($"{path}.vpcId", null, "missing, and subnets are given", "Give the VPC that they belong to, or remove subnetIds and zones.");
        if (VpcId is not null && (SubnetIds.Count < 2 || Zones.Distinct().Count() < 2))
            yield return new($"{path}.subnetIds", null, "too few for an existing VPC", "Give at least two subnets in different zones: RDS and DMS ask for them.");
        if (SubnetIds.Count != Zones.Count)
            yield return new($"{path}.zones", null, $"{Zones.Count} zones for {SubnetIds.Count} subnets", "Give the zone of each subnet, in the same order.");
    }
}
