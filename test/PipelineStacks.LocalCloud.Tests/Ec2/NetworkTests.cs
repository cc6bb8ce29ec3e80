using System.Text.Json.Nodes;
using System.Xml.Linq;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Ec2;

namespace PipelineStacks.LocalCloud.Tests.Ec2;

public sealed class NetworkTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    // As CDK writes a VPC of isolated subnets, with its endpoints.
    private const string Template = """
        {"Resources":{
          "Vpc":{"Type":"AWS::EC2::VPC","Properties":{"CidrBlock":"10.7.0.0/16","EnableDnsHostnames":true,"EnableDnsSupport":true,"InstanceTenancy":"default",
            "Tags":[{"Key":"Name","Value":"network"}]}},
          "SubnetA":{"Type":"AWS::EC2::Subnet","Properties":{"VpcId":{"Ref":"Vpc"},"AvailabilityZone":{"Fn::Select":[0,{"Fn::GetAZs":""}]},"CidrBlock":"10.7.0.0/24"}},
          "SubnetB":{"Type":"AWS::EC2::Subnet","Properties":{"VpcId":{"Ref":"Vpc"},"AvailabilityZone":{"Fn::Select":[1,{"Fn::GetAZs":""}]},"CidrBlock":"10.7.1.0/24"}},
          "Table":{"Type":"AWS::EC2::RouteTable","Properties":{"VpcId":{"Ref":"Vpc"}}},
          "AssociationA":{"Type":"AWS::EC2::SubnetRouteTableAssociation","Properties":{"RouteTableId":{"Ref":"Table"},"SubnetId":{"Ref":"SubnetA"}}},
          "Gateway":{"Type":"AWS::EC2::InternetGateway"},
          "Attachment":{"Type":"AWS::EC2::VPCGatewayAttachment","Properties":{"VpcId":{"Ref":"Vpc"},"InternetGatewayId":{"Ref":"Gateway"}}},
          "Route":{"Type":"AWS::EC2::Route","DependsOn":["Attachment"],"Properties":{"RouteTableId":{"Ref":"Table"},"DestinationCidrBlock":"0.0.0.0/0","GatewayId":{"Ref":"Gateway"}}},
          "S3":{"Type":"AWS::EC2::VPCEndpoint","Properties":{"ServiceName":{"Fn::Join":["",["com.amazonaws.",{"Ref":"AWS::Region"},".s3"]]},
            "VpcId":{"Ref":"Vpc"},"RouteTableIds":[{"Ref":"Table"}],"VpcEndpointType":"Gateway"}},
          "Secrets":{"Type":"AWS::EC2::VPCEndpoint","Properties":{"ServiceName":"com.amazonaws.eu-west-1.secretsmanager","VpcId":{"Ref":"Vpc"},
            "PrivateDnsEnabled":true,"SecurityGroupIds":[{"Fn::GetAtt":["Database","GroupId"]}],"SubnetIds":[{"Ref":"SubnetA"},{"Ref":"SubnetB"}],"VpcEndpointType":"Interface"}},
          "Database":{"Type":"AWS::EC2::SecurityGroup","Properties":{"GroupDescription":"database","VpcId":{"Ref":"Vpc"},
            "SecurityGroupEgress":[{"CidrIp":"255.255.255.255/32","IpProtocol":"icmp","FromPort":252,"ToPort":86}]}},
          "Replication":{"Type":"AWS::EC2::SecurityGroup","Properties":{"GroupDescription":"replication","VpcId":{"Ref":"Vpc"}}},
          "In":{"Type":"AWS::EC2::SecurityGroupIngress","Properties":{"GroupId":{"Fn::GetAtt":["Database","GroupId"]},"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,
            "SourceSecurityGroupId":{"Fn::GetAtt":["Replication","GroupId"]}}},
          "FlowLog":{"Type":"AWS::EC2::FlowLog","Properties":{"ResourceId":{"Ref":"Vpc"},"ResourceType":"VPC","TrafficType":"REJECT",
            "LogDestinationType":"cloud-watch-logs","LogGroupName":"flow","DeliverLogsPermissionArn":"arn:aws:iam::000000000000:role/flow"}}},
         "Outputs":{"Vpc":{"Value":{"Ref":"Vpc"}},"Group":{"Value":{"Fn::GetAtt":["Vpc","DefaultSecurityGroup"]}},"Zone":{"Value":{"Fn::GetAtt":["SubnetB","AvailabilityZone"]}},
           "Interfaces":{"Value":{"Fn::Join":[",",{"Fn::GetAtt":["Secrets","NetworkInterfaceIds"]}]}}}}
        """;

    [Fact]
    public async Task Network_OfATemplate_IsDescribedAndDeleted()
    {
        await cloud.QueryAsync("cloudformation", "CreateStack", ("StackName", "network"), ("TemplateBody", Template));
        var stack = await cloud.QueryAsync("cloudformation", "DescribeStacks", ("StackName", "network"));
        stack.Descendants("StackStatus").Single().Value.ShouldBe("CREATE_COMPLETE", stack.ToString());
        var outputs = stack.Descendants("Outputs").Single().Elements().ToDictionary(one => one.Element("OutputKey")!.Value, one => one.Element("OutputValue")!.Value);
        outputs["Zone"].ShouldBe("eu-west-1b");
        outputs["Interfaces"].ShouldMatch("^eni-0[0-9a-f]{16},eni-0[0-9a-f]{16}$");

        var vpc = Single(await DescribeAsync("DescribeVpcs", ("Filter.1.Name", "tag:Name"), ("Filter.1.Value.1", "net*")), "vpcSet");
        vpc.Element("vpcId")!.Value.ShouldBe(outputs["Vpc"]);
        vpc.Element("cidrBlock")!.Value.ShouldBe("10.7.0.0/16");
        var subnets = (await DescribeAsync("DescribeSubnets", ("Filter.1.Name", "vpc-id"), ("Filter.1.Value.1", outputs["Vpc"]))).Element("subnetSet")!.Elements().ToList();
        subnets.Select(one => one.Element("availabilityZoneId")!.Value).Order().ShouldBe(["euw1-az1", "euw1-az2"]);
        subnets[0].Element("availableIpAddressCount")!.Value.ShouldBe("251");
        (await DescribeAsync("DescribeRouteTables", ("Filter.1.Name", "association.main"), ("Filter.1.Value.1", "false"), ("Filter.2.Name", "vpc-id"), ("Filter.2.Value.1", outputs["Vpc"])))
            .Descendants("destinationCidrBlock").Select(one => one.Value).ShouldBe(["10.7.0.0/16", "0.0.0.0/0"]);
        (await DescribeAsync("DescribeVpcEndpoints")).Descendants("serviceName").Select(one => one.Value).Order()
            .ShouldBe(["com.amazonaws.eu-west-1.s3", "com.amazonaws.eu-west-1.secretsmanager"]);
        Single(await DescribeAsync("DescribeFlowLogs"), "flowLogSet").Element("resourceId")!.Value.ShouldBe(outputs["Vpc"]);
        var group = Single(await DescribeAsync("DescribeSecurityGroups", ("Filter.1.Name", "description"), ("Filter.1.Value.1", "database")), "securityGroupInfo");
        group.Element("ipPermissions")!.Element("item")!.Element("fromPort")!.Value.ShouldBe("3306");

        await cloud.QueryAsync("cloudformation", "DeleteStack", ("StackName", "network"));
        (await DescribeAsync("DescribeVpcs")).Descendants("item").ShouldBeEmpty();
        (await DescribeAsync("DescribeSecurityGroups")).Descendants("item").ShouldBeEmpty();
        (await DescribeAsync("DescribeRouteTables")).Descendants("item").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AWS::EC2::VPC", """{"CidrBlock":"10.0.0.0/8"}""", "The CIDR '10.0.0.0/8' is invalid.")]
    [InlineData("AWS::EC2::VPC", """{"CidrBlock":"10.0.0/16"}""", "The CIDR '10.0.0/16' is invalid.")]
    [InlineData("AWS::EC2::Subnet", """{"VpcId":"VPC","CidrBlock":"10.9.0.0/24"}""", "The CIDR '10.9.0.0/24' is invalid.")]
    [InlineData("AWS::EC2::Subnet", """{"VpcId":"VPC","CidrBlock":"10.8.1.128/25"}""", "The CIDR '10.8.1.128/25' conflicts with another subnet")]
    [InlineData("AWS::EC2::Subnet", """{"VpcId":"VPC","CidrBlock":"10.8.2.0/24","AvailabilityZone":"eu-west-2a"}""", "Value (eu-west-2a) for parameter availabilityZone is invalid.")]
    [InlineData("AWS::EC2::Subnet", """{"VpcId":"vpc-0","CidrBlock":"10.8.2.0/24"}""", "The vpc ID 'vpc-0' does not exist")]
    [InlineData("AWS::EC2::VPCEndpoint", """{"VpcId":"VPC","ServiceName":"com.amazonaws.eu-west-2.s3"}""", "The Vpc Endpoint Service 'com.amazonaws.eu-west-2.s3' does not exist")]
    [InlineData("AWS::EC2::VPCEndpoint", """{"VpcId":"VPC","ServiceName":"com.amazonaws.eu-west-1.kms"}""", "Endpoint type (Gateway) does not match")]
    [InlineData("AWS::EC2::SecurityGroup", """{"VpcId":"VPC","GroupDescription":"d","SecurityGroupIngress":[{"IpProtocol":"tcp","CidrIp":"10.8.0.0/16"}]}""", "Must specify both from and to ports")]
    [InlineData("AWS::EC2::SecurityGroup", """{"VpcId":"VPC","GroupDescription":"d","SecurityGroupIngress":[{"IpProtocol":"-1","CidrIp":"10.8.0.1/16"}]}""", "CIDR block 10.8.0.1/16 is malformed")]
    [InlineData("AWS::EC2::FlowLog", """{"ResourceId":"VPC","ResourceType":"NetworkInterface"}""", "a flow log of NetworkInterface is not supported")]
    public async Task Network_ThatCannotBe_IsRefused(string type, string properties, string reason)
    {
        var vpc = await cloud.ProvisionAsync("AWS::EC2::VPC", """{"CidrBlock":"10.8.0.0/16"}""");
        var subnet = await cloud.ProvisionAsync("AWS::EC2::Subnet", $$"""{"VpcId":"{{vpc.PhysicalId}}","CidrBlock":"10.8.1.0/24"}""");
        var wanted = JsonNode.Parse(properties.Replace("VPC", vpc.PhysicalId, StringComparison.Ordinal))!.AsObject();
        (await Should.ThrowAsync<ServiceException>(async () =>
        {
            cloud.Provisioner(type).Check(cloud.Context(type), wanted);
            await cloud.Provisioner(type).CreateAsync(cloud.Context(type), wanted);
        })).Message.ShouldContain(reason);

        // What holds something can't be deleted.
        (await Should.ThrowAsync<ServiceException>(async () => await DeleteAsync("AWS::EC2::VPC", vpc.PhysicalId, """{"CidrBlock":"10.8.0.0/16"}""")))
            .Code.ShouldBe("DependencyViolation");
        await DeleteAsync("AWS::EC2::Subnet", subnet.PhysicalId, """{"VpcId":"","CidrBlock":""}""");
        await DeleteAsync("AWS::EC2::VPC", vpc.PhysicalId, """{"CidrBlock":"10.8.0.0/16"}""");
    }

    [Fact]
    public async Task SecurityGroup_Updated_KeepsTheRulesOfOthers()
    {
        var vpc = await cloud.ProvisionAsync("AWS::EC2::VPC", """{"CidrBlock":"10.3.0.0/16"}""");
        var before = $$"""{"VpcId":"{{vpc.PhysicalId}}","GroupDescription":"d","SecurityGroupIngress":[{"IpProtocol":"tcp","FromPort":1,"ToPort":1,"CidrIp":"10.3.0.0/16"}]}""";
        var group = (await cloud.ProvisionAsync("AWS::EC2::SecurityGroup", before)).PhysicalId;
        (string, string)[] rule = [("GroupId", group), ("IpPermissions.1.IpProtocol", "tcp"), ("IpPermissions.1.FromPort", "3306"), ("IpPermissions.1.ToPort", "3306"), ("IpPermissions.1.IpRanges.1.CidrIp", "10.3.1.0/24")];
        (await DescribeAsync("AuthorizeSecurityGroupIngress", rule)).Element("return")!.Value.ShouldBe("true");
        (await cloud.QueryErrorAsync("ec2", "AuthorizeSecurityGroupIngress", rule)).ShouldStartWith("InvalidPermission.Duplicate: ");

        await cloud.Provisioner("AWS::EC2::SecurityGroup").UpdateAsync(cloud.Context("AWS::EC2::SecurityGroup"), group,
            JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(before.Replace("\"FromPort\":1,\"ToPort\":1", "\"FromPort\":2,\"ToPort\":2", StringComparison.Ordinal))!.AsObject());
        var permissions = Single(await DescribeAsync("DescribeSecurityGroups", ("GroupId.1", group)), "securityGroupInfo").Element("ipPermissions")!;
        permissions.Descendants("fromPort").Select(one => one.Value).Order().ShouldBe(["2", "3306"]);

        await DescribeAsync("RevokeSecurityGroupIngress", rule);
        (await cloud.QueryErrorAsync("ec2", "RevokeSecurityGroupIngress", rule)).ShouldStartWith("InvalidPermission.NotFound: ");
    }

    [Fact]
    public async Task Description_OfWhatIsNotThere_SaysSo()
    {
        (await cloud.QueryErrorAsync("ec2", "DescribeVpcs", ("VpcId.1", "vpc-1"))).ShouldBe("InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist");
        (await cloud.QueryErrorAsync("ec2", "RunInstances")).ShouldBe("NotImplementedByLocalCloud: The operation RunInstances of EC2 is not supported by the local cloud.");
        (await DescribeAsync("DescribeAvailabilityZones")).Descendants("zoneName").Select(one => one.Value).ShouldBe(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    }

    [Theory]
    [InlineData("10.0.0.0/16", "10.0.255.0/24", true, true)]
    [InlineData("10.0.0.0/24", "10.0.0.0/16", false, true)]
    [InlineData("10.0.0.0/24", "10.0.1.0/24", false, false)]
    [InlineData("0.0.0.0/0", "255.255.255.255/32", true, true)]
    public void Cidr_OfTwoBlocks_KnowsHowTheyLie(string first, string second, bool contains, bool overlaps)
    {
        var (one, other) = (Cidr.Parse(first)!.Value, Cidr.Parse(second)!.Value);
        one.Contains(other).ShouldBe(contains);
        one.Overlaps(other).ShouldBe(overlaps);
        other.Overlaps(one).ShouldBe(overlaps);
        one.ToString().ShouldBe(first);
    }

    private Task<XElement> DescribeAsync(string action, params (string Name, string Value)[] fields) => cloud.QueryAsync("ec2", action, fields);

    private static XElement Single(XElement answer, string set) => answer.Element(set)!.Elements("item").ShouldHaveSingleItem();

    private ValueTask DeleteAsync(string type, string id, string properties) =>
        cloud.Provisioner(type).DeleteAsync(cloud.Context(type), id, JsonNode.Parse(properties)!.AsObject());
}
