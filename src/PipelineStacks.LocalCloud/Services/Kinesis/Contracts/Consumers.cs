namespace PipelineStacks.LocalCloud.Services.Kinesis.Contracts;

internal sealed record RegisterStreamConsumerRequest(string? StreamARN, string? ConsumerName, IReadOnlyDictionary<string, string>? Tags);

internal sealed record RegisterStreamConsumerResponse(Consumer Consumer);

internal sealed record Consumer(string ConsumerName, string ConsumerARN, string ConsumerStatus, DateTimeOffset ConsumerCreationTimestamp);

internal sealed record ConsumerRequest(string? StreamARN, string? ConsumerName, string? ConsumerARN);

internal sealed record DescribeStreamConsumerResponse(ConsumerDescription ConsumerDescription);

internal sealed record ConsumerDescription(
    string ConsumerName, string ConsumerARN, string ConsumerStatus, DateTimeOffset ConsumerCreationTimestamp, string StreamARN);

internal sealed record ListStreamConsumersRequest(string? StreamARN, string? NextToken, int? MaxResults, DateTimeOffset? StreamCreationTimestamp);

internal sealed record ListStreamConsumersResponse(IReadOnlyList<Consumer> Consumers, string? NextToken);
