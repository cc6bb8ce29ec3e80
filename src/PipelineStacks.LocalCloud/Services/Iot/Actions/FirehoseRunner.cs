using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Actions;

/// <summary><see href="https://docs.aws.amazon.com/iot/latest/developerguide/kinesis-firehose-rule-action.html"/></summary>
internal sealed class FirehoseRunner : RuleActionRunner
{
    private const int MostRecords = 500;
    private static readonly string[] Separators = ["\n", "\t", "\r\n", ","];

    private readonly FirehoseRuleAction _action;
    private readonly SubstitutionTemplate _stream;
    private readonly byte[] _separator;

    public FirehoseRunner(FirehoseRuleAction action, Query query) : base("Firehose")
    {
        if (action.Separator is { } separator && !Separators.Contains(separator))
            throw IotErrors.Invalid($"1 validation error detected: Value '{separator}' at 'firehose.separator' failed to satisfy constraint: Member must satisfy regular expression pattern: ([\\n\\t])|(\\r\\n)|(,)");
        _action = action;
        _stream = SubstitutionTemplate.Parse(action.DeliveryStreamName, query);
        _separator = System.Text.Encoding.ASCII.GetBytes(action.Separator ?? "");
    }

    public override ValueTask RunAsync(ActionServices services, Home home, IReadOnlyList<ActionItem> items)
    {
        var call = services.Callers.ForRole(_action.RoleArn, home.Region, "iot-rule");
        foreach (var stream in items.GroupBy(item => _stream.Evaluate(item.Evaluation)))
        {
            var (single, batched) = Split([.. stream], stream.Key);
            Try(single, stream.Key, () => services.Firehose.PutEach(call, stream.Key, [.. single.Select(item => Record(item.Payload))]));
            foreach (var item in batched)
            {
                var elements = ((ArrayValue)item.Evaluation.Output).Items;
                Try([item], stream.Key, () => services.Firehose.PutBatch(
                    call, new PutRecordBatchRequest(stream.Key, [.. elements.Select(element => new Record(Record(Json.Bytes(element))))])));
            }
        }

        return ValueTask.CompletedTask;
    }

    // In batch mode each element of an array is a record; what isn't an array is one, as without it.
    private (List<ActionItem> Single, List<ActionItem> Batched) Split(List<ActionItem> items, string stream)
    {
        if (!_action.BatchMode)
            return (items, []);
        var batched = items.Where(item => item.Evaluation.Output is ArrayValue).ToList();
        foreach (var item in batched.Where(item => ((ArrayValue)item.Evaluation.Output).Items.Count is 0 or > MostRecords))
            Fail(item, stream, "InvalidArgumentException", $"The array has {((ArrayValue)item.Evaluation.Output).Items.Count} elements: a batch has from 1 to {MostRecords}");
        return ([.. items.Except(batched)], [.. batched.Where(item => item.Failures.Count == 0)]);
    }

    private void Try(List<ActionItem> items, string stream, Action put)
    {
        if (items.Count == 0)
            return;
        try
        {
            put();
        }
        catch (ServiceException error)
        {
            foreach (var item in items)
                Fail(item, stream, error.Code, error.Message);
        }
    }

    private byte[] Record(byte[] payload) => _separator.Length == 0 ? payload : [.. payload, .. _separator];

    private void Fail(ActionItem item, string stream, string code, string message) => Fail(
        item, stream, "Failed to publish to Firehose", "AmazonKinesisFirehose", code, message, $"Action: firehose, DeliveryStream: {stream}");
}
