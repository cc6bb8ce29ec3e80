using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Operations;
using PipelineStacks.LocalCloud.Services.Kinesis.Records;

namespace PipelineStacks.LocalCloud.Services.Kinesis;

/// <summary>Kinesis Data Streams: <see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html"/></summary>
internal sealed class KinesisService(
    StreamOperations streams, ShardOperations shards, GetShardIterator iterators,
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
        .Add<UpdateShardCountRequest, UpdateShardCountResponse>("UpdateShardCount", shards.UpdateCount);
}
