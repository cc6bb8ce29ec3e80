using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

internal static class QualityModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<QualityState>().AddSingleton<ITaggedResources>(provider => provider.GetRequiredService<QualityState>());
        services.AddSingleton<GlueRulesets>().AddSingleton<QualityResults>().AddSingleton<QualityReports>().AddSingleton<Evaluation.RulesetEvaluator>();
        services.AddSingleton<EvaluationRuns>().AddSingleton<IRulesets>(provider => provider.GetRequiredService<EvaluationRuns>())
            .AddHostedService(provider => provider.GetRequiredService<EvaluationRuns>());
        services.AddSingleton<IGlueOperations, QualityOperations>().AddSingleton<IResourceProvisioner, DataQualityRulesetProvisioner>();
    }
}
