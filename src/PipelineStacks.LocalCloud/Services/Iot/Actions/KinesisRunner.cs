using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Actions;

/// <summary><see href="https://docs.aws.amazon.com/iot/latest/developerguide/kinesis-rule-action.html"/></summary>
internal sealed class KinesisRunner(KinesisRuleAction action, Query query) : RuleActionRunner("Kinesis")
{
    private readonly SubstitutionTemplate _stream = SubstitutionTemplate.Parse(action.StreamName, query);
    private readonly SubstitutionTemplate _key = SubstitutionTemplate.Parse(action.PartitionKey ?? "${newuuid()}", query);

    public override ValueTask RunAsync(ActionServices services, Home home, IReadOnlyList<ActionItem> items)
    {
        var call = services.Callers.ForRole(action.RoleArn, home.Region, "iot-rule");
        foreach (var stream in items.GroupBy(item => _stream.Evaluate(item.Evaluation)))
        {
            var records = stream.Select(item => (Item: item, Key: _key.Evaluate(item.Evaluation))).ToList();
            try
            {
                var errors = services.Kinesis.Put(call, stream.Key, [.. records.Select(record => (record.Key, (ReadOnlyMemory<byte>)record.Item.Payload))]);
                for (var i = 0; i < records.Count; i++)
                    if (errors[i] is { } error)
                        Fail(records[i].Item, stream.Key, records[i].Key, error);
            }
            catch (ServiceException error)
            {
                foreach (var (item, key) in records)
                    Fail(item, stream.Key, key, error);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Fail(ActionItem item, string stream, string key, ServiceException error) => Fail(
        item, stream, "Failed to publish to Kinesis", "AmazonKinesis", error.Code, error.Message, $"Action: kinesis, Stream: {stream}, PartitionKey: {key}");
}
