using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers;
using PipelineStacks.LocalCloud.Services.Glue.Jobs;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

internal static class WorkflowsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<WorkflowState>().AddSingleton<ITaggedResources, TaggedTriggers>().AddSingleton<ITaggedResources, TaggedWorkflows>();
        services.AddSingleton<ActionStarter>().AddSingleton<WorkflowEngine>().AddSingleton<TriggerFiring>().AddSingleton<TriggerRules>().AddSingleton<RunDescriptions>();
        services.AddSingleton<TriggerSchedules>().AddHostedService(provider => provider.GetRequiredService<TriggerSchedules>());
        services.AddSingleton<TriggerEvents>().AddSingleton<IWorkflowEvents>(provider => provider.GetRequiredService<TriggerEvents>())
            .AddHostedService(provider => provider.GetRequiredService<TriggerEvents>());
        services.AddSingleton<RunObserver>().AddSingleton<IJobRunObserver>(provider => provider.GetRequiredService<RunObserver>())
            .AddSingleton<ICrawlObserver>(provider => provider.GetRequiredService<RunObserver>())
            .AddHostedService(provider => provider.GetRequiredService<RunObserver>());
        services.AddSingleton<Triggers>().AddSingleton<IGlueOperations>(provider => provider.GetRequiredService<Triggers>());
        services.AddSingleton<Workflows>().AddSingleton<IGlueOperations>(provider => provider.GetRequiredService<Workflows>());
        services.AddSingleton<IGlueOperations, WorkflowRuns>();
        services.AddSingleton<IResourceProvisioner, Provisioners.WorkflowProvisioner>().AddSingleton<IResourceProvisioner, Provisioners.TriggerProvisioner>();
    }
}
