using Amazon.CDK.AWS.IoT;
using Constructs;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Iot;

/// <summary>What all topic rules have: the version of SQL, which would be that of 2015, and an error action.</summary>
internal static class TopicRule
{
    public static CfnTopicRule Of(
        Construct scope, string name, string sql, string description, RuleQuarantine quarantine, CfnTopicRule.ActionProperty action) => new(scope, "Rule", new CfnTopicRuleProps
        {
            RuleName = name,
            TopicRulePayload = new CfnTopicRule.TopicRulePayloadProperty
            {
                Description = description,
                Sql = sql,
                AwsIotSqlVersion = TopicSource.SqlVersion,
                Actions = new object[] { action },
                ErrorAction = quarantine.Action,
            },
        });
}
