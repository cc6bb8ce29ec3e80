using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Sns.Provisioners;

namespace PipelineStacks.LocalCloud.Services.Sns;

internal static class SnsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Inbox>().AddSingleton<ILocalPath>(provider => provider.GetRequiredService<Inbox>());
        services.AddSingleton<SnsState>().AddSingleton<Topics>().AddSingleton<Subscriptions>().AddSingleton<Publishing>();
        services.AddSingleton<ITopicPublisher>(provider => provider.GetRequiredService<Publishing>());
        services.AddSingleton<IQueryService, SnsService>();
        services.AddSingleton<IResourceProvisioner, TopicProvisioner>().AddSingleton<IResourceProvisioner, SubscriptionProvisioner>()
            .AddSingleton<IResourceProvisioner, TopicPolicyProvisioner>();
    }
}
