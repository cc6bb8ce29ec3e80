using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation.Execution;
using PipelineStacks.LocalCloud.CloudFormation.Operations;
using PipelineStacks.LocalCloud.CloudFormation.Planning;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.CloudFormation;

internal static class CloudFormationModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<StackStore>().AddSingleton<Exports>();
        services.AddSingleton<ProvisionerCatalog>().AddSingleton<TemplateCheck>().AddSingleton<ChangeSetPlanner>();
        services.AddSingleton<DynamicReferences>().AddSingleton<StackLog>().AddSingleton<StackExecutor>();
        services.AddSingleton<StackWorkers>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<StackWorkers>());
        services.AddSingleton<TemplateSource>().AddSingleton<StackDefinitions>().AddSingleton<StackFinder>().AddSingleton<StackControl>();
        services.AddSingleton<StackOperations>().AddSingleton<ChangeSetOperations>().AddSingleton<ResourceOperations>()
            .AddSingleton<TemplateOperations>().AddSingleton<ExportOperations>();
        services.AddSingleton<IQueryService, CloudFormationService>();
        services.AddSingleton<IResourceProvisioner, CdkMetadata>();
    }
}
