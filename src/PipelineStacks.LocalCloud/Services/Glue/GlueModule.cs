using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal static class GlueModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<CatalogState>().AddSingleton<GlueTags>().AddSingleton<GlueDatabases>().AddSingleton<GlueTables>()
            .AddSingleton<GlueTableVersions>().AddSingleton<GluePartitions>();
        Jobs.JobsModule.Add(services);
        Workflows.WorkflowsModule.Add(services);
        services.AddSingleton<IJsonService, GlueService>().AddSingleton<ICatalog, Catalog>();
        services.AddSingleton<IResourceProvisioner, DatabaseProvisioner>().AddSingleton<IResourceProvisioner, TableProvisioner>()
            .AddSingleton<IResourceProvisioner, PartitionProvisioner>();
        Crawlers.CrawlersModule.Add(services);
        Quality.QualityModule.Add(services);
    }
}
