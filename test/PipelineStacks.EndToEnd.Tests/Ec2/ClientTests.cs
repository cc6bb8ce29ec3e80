using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Ec2;

/// <summary>EC2's networks by the clients that people use.</summary>
public sealed class ClientTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Awscli_LooksUpWhatAStackMade()
    {
        const string template = """
            {"Resources":{
              "Vpc":{"Type":"AWS::EC2::VPC","Properties":{"CidrBlock":"10.7.0.0/16"}},
              "Subnet":{"Type":"AWS::EC2::Subnet","Properties":{"VpcId":{"Ref":"Vpc"},"CidrBlock":"10.7.0.0/24"}},
              "Group":{"Type":"AWS::EC2::SecurityGroup","Properties":{"VpcId":{"Ref":"Vpc"},"GroupDescription":"d",
                "SecurityGroupIngress":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"CidrIp":"10.7.0.0/16"}]}}}}
            """;
        (await cloud.AwsAsync("cloudformation", "create-stack", "--stack-name", "network", "--template-body", template)).Succeeded();
        (await cloud.AwsAsync("cloudformation", "wait", "stack-create-complete", "--stack-name", "network")).Succeeded();
        (await TextAsync("describe-vpcs", "Vpcs[].CidrBlockAssociationSet[].CidrBlock")).ShouldBe("10.7.0.0/16");
        (await TextAsync("describe-subnets", "Subnets[].[AvailabilityZone,AvailableIpAddressCount]")).ShouldBe("eu-west-1a\t251");
        (await TextAsync("describe-security-groups", "SecurityGroups[?GroupName!='default'].IpPermissions[].[FromPort,IpRanges[0].CidrIp]")).ShouldBe("3306\t10.7.0.0/16");
        (await TextAsync("describe-route-tables", "RouteTables[].Associations[].Main")).ShouldBe("True");
        (await TextAsync("describe-availability-zones", "AvailabilityZones[].ZoneName")).ShouldBe("eu-west-1a\teu-west-1b\teu-west-1c");
        (await cloud.AwsAsync("ec2", "describe-vpcs", "--vpc-ids", "vpc-1")).Error
            .ShouldContain("(InvalidVpcID.NotFound) when calling the DescribeVpcs operation: The vpc ID 'vpc-1' does not exist");
    }

    private async Task<string> TextAsync(string operation, string query) =>
        (await cloud.AwsAsync("ec2", operation, "--query", query, "--output", "text")).Succeeded().Trim();
}
