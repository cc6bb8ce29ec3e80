using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>Amazon Athena's API.</summary>
internal sealed class AthenaService(
    QueryExecutions executions, QueryResults results, WorkGroups groups, WorkGroupTagging tags, NamedQueries named, PreparedStatements prepared,
    DataCatalogs catalogs) : IJsonService
{
    public string TargetPrefix => "AmazonAthena";

    public OperationTable Operations { get; } = new OperationTable("Athena")
        .Add<StartQueryExecutionInput, StartQueryExecutionOutput>("StartQueryExecution", executions.Start)
        .Add<QueryExecutionIdInput, GetQueryExecutionOutput>("GetQueryExecution", executions.Get)
        .Add<BatchGetQueryExecutionInput, BatchGetQueryExecutionOutput>("BatchGetQueryExecution", executions.BatchGet)
        .Add<ListQueryExecutionsInput, ListQueryExecutionsOutput>("ListQueryExecutions", executions.List)
        .Add<QueryExecutionIdInput, Empty>("StopQueryExecution", executions.Stop)
        .Add<QueryExecutionIdInput, GetQueryRuntimeStatisticsOutput>("GetQueryRuntimeStatistics", executions.RuntimeStatistics)
        .Add<GetQueryResultsInput, GetQueryResultsOutput>("GetQueryResults", results.Get)
        .Add<CreateWorkGroupInput, Empty>("CreateWorkGroup", groups.Create)
        .Add<GetWorkGroupInput, GetWorkGroupOutput>("GetWorkGroup", groups.Get)
        .Add<ListWorkGroupsInput, ListWorkGroupsOutput>("ListWorkGroups", groups.List)
        .Add<UpdateWorkGroupInput, Empty>("UpdateWorkGroup", groups.Update)
        .Add<DeleteWorkGroupInput, Empty>("DeleteWorkGroup", groups.Delete)
        .Add<TagResourceInput, Empty>("TagResource", tags.Tag)
        .Add<UntagResourceInput, Empty>("UntagResource", tags.Untag)
        .Add<ListTagsForResourceInput, ListTagsForResourceOutput>("ListTagsForResource", tags.List)
        .Add<CreateNamedQueryInput, CreateNamedQueryOutput>("CreateNamedQuery", named.Create)
        .Add<NamedQueryIdInput, GetNamedQueryOutput>("GetNamedQuery", named.Get)
        .Add<BatchGetNamedQueryInput, BatchGetNamedQueryOutput>("BatchGetNamedQuery", named.BatchGet)
        .Add<ListNamedQueriesInput, ListNamedQueriesOutput>("ListNamedQueries", named.List)
        .Add<UpdateNamedQueryInput, Empty>("UpdateNamedQuery", named.Update)
        .Add<NamedQueryIdInput, Empty>("DeleteNamedQuery", named.Delete)
        .Add<PutPreparedStatementInput, Empty>("CreatePreparedStatement", prepared.Create)
        .Add<PreparedStatementInput, GetPreparedStatementOutput>("GetPreparedStatement", prepared.Get)
        .Add<ListPreparedStatementsInput, ListPreparedStatementsOutput>("ListPreparedStatements", prepared.List)
        .Add<PutPreparedStatementInput, Empty>("UpdatePreparedStatement", prepared.Update)
        .Add<PreparedStatementInput, Empty>("DeletePreparedStatement", prepared.Delete)
        .Add<ListDataCatalogsInput, ListDataCatalogsOutput>("ListDataCatalogs", DataCatalogs.ListCatalogs)
        .Add<GetDataCatalogInput, GetDataCatalogOutput>("GetDataCatalog", DataCatalogs.GetCatalog)
        .Add<ListDatabasesInput, ListDatabasesOutput>("ListDatabases", catalogs.ListDatabases)
        .Add<GetDatabaseInput, GetDatabaseOutput>("GetDatabase", catalogs.GetDatabase)
        .Add<ListTableMetadataInput, ListTableMetadataOutput>("ListTableMetadata", catalogs.ListTables)
        .Add<GetTableMetadataInput, GetTableMetadataOutput>("GetTableMetadata", catalogs.GetTable)
        .Add<ListEngineVersionsInput, ListEngineVersionsOutput>("ListEngineVersions", (call, _) =>
        {
            call.Authorize("athena:ListEngineVersions", "*");
            return new([new("AUTO", "Athena engine version 3"), new("Athena engine version 3", "Athena engine version 3")]);
        });
}
