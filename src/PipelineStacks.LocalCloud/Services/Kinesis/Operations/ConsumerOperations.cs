using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>Registers consumers with enhanced fan-out. Subscribing to a shard needs event streams and is refused by name.</summary>
internal sealed class ConsumerOperations(StreamStore streams)
{
    public const int MaxPerStream = 20;
    public const string Active = "ACTIVE";

    private readonly Lock _registering = new();

    public RegisterStreamConsumerResponse Register(Call call, RegisterStreamConsumerRequest request)
    {
        new Validation()
            .Required("streamARN", request.StreamARN)
            .Required("consumerName", request.ConsumerName).Name("consumerName", request.ConsumerName)
            .Tags(request.Tags)
            .Throw();
        var stream = streams.Get(call, "kinesis:RegisterStreamConsumer", null, request.StreamARN);
        Tags.Check(stream.Name, stream.Key.Account, request.Tags);
        var key = ConsumerState.KeyOf(stream.Key, request.ConsumerName!);
        lock (_registering)
        {
            if (streams.Consumers.TryGet(key, out _))
                throw KinesisErrors.InUse($"Consumer {request.ConsumerName} under stream {stream.Name} under account {stream.Key.Account} already exists.");
            if (streams.ConsumersOf(stream).Count >= MaxPerStream)
                throw KinesisErrors.Limit($"This request would exceed the limit of {MaxPerStream} consumers of stream {stream.Name} under account {stream.Key.Account}.");
            var now = streams.Clock.GetUtcNow();
            var consumer = new ConsumerState(
                stream.Key, request.ConsumerName!, ConsumerState.ArnOf(stream.Key, request.ConsumerName!, now), now,
                request.Tags ?? new Dictionary<string, string>());
            streams.Consumers.Put(key, consumer);
            return new(Describe(consumer));
        }
    }

    public Empty Deregister(Call call, ConsumerRequest request)
    {
        streams.Consumers.Remove(Get(call, "kinesis:DeregisterStreamConsumer", request).KeyOf());
        return Empty.Value;
    }

    public DescribeStreamConsumerResponse Describe(Call call, ConsumerRequest request)
    {
        var consumer = Get(call, "kinesis:DescribeStreamConsumer", request);
        return new(new(consumer.Name, consumer.Arn, Active, consumer.Created, StreamNames.ArnOf(consumer.Stream)));
    }

    public ListStreamConsumersResponse List(Call call, ListStreamConsumersRequest request)
    {
        var validation = new Validation().Required("streamARN", request.StreamARN).Range("maxResults", request.MaxResults, 1, 10_000);
        var stream = streams.Get(call, "kinesis:ListStreamConsumers", null, request.StreamARN, validation);
        var after = request.NextToken is null ? null : PageToken.Read(request.NextToken);
        var all = streams.ConsumersOf(stream).Where(consumer => after is null || string.CompareOrdinal(consumer.Name, after) > 0).ToList();
        var page = all.Take(request.MaxResults ?? 100).ToList();
        return new([.. page.Select(Describe)], all.Count > page.Count ? PageToken.Make(page[^1].Name) : null);
    }

    private static Consumer Describe(ConsumerState consumer) => new(consumer.Name, consumer.Arn, Active, consumer.Created);

    private ConsumerState Get(Call call, string action, ConsumerRequest request)
    {
        if (request.ConsumerARN is { } arn)
        {
            call.Authorize(action, arn);
            return streams.FindConsumer(arn) ?? throw KinesisErrors.NotFound($"Consumer {arn} not found.");
        }

        var validation = new Validation().Required("streamARN", request.StreamARN).Required("consumerName", request.ConsumerName);
        var stream = streams.Get(call, action, null, request.StreamARN, validation);
        return streams.Consumers.TryGet(ConsumerState.KeyOf(stream.Key, request.ConsumerName!), out var consumer)
            ? consumer
            : throw KinesisErrors.NotFound($"Consumer {request.ConsumerName} under stream {stream.Name} under account {stream.Key.Account} not found.");
    }
}
