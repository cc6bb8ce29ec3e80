using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>The operations of CloudWatch Logs.</summary>
internal sealed class LogsService(
    LogGroups groups, LogStreams streams, LogWriter writer, LogReader reader, MetricFilters filters, ResourcePolicies policies) : IJsonService
{
    public string TargetPrefix => "Logs_20140328";

    public OperationTable Operations { get; } = new OperationTable("CloudWatch Logs", Wire.Camel)
        .Add<CreateLogGroupRequest, Empty>("CreateLogGroup", groups.Create)
        .Add<LogGroupRequest, Empty>("DeleteLogGroup", groups.Delete)
        .Add<DescribeLogGroupsRequest, DescribeLogGroupsResponse>("DescribeLogGroups", groups.Describe)
        .Add<PutRetentionPolicyRequest, Empty>("PutRetentionPolicy", groups.PutRetention)
        .Add<LogGroupRequest, Empty>("DeleteRetentionPolicy", groups.DeleteRetention)
        .Add<PutLogGroupDeletionProtectionRequest, Empty>("PutLogGroupDeletionProtection", groups.PutDeletionProtection)
        .Add<KmsKeyRequest, Empty>("AssociateKmsKey", groups.AssociateKey)
        .Add<LogGroupRequest, Empty>("DisassociateKmsKey", groups.DisassociateKey)
        .Add<TagLogGroupRequest, Empty>("TagLogGroup", groups.Tag)
        .Add<UntagLogGroupRequest, Empty>("UntagLogGroup", groups.Untag)
        .Add<LogGroupRequest, TagsResponse>("ListTagsLogGroup", groups.ListTags)
        .Add<TagResourceRequest, Empty>("TagResource", groups.TagResource)
        .Add<UntagResourceRequest, Empty>("UntagResource", groups.UntagResource)
        .Add<ResourceRequest, TagsResponse>("ListTagsForResource", groups.ListTagsForResource)
        .Add<LogStreamRequest, Empty>("CreateLogStream", streams.Create)
        .Add<LogStreamRequest, Empty>("DeleteLogStream", streams.Delete)
        .Add<DescribeLogStreamsRequest, DescribeLogStreamsResponse>("DescribeLogStreams", streams.Describe)
        .Add<PutLogEventsRequest, PutLogEventsResponse>("PutLogEvents", writer.Put)
        .Add<GetLogEventsRequest, GetLogEventsResponse>("GetLogEvents", reader.Get)
        .Add<FilterLogEventsRequest, FilterLogEventsResponse>("FilterLogEvents", reader.Filter)
        .Add<PutMetricFilterRequest, Empty>("PutMetricFilter", filters.Put)
        .Add<DeleteMetricFilterRequest, Empty>("DeleteMetricFilter", filters.Delete)
        .Add<DescribeMetricFiltersRequest, DescribeMetricFiltersResponse>("DescribeMetricFilters", filters.Describe)
        .Add<PutResourcePolicyRequest, PutResourcePolicyResponse>("PutResourcePolicy", policies.Put)
        .Add<DeleteResourcePolicyRequest, Empty>("DeleteResourcePolicy", policies.Delete)
        .Add<DescribeResourcePoliciesRequest, DescribeResourcePoliciesResponse>("DescribeResourcePolicies", policies.Describe);
}
