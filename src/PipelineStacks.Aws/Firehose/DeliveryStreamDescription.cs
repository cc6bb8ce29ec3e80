namespace PipelineStacks.Aws.Firehose;

/// <summary>What a delivery stream looks like.</summary>
public sealed record DeliveryStreamDescription
{
    /// <summary>CREATING, ACTIVE, DELETING, or one of the failures.</summary>
    public required string DeliveryStreamStatus { get; init; }
}

internal sealed record DescribeDeliveryStreamInput(string DeliveryStreamName);

internal sealed record DescribeDeliveryStreamOutput(DeliveryStreamDescription DeliveryStreamDescription);
