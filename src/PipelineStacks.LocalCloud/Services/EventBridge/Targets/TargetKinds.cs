using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.Firehose;
using PipelineStacks.LocalCloud.Services.Kinesis;
using PipelineStacks.LocalCloud.Services.Lambda;
using PipelineStacks.LocalCloud.Services.Sns;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

internal sealed class TopicTarget(ITopicPublisher topics) : TargetKind("sns", "")
{
    public override ValueTask SendAsync(Call call, Target target, Event published, string input)
    {
        topics.Publish(call, target.Arn, null, input);
        return ValueTask.CompletedTask;
    }
}

internal sealed class FunctionTarget(IFunctionInvoker functions) : TargetKind("lambda", "function:")
{
    public override ValueTask SendAsync(Call call, Target target, Event published, string input)
    {
        functions.Send(call, target.Arn, Encoding.UTF8.GetBytes(input));
        return ValueTask.CompletedTask;
    }
}

internal sealed class StreamTarget(KinesisService kinesis) : TargetKind("kinesis", "stream/")
{
    public override bool NeedsRole => true;

    public override ValueTask SendAsync(Call call, Target target, Event published, string input)
    {
        var key = target.KinesisParameters is { } parameters ? EventPath.Select(published.ToJson(), parameters.PartitionKeyPath)?.ToString() : null;
        var request = new JsonObject
        {
            ["StreamARN"] = target.Arn,
            ["PartitionKey"] = key is null or "" ? published.Id : key,
            ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(input)),
        };
        return kinesis.Operations.Find("PutRecord").InvokeAsync(call, JsonSerializer.SerializeToUtf8Bytes(request), new ArrayBufferWriter<byte>());
    }
}

internal sealed class DeliveryStreamTarget(DeliveryRecords records) : TargetKind("firehose", "deliverystream/")
{
    public override bool NeedsRole => true;

    public override ValueTask SendAsync(Call call, Target target, Event published, string input)
    {
        records.Put(call, new(NameOf(target.Arn), new(Encoding.UTF8.GetBytes(input))));
        return ValueTask.CompletedTask;
    }
}
