using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

/// <summary>The operations of Data Quality.</summary>
internal sealed class QualityOperations(GlueRulesets rulesets, EvaluationRuns runs, QualityResults results) : IGlueOperations
{
    public OperationTable AddTo(OperationTable table) => table
        .Add<CreateDataQualityRulesetRequest, DataQualityRulesetName>("CreateDataQualityRuleset", rulesets.Create)
        .Add<DataQualityRulesetName, DataQualityRuleset>("GetDataQualityRuleset", rulesets.Get)
        .Add<UpdateDataQualityRulesetRequest, UpdateDataQualityRulesetResponse>("UpdateDataQualityRuleset", rulesets.Update)
        .Add<DataQualityRulesetName, Empty>("DeleteDataQualityRuleset", rulesets.Delete)
        .Add<ListDataQualityRulesetsRequest, ListDataQualityRulesetsResponse>("ListDataQualityRulesets", rulesets.List)
        .Add<StartDataQualityRulesetEvaluationRunRequest, StartDataQualityRulesetEvaluationRunResponse>("StartDataQualityRulesetEvaluationRun", runs.Start)
        .Add<EvaluationRunRequest, EvaluationRun>("GetDataQualityRulesetEvaluationRun", runs.Get)
        .Add<ListEvaluationRunsRequest, ListEvaluationRunsResponse>("ListDataQualityRulesetEvaluationRuns", runs.List)
        .Add<EvaluationRunRequest, Empty>("CancelDataQualityRulesetEvaluationRun", runs.Cancel)
        .Add<ResultRequest, DataQualityResult>("GetDataQualityResult", results.Get)
        .Add<BatchGetResultsRequest, BatchGetResultsResponse>("BatchGetDataQualityResult", results.BatchGet)
        .Add<ListResultsRequest, ListResultsResponse>("ListDataQualityResults", results.List);
}
