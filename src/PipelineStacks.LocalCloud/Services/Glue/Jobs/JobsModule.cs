using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

internal static class JobsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<JobState>().AddSingleton<ITaggedResources>(provider => provider.GetRequiredService<JobState>());
        services.AddSingleton<JobLogs>().AddSingleton<JobReports>().AddSingleton<JobScripts>().AddSingleton<Sql.SqlRunner>().AddSingleton<Sql.UnitRun>()
            .AddSingleton<Sql.Publication>();
        services.AddSingleton<JobRunner>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<JobRunner>());
        services.AddSingleton<JobRuns>().AddSingleton<IJobRuns>(provider => provider.GetRequiredService<JobRuns>());
        services.AddSingleton<GlueJobs>().AddSingleton<JobBookmarks>().AddSingleton<SecurityConfigurations>();
        services.AddSingleton<IGlueOperations>(provider => provider.GetRequiredService<GlueJobs>())
            .AddSingleton<IGlueOperations>(provider => provider.GetRequiredService<JobRuns>())
            .AddSingleton<IGlueOperations>(provider => provider.GetRequiredService<JobBookmarks>())
            .AddSingleton<IGlueOperations>(provider => provider.GetRequiredService<SecurityConfigurations>());
        services.AddSingleton<IResourceProvisioner, JobProvisioner>().AddSingleton<IResourceProvisioner, SecurityConfigurationProvisioner>();
    }
}
