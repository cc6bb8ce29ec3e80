using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Sts;

internal static class StsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SessionStore>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<SessionStore>());
        services.AddSingleton<IQueryService, StsService>();
    }
}
