using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Ec2.Provisioners;

namespace PipelineStacks.LocalCloud.Services.Ec2;

internal static class Ec2Module
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Ec2State>().AddSingleton<Vpcs>().AddSingleton<Subnets>().AddSingleton<RouteTables>().AddSingleton<SecurityGroups>()
            .AddSingleton<Endpoints>().AddSingleton<NetworkDescriptions>().AddSingleton<AccessDescriptions>();
        services.AddSingleton<Ec2Service>().AddSingleton<IQueryService>(provider => provider.GetRequiredService<Ec2Service>());
        services.AddSingleton<IResourceProvisioner, VpcProvisioner>()
            .AddSingleton<IResourceProvisioner, SubnetProvisioner>()
            .AddSingleton<IResourceProvisioner, RouteTableProvisioner>()
            .AddSingleton<IResourceProvisioner, RouteProvisioner>()
            .AddSingleton<IResourceProvisioner, SubnetRouteTableAssociationProvisioner>()
            .AddSingleton<IResourceProvisioner, InternetGatewayProvisioner>()
            .AddSingleton<IResourceProvisioner, GatewayAttachmentProvisioner>()
            .AddSingleton<IResourceProvisioner, SecurityGroupProvisioner>()
            .AddSingleton<IResourceProvisioner, SecurityGroupIngressProvisioner>()
            .AddSingleton<IResourceProvisioner, SecurityGroupEgressProvisioner>()
            .AddSingleton<IResourceProvisioner, VpcEndpointProvisioner>()
            .AddSingleton<IResourceProvisioner, FlowLogProvisioner>();
    }
}
