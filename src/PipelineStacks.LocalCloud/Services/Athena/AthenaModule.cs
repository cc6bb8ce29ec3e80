using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Athena.Statements;

namespace PipelineStacks.LocalCloud.Services.Athena;

internal static class AthenaModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<AthenaState>().AddSingleton<WorkGroups>().AddSingleton<WorkGroupTagging>().AddSingleton<NamedQueries>()
            .AddSingleton<PreparedStatements>().AddSingleton<DataCatalogs>();
        services.AddSingleton<Tables.ParquetSchemas>().AddSingleton<QueryEngine>().AddSingleton<ShowStatements>().AddSingleton<CatalogStatements>().AddSingleton<StatementRunner>();
        services.AddSingleton<QueryMetrics>().AddSingleton<QueryRunner>().AddHostedService(provider => provider.GetRequiredService<QueryRunner>());
        services.AddSingleton<QueryExecutions>().AddSingleton<QueryResults>();
        services.AddSingleton<IJsonService, AthenaService>();
        services.AddSingleton<IResourceProvisioner, WorkGroupProvisioner>().AddSingleton<IResourceProvisioner, NamedQueryProvisioner>();
    }
}
