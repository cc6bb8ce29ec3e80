using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

internal static class CrawlersModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<CrawlerState>().AddSingleton<ITaggedResources>(provider => provider.GetRequiredService<CrawlerState>());
        services.AddSingleton<GlueCrawlers>().AddSingleton<CrawlerSchedules>().AddSingleton<CrawlHistory>().AddSingleton<Classifiers>()
            .AddSingleton<CrawlEvents>().AddSingleton<Crawling.Crawl>()
            .AddSingleton<Crawling.CatalogWriter>().AddSingleton<Crawling.PartitionWriter>().AddSingleton<Crawling.NewFolders>();
        services.AddSingleton<CrawlerRuns>().AddSingleton<ICrawlerRuns>(provider => provider.GetRequiredService<CrawlerRuns>())
            .AddHostedService(provider => provider.GetRequiredService<CrawlerRuns>());
        services.AddSingleton<IGlueOperations, CrawlerOperations>();
        services.AddSingleton<IResourceProvisioner, Provisioners.CrawlerProvisioner>().AddSingleton<IResourceProvisioner, Provisioners.ClassifierProvisioner>();
    }
}
