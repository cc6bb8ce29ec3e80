using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>A delivery stream as it is configured; what is in its buffers lies in files of its own.</summary>
/// <param name="Id">Tells a stream from an earlier one of the same name, whose buffers are gone.</param>
internal sealed record DeliveryStream(string Account, string Region, string Name, string Id, DateTimeOffset CreatedAt)
{
    public const string DirectPut = "DirectPut";
    public const string FromKinesis = "KinesisStreamAsSource";

    /// <summary>Counts up with every update, and is part of the names of the objects.</summary>
    public int Version { get; init; } = 1;

    public DateTimeOffset? UpdatedAt { get; init; }

    public KinesisStreamSourceConfiguration? Source { get; init; }

    public DirectPutSourceConfiguration? DirectPutSource { get; init; }

    public required ExtendedS3DestinationConfiguration Destination { get; init; }

    public EncryptionInput? Encryption { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public string Type => Source is null ? DirectPut : FromKinesis;

    public ResourceKey Key => new(Account, Region, Name);

    public string Arn => $"arn:aws:firehose:{Region}:{Account}:deliverystream/{Name}";
}
