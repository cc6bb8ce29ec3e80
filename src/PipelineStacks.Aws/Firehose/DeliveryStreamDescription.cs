namespace PipelineStacks.Aws.Firehose;

/// <summary>What a delivery stream looks like.</summary>
public sealed record DeliveryStreamDescription
{
    /// <summary>CREATING, ACTIVE, DELETING, or one of the failures.</summary>
    public required string DeliveryStreamStatus { get; init; }

    /// <summary>Where it delivers to: one destination, as the API has it.</summary>
    public IReadOnlyList<DestinationDescription> Destinations { get; init; } = [];
}

/// <summary>One destination of a delivery stream.</summary>
public sealed record DestinationDescription(ExtendedS3DestinationDescription? ExtendedS3DestinationDescription);

/// <summary>A destination in S3.</summary>
public sealed record ExtendedS3DestinationDescription(string? BucketARN, string? Prefix, string? ErrorOutputPrefix, BufferingHints? BufferingHints);

/// <summary>How long and how much is gathered before an object is written.</summary>
public sealed record BufferingHints(int? SizeInMBs, int? IntervalInSeconds);

internal sealed record DescribeDeliveryStreamInput(string DeliveryStreamName);

internal sealed record DescribeDeliveryStreamOutput(DeliveryStreamDescription DeliveryStreamDescription);
