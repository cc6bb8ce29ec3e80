using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

/// <summary>What EventBridge and CloudWatch hear of a result.</summary>
internal sealed class QualityReports(IEventBus bus, IMetricSink metrics)
{
    public void Publish(ResourceKey key, EvaluationRun run, DataQualityResult result)
    {
        var (table, counts) = (result.DataSource.GlueTable!, result.AggregatedMetrics);
        bus.Publish(key.Account, key.Region, "aws.glue-dataquality", "Data Quality Evaluation Results Available", [], new JsonObject
        {
            ["context"] = new JsonObject
            {
                ["contextType"] = "GLUE_DATA_CATALOG",
                ["runId"] = run.RunId,
                ["databaseName"] = table.DatabaseName,
                ["tableName"] = table.TableName,
                ["catalogId"] = key.Account,
            },
            ["resultID"] = result.ResultId,
            ["rulesetNames"] = new JsonArray(result.RulesetName),
            ["state"] = counts.TotalRulesFailed > 0 ? "FAILED" : "SUCCEEDED",
            ["score"] = result.Score,
            ["rulesSucceeded"] = (int)counts.TotalRulesPassed,
            ["rulesFailed"] = (int)counts.TotalRulesFailed,
            ["rulesSkipped"] = 0,
        });
        if (run.AdditionalRunOptions?.CloudWatchMetricsEnabled != true)
            return;
        var dimensions = new Dimensions(("Ruleset", result.RulesetName), ("Table", table.TableName), ("Database", table.DatabaseName), ("CatalogId", key.Account));
        metrics.Put(new(key.Account, key.Region, "Glue Data Quality", "glue.data.quality.rules.passed", "Count", dimensions), counts.TotalRulesPassed, result.CompletedOn);
        metrics.Put(new(key.Account, key.Region, "Glue Data Quality", "glue.data.quality.rules.failed", "Count", dimensions), counts.TotalRulesFailed, result.CompletedOn);
    }
}
