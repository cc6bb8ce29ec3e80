using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

/// <summary>The results of evaluation runs.</summary>
internal sealed class QualityResults(QualityState state)
{
    public DataQualityResult Get(Call call, ResultRequest request)
    {
        call.Authorize("glue:GetDataQualityResult", "*");
        return state.Results.TryGet(QualityState.Key(call, request.ResultId), out var found)
            ? found : throw GlueErrors.NotFound($"Data quality result {request.ResultId} not found.");
    }

    public BatchGetResultsResponse BatchGet(Call call, BatchGetResultsRequest request)
    {
        call.Authorize("glue:BatchGetDataQualityResult", "*");
        var found = request.ResultIds.Select(id => state.Results.TryGet(QualityState.Key(call, id), out var result) ? result : null).OfType<DataQualityResult>().ToList();
        return new(found, [.. request.ResultIds.Except(found.Select(result => result.ResultId))]);
    }

    public ListResultsResponse List(Call call, ListResultsRequest request)
    {
        call.Authorize("glue:ListDataQualityResults", "*");
        var (filter, table) = (request.Filter, request.Filter?.DataSource?.GlueTable);
        // Results of jobs' own transforms are none that this cloud makes, so asking for a job's finds nothing.
        var found = state.Results.In(call.Account, call.Region).Where(result =>
                filter?.JobName is null && filter?.JobRunId is null
                && (table is null || (result.DataSource.GlueTable!.DatabaseName == table.DatabaseName && result.DataSource.GlueTable.TableName == table.TableName))
                && !(result.StartedOn >= filter?.StartedBefore) && !(result.StartedOn <= filter?.StartedAfter))
            .OrderByDescending(result => result.StartedOn).Select(result => new ResultDescription(result.ResultId, result.DataSource, result.StartedOn));
        var page = GluePages.Of(found, request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }
}
