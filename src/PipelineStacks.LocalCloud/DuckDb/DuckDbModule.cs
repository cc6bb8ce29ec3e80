using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>The one DuckDB that the services of a cloud share, so that its memory limit holds for them together.</summary>
internal static class DuckDbModule
{
    /// <summary>May be called by every service that needs it. The library is loaded when the database is first asked for.</summary>
    public static void Add(IServiceCollection services) =>
        services.TryAddSingleton(provider => new DuckDatabase(new DuckOptions
        {
            TempDirectory = provider.GetRequiredService<DataDirectory>().Folder("tmp", "duckdb"),
        }));
}
