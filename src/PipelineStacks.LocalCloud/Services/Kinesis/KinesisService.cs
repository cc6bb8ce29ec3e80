using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Operations;
using PipelineStacks.LocalCloud.Services.Kinesis.Records;

namespace PipelineStacks.LocalCloud.Services.Kinesis;

/// <summary>Kinesis Data Streams: <see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html"/></summary>
internal sealed class KinesisService(
    StreamOperations streams, ShardOperations shards, StreamSettings settings, TagOperations tags, ConsumerOperations consumers,
    PolicyOperations policies, GetShardIterator iterators,
    PutRecordOperation putRecord, PutRecordsOperation putRecords, GetRecordsOperation getRecords) : IJsonService
{
    public string TargetPrefix => "Kinesis_20131202";

    public OperationTable Operations { get; } = new OperationTable("Kinesis")
        .AddRaw("PutRecord", putRecord)
        .AddRaw("PutRecords", putRecords)
        .AddRaw("GetRecords", getRecords)
        .Add<GetShardIteratorRequest, GetShardIteratorResponse>("GetShardIterator", iterators.Handle)
        .Add<CreateStreamRequest, Empty>("CreateStream", streams.Create)
        .Add<DeleteStreamRequest, Empty>("DeleteStream", streams.Delete)
        .Add<DescribeStreamRequest, DescribeStreamResponse>("DescribeStream", streams.Describe)
        .Add<StreamRequest, DescribeStreamSummaryResponse>("DescribeStreamSummary", streams.DescribeSummary)
        .Add<ListStreamsRequest, ListStreamsResponse>("ListStreams", streams.List)
        .Add<Empty, DescribeLimitsResponse>("DescribeLimits", streams.DescribeLimits)
        .Add<ListShardsRequest, ListShardsResponse>("ListShards", shards.List)
        .Add<SplitShardRequest, Empty>("SplitShard", shards.Split)
        .Add<MergeShardsRequest, Empty>("MergeShards", shards.Merge)
        .Add<UpdateShardCountRequest, UpdateShardCountResponse>("UpdateShardCount", shards.UpdateCount)
        .Add<ChangeRetentionRequest, Empty>("IncreaseStreamRetentionPeriod", settings.IncreaseRetention)
        .Add<ChangeRetentionRequest, Empty>("DecreaseStreamRetentionPeriod", settings.DecreaseRetention)
        .Add<UpdateStreamModeRequest, Empty>("UpdateStreamMode", settings.UpdateMode)
        .Add<UpdateMaxRecordSizeRequest, Empty>("UpdateMaxRecordSize", settings.UpdateMaxRecordSize)
        .Add<StreamEncryptionRequest, Empty>("StartStreamEncryption", settings.StartEncryption)
        .Add<StreamEncryptionRequest, Empty>("StopStreamEncryption", settings.StopEncryption)
        .Add<EnhancedMonitoringRequest, EnhancedMonitoringResponse>("EnableEnhancedMonitoring", settings.EnableMonitoring)
        .Add<EnhancedMonitoringRequest, EnhancedMonitoringResponse>("DisableEnhancedMonitoring", settings.DisableMonitoring)
        .Add<AddTagsToStreamRequest, Empty>("AddTagsToStream", tags.Add)
        .Add<RemoveTagsFromStreamRequest, Empty>("RemoveTagsFromStream", tags.Remove)
        .Add<ListTagsForStreamRequest, ListTagsForStreamResponse>("ListTagsForStream", tags.List)
        .Add<TagResourceRequest, Empty>("TagResource", tags.Tag)
        .Add<UntagResourceRequest, Empty>("UntagResource", tags.Untag)
        .Add<ResourceRequest, ListTagsForResourceResponse>("ListTagsForResource", tags.ListForResource)
        .Add<RegisterStreamConsumerRequest, RegisterStreamConsumerResponse>("RegisterStreamConsumer", consumers.Register)
        .Add<ConsumerRequest, Empty>("DeregisterStreamConsumer", consumers.Deregister)
        .Add<ConsumerRequest, DescribeStreamConsumerResponse>("DescribeStreamConsumer", consumers.Describe)
        .Add<ListStreamConsumersRequest, ListStreamConsumersResponse>("ListStreamConsumers", consumers.List)
        .Add<PutResourcePolicyRequest, Empty>("PutResourcePolicy", policies.Put)
        .Add<ResourceRequest, GetResourcePolicyResponse>("GetResourcePolicy", policies.Get)
        .Add<ResourceRequest, Empty>("DeleteResourcePolicy", policies.Delete);
}
