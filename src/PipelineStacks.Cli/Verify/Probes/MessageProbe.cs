using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.Cli.Devices;
using PipelineStacks.IotSql;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>Messages of a device that is the run's own, published over HTTPS: known by the device.</summary>
internal sealed class MessageProbe(VerifyScope scope, IReadOnlyList<Dataset> datasets) : DeliveredProbe(scope, datasets, scope.Names.IotStack)
{
    private readonly TopicSource _source = (TopicSource)datasets[0].Source;

    // A rule that fails keeps the message as it came, in which the device is not.
    public override string IsRejected => $"({base.IsRejected} OR topic LIKE '%{Mark.Text}%')";

    public override string RejectionCode => "coalesce(lasterrorcode, errorcode, rulename)";

    protected override string IsOwn => $"{Dataset.Key.Single(name => name != Number)} = '{Mark.Text}'";

    protected override string Number => Dataset.Columns.Single(column => column.Key == _source.Sequence).Name;

    public override async Task<StepResult> SendAsync(CancellationToken cancel)
    {
        var messages = Messages(_source.TopicOf(Mark.Text));
        foreach (var message in messages)
            await Scope.Aws.Iot.PublishAsync(message.Topic, message.Payload.ToArray(), atLeastOnce: true, cancel);
        return StepResult.Passed($"{messages.Count}", $"{messages.Count}");
    }

    // The rules pass over some of the samples, such as those of devices under test.
    private List<MqttMessage> Messages(string topic)
    {
        var (rule, number) = (RuleTest.Parse(_source.DeliverySql), 0);
        var own = new Dictionary<string, Func<int, JsonNode>> { [_source.Sequence] = _ => ++number, [_source.Time] = i => Mark.Time(i) };
        List<MqttMessage> messages = [];
        while (messages.Count < Scope.Options.Records)
            messages.AddRange(Make(own).Select(record => new MqttMessage(topic, Encoding.UTF8.GetBytes(record))).Where(message => rule.Evaluate(message).Matched));
        return messages[..Scope.Options.Records];
    }
}
