using PipelineStacks.IotSql;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose;
using PipelineStacks.LocalCloud.Services.Iot.Rules;
using PipelineStacks.LocalCloud.Services.Kinesis;
using PipelineStacks.LocalCloud.Services.Lambda;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.Services.Sns;

namespace PipelineStacks.LocalCloud.Services.Iot.Actions;

/// <summary>Where actions go.</summary>
internal sealed record ActionServices(
    Callers Callers, IStreamWriter Kinesis, DeliveryRecords Firehose, IObjectStore S3, ITopicPublisher Sns, IFunctionInvoker Lambda, Republishing Republishing);

/// <summary>One action of a rule, for all the messages of a batch. What goes wrong is noted at the message.</summary>
internal abstract class RuleActionRunner(string actionType)
{
    /// <summary>As the metrics' dimension has it: <c>Kinesis</c>.</summary>
    public string ActionType => actionType;

    /// <summary>As error messages have it: <c>KinesisAction</c>.</summary>
    protected string Name { get; } = actionType + "Action";

    public abstract ValueTask RunAsync(ActionServices services, Home home, IReadOnlyList<ActionItem> items);

    protected void Fail(ActionItem item, string resource, string attempt, string service, string code, string message, string details) => item.Fail(Name, resource,
        $"{attempt}. The error received was {message} (Service: {service}; Error Code: {code}; Request ID: {item.Message.TraceId}). Message arrived on: {item.Message.Topic}, {details}");
}

internal sealed record ActionFailure(string FailedAction, string FailedResource, string ErrorMessage);

/// <summary>A message for which a rule acts.</summary>
internal sealed class ActionItem(InboundMessage message, QueryEvaluation evaluation, byte[] payload)
{
    private List<ActionFailure>? _failures;

    public InboundMessage Message => message;

    public QueryEvaluation Evaluation => evaluation;

    public byte[] Payload => payload;

    public IReadOnlyList<ActionFailure> Failures => _failures ?? [];

    public void Fail(string action, string resource, string message) => (_failures ??= []).Add(new(action, resource, message));
}
