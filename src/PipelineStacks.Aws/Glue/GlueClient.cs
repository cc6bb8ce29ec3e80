using System.Text.Json;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.Glue;

/// <summary>AWS Glue: its workflows, and the tables and partitions of its catalog.</summary>
public sealed class GlueClient(AwsSettings settings) : IDisposable
{
    private const int PageSize = 100;

    private readonly AwsJsonClient _client = new(new ServiceDescription("Glue", "glue", "2017-03-31", "AWSGlue"), settings);

    /// <summary>A workflow with its graph, or null if there is none of that name.</summary>
    public async Task<Workflow?> FindWorkflowAsync(string name, CancellationToken cancel)
    {
        try
        {
            return (await _client.CallAsync<GetWorkflowRequest, GetWorkflowResponse>("GetWorkflow", new(name, IncludeGraph: true), cancel)).Workflow;
        }
        catch (AwsException error) when (error.Code == "EntityNotFoundException")
        {
            return null;
        }
    }

    /// <summary>Starts a workflow.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> StartWorkflowRunAsync(string name, CancellationToken cancel) =>
        (await _client.CallAsync<StartWorkflowRunRequest, StartWorkflowRunResponse>("StartWorkflowRun", new(name), cancel)).RunId;

    /// <summary>A run with its graph, in which every node tells what it did.</summary>
    /// <exception cref="AwsException">There is no such run.</exception>
    public async Task<WorkflowRun> GetWorkflowRunAsync(string name, string runId, CancellationToken cancel) =>
        (await _client.CallAsync<GetWorkflowRunRequest, GetWorkflowRunResponse>("GetWorkflowRun", new(name, runId, IncludeGraph: true), cancel)).Run;

    /// <summary>The first page of a workflow's runs, without graphs, the newest first.</summary>
    public async Task<IReadOnlyList<WorkflowRun>> GetWorkflowRunsAsync(string name, CancellationToken cancel) =>
        [.. ((await _client.CallAsync<GetWorkflowRunsRequest, GetWorkflowRunsResponse>("GetWorkflowRuns", new(name, PageSize), cancel)).Runs ?? [])
            .OrderByDescending(run => run.StartedOn)];

    /// <summary>A table of the catalog, or null if there is none.</summary>
    public async Task<CatalogTable?> FindTableAsync(string database, string table, CancellationToken cancel)
    {
        try
        {
            return (await _client.CallAsync<GetTableRequest, GetTableResponse>("GetTable", new(database, table), cancel)).Table;
        }
        catch (AwsException error) when (error.Code == "EntityNotFoundException")
        {
            return null;
        }
    }

    /// <summary>A registered partition, or null if there is none of these values.</summary>
    public async Task<CatalogPartition?> FindPartitionAsync(string database, string table, IReadOnlyList<string> values, CancellationToken cancel)
    {
        try
        {
            return (await _client.CallAsync<PartitionRequest, GetPartitionResponse>(
                "GetPartition", new() { DatabaseName = database, TableName = table, PartitionValues = values }, cancel)).Partition;
        }
        catch (AwsException error) when (error.Code == "EntityNotFoundException")
        {
            return null;
        }
    }

    /// <summary>Takes a partition out of the catalog; its files stay.</summary>
    public Task DeletePartitionAsync(string database, string table, IReadOnlyList<string> values, CancellationToken cancel) =>
        _client.CallAsync(
            "DeletePartition",
            JsonSerializer.SerializeToUtf8Bytes(new PartitionRequest { DatabaseName = database, TableName = table, PartitionValues = values }),
            cancel);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
