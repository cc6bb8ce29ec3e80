using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>AWS Glue's API.</summary>
internal sealed class GlueService(
    GlueDatabases databases, GlueTables tables, GlueTableVersions versions, GluePartitions partitions, GlueTags tags,
    IEnumerable<IGlueOperations> parts) : IJsonService
{
    public string TargetPrefix => "AWSGlue";

    public OperationTable Operations { get; } = parts.Aggregate(new OperationTable("Glue")
        .Add<CreateDatabaseRequest, Empty>("CreateDatabase", databases.Create)
        .Add<GetDatabaseRequest, GetDatabaseResponse>("GetDatabase", databases.Get)
        .Add<GetDatabasesRequest, GetDatabasesResponse>("GetDatabases", databases.List)
        .Add<UpdateDatabaseRequest, Empty>("UpdateDatabase", databases.Update)
        .Add<DeleteDatabaseRequest, Empty>("DeleteDatabase", databases.Delete)
        .Add<GetCatalogImportStatusRequest, GetCatalogImportStatusResponse>("GetCatalogImportStatus", GlueDatabases.ImportStatus)
        .Add<CreateTableRequest, Empty>("CreateTable", tables.Create)
        .Add<UpdateTableRequest, Empty>("UpdateTable", tables.Update)
        .Add<GetTableRequest, GetTableResponse>("GetTable", tables.Get)
        .Add<GetTablesRequest, GetTablesResponse>("GetTables", tables.List)
        .Add<SearchTablesRequest, SearchTablesResponse>("SearchTables", tables.Search)
        .Add<DeleteTableRequest, Empty>("DeleteTable", tables.Delete)
        .Add<BatchDeleteTableRequest, BatchDeleteTableResponse>("BatchDeleteTable", tables.BatchDelete)
        .Add<GetTableVersionRequest, GetTableVersionResponse>("GetTableVersion", versions.Get)
        .Add<GetTableVersionsRequest, GetTableVersionsResponse>("GetTableVersions", versions.List)
        .Add<DeleteTableVersionRequest, Empty>("DeleteTableVersion", versions.Delete)
        .Add<CreatePartitionRequest, Empty>("CreatePartition", partitions.Create)
        .Add<BatchCreatePartitionRequest, PartitionErrorsResponse>("BatchCreatePartition", partitions.BatchCreate)
        .Add<GetPartitionRequest, GetPartitionResponse>("GetPartition", partitions.Get)
        .Add<GetPartitionsRequest, GetPartitionsResponse>("GetPartitions", partitions.List)
        .Add<BatchGetPartitionRequest, BatchGetPartitionResponse>("BatchGetPartition", partitions.BatchGet)
        .Add<UpdatePartitionRequest, Empty>("UpdatePartition", partitions.Update)
        .Add<BatchUpdatePartitionRequest, BatchUpdatePartitionResponse>("BatchUpdatePartition", partitions.BatchUpdate)
        .Add<DeletePartitionRequest, Empty>("DeletePartition", partitions.Delete)
        .Add<BatchDeletePartitionRequest, PartitionErrorsResponse>("BatchDeletePartition", partitions.BatchDelete)
        .Add<TagResourceRequest, Empty>("TagResource", tags.Tag)
        .Add<UntagResourceRequest, Empty>("UntagResource", tags.Untag)
        .Add<GetTagsRequest, GetTagsResponse>("GetTags", tags.Get), (table, part) => part.AddTo(table));
}
