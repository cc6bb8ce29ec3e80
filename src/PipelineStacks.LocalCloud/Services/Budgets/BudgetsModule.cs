using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Budgets;

internal static class BudgetsModule
{
    public static void Add(IServiceCollection services) => services.AddSingleton<IResourceProvisioner, BudgetProvisioner>();
}
