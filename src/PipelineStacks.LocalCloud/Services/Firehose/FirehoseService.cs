using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>Amazon Data Firehose: <see href="https://docs.aws.amazon.com/firehose/latest/APIReference/Welcome.html"/>.</summary>
internal sealed class FirehoseService(DeliveryStreams streams, DeliveryRecords records, DeliveryStreamTags tags) : IJsonService
{
    public string TargetPrefix => "Firehose_20150804";

    public OperationTable Operations { get; } = new OperationTable("Firehose")
        .Add<CreateDeliveryStreamRequest, CreateDeliveryStreamResponse>("CreateDeliveryStream", streams.Create)
        .AddAsync<DeleteDeliveryStreamRequest, Empty>("DeleteDeliveryStream", streams.DeleteAsync)
        .Add<DescribeDeliveryStreamRequest, DescribeDeliveryStreamResponse>("DescribeDeliveryStream", streams.Describe)
        .Add<ListDeliveryStreamsRequest, ListDeliveryStreamsResponse>("ListDeliveryStreams", streams.List)
        .Add<UpdateDestinationRequest, Empty>("UpdateDestination", streams.UpdateDestination)
        .Add<StartEncryptionRequest, Empty>("StartDeliveryStreamEncryption", streams.StartEncryption)
        .Add<StopEncryptionRequest, Empty>("StopDeliveryStreamEncryption", streams.StopEncryption)
        .Add<PutRecordRequest, PutRecordResponse>("PutRecord", records.Put)
        .Add<PutRecordBatchRequest, PutRecordBatchResponse>("PutRecordBatch", records.PutBatch)
        .Add<TagDeliveryStreamRequest, Empty>("TagDeliveryStream", tags.Tag)
        .Add<UntagDeliveryStreamRequest, Empty>("UntagDeliveryStream", tags.Untag)
        .Add<ListTagsForDeliveryStreamRequest, ListTagsForDeliveryStreamResponse>("ListTagsForDeliveryStream", tags.List);
}
