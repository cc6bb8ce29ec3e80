using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.LocalCloud.Services.Iot.Actions;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;

namespace PipelineStacks.LocalCloud.Services.Iot.Rules;

/// <summary>A rule whose SQL and templates have been read.</summary>
internal sealed class CompiledRule
{
    public CompiledRule(TopicRuleState rule)
    {
        Name = rule.Rule.RuleName;
        try
        {
            Query = Query.Parse(rule.Rule.Sql!);
        }
        catch (IotSqlException error)
        {
            throw IotErrors.Sql(error.Message);
        }

        Actions = [.. rule.Rule.Actions!.Select((action, i) => Make(action, $"actions.{i + 1}"))];
        ErrorAction = rule.Rule.ErrorAction is { } errorAction ? Make(errorAction, "errorAction") : null;
    }

    public string Name { get; }

    public Query Query { get; }

    public IReadOnlyList<RuleActionRunner> Actions { get; }

    public RuleActionRunner? ErrorAction { get; }

    private RuleActionRunner Make(RuleAction action, string where)
    {
        object?[] all = [action.Kinesis, action.Firehose, action.S3, action.Republish, action.Sns, action.Lambda];
        if (all.Count(one => one is not null) != 1)
            throw IotErrors.Invalid($"{where}: an action has exactly one of kinesis, firehose, s3, republish, sns and lambda.");
        try
        {
            return all.Single(one => one is not null) switch
            {
                KinesisRuleAction kinesis => new KinesisRunner(kinesis, Query),
                FirehoseRuleAction firehose => new FirehoseRunner(firehose, Query),
                S3RuleAction s3 => new S3Runner(s3, Query),
                RepublishRuleAction republish => new RepublishRunner(republish, Query),
                SnsRuleAction sns => new SnsRunner(sns),
                var lambda => new LambdaRunner((LambdaRuleAction)lambda!),
            };
        }
        catch (IotSqlException error)
        {
            throw IotErrors.Sql($"{where}: {error.Message}");
        }
    }
}
