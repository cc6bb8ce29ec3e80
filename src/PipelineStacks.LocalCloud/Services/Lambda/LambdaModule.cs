using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Lambda.Execution;
using PipelineStacks.LocalCloud.Services.Lambda.Provisioners;

namespace PipelineStacks.LocalCloud.Services.Lambda;

internal static class LambdaModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<CodeStore>().AddSingleton<ILocalPath>(provider => provider.GetRequiredService<CodeStore>());
        services.AddSingleton<FunctionStore>().AddHostedService(provider => provider.GetRequiredService<FunctionStore>());
        services.AddSingleton<FunctionRules>().AddSingleton<Functions>().AddSingleton<FunctionSettings>();
        services.AddSingleton<RuntimeApi>().AddSingleton<ILocalPath>(provider => provider.GetRequiredService<RuntimeApi>());
        services.AddSingleton<ConcurrencyLimits>().AddSingleton<AsyncEvents>();
        services.AddSingleton<RuntimeAuthorities>();
        services.AddSingleton<Sandboxes>().AddHostedService(provider => provider.GetRequiredService<Sandboxes>());
        services.AddSingleton<Invoker>().AddHostedService(provider => provider.GetRequiredService<Invoker>());
        services.AddSingleton<IFunctionInvoker>(provider => provider.GetRequiredService<Invoker>());
        services.AddSingleton<InvokeOperation>().AddSingleton<IRestService, LambdaService>();
        services.AddSingleton<IResourceProvisioner, FunctionProvisioner>().AddSingleton<IResourceProvisioner, PermissionProvisioner>();
    }
}
