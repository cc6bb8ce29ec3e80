using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>AWS Database Migration Service: <see href="https://docs.aws.amazon.com/dms/latest/APIReference/Welcome.html"/>.</summary>
internal sealed class DmsService(
    Instances instances, SubnetGroups groups, Endpoints endpoints, Connections connections, Certificates certificates, Tasks tasks,
    TaskDescriptions descriptions, ReplicationConfigs configs, Replications replications, Events events, Tags tags) : IJsonService
{
    public string TargetPrefix => "AmazonDMSv20160101";

    public OperationTable Operations { get; } = new OperationTable("DMS")
        .Add<CreateReplicationInstanceRequest, ReplicationInstanceResponse>("CreateReplicationInstance", instances.Create)
        .Add<ModifyReplicationInstanceRequest, ReplicationInstanceResponse>("ModifyReplicationInstance", instances.Modify)
        .Add<DeleteReplicationInstanceRequest, ReplicationInstanceResponse>("DeleteReplicationInstance", instances.Delete)
        .Add<DescribeRequest, DescribeReplicationInstancesResponse>("DescribeReplicationInstances", instances.Describe)
        .Add<DescribeRequest, DescribeOrderableReplicationInstancesResponse>("DescribeOrderableReplicationInstances", Instances.DescribeOrderable)
        .Add<CreateReplicationSubnetGroupRequest, ReplicationSubnetGroupResponse>("CreateReplicationSubnetGroup", groups.Create)
        .Add<ModifyReplicationSubnetGroupRequest, ReplicationSubnetGroupResponse>("ModifyReplicationSubnetGroup", groups.Modify)
        .Add<DeleteReplicationSubnetGroupRequest, Empty>("DeleteReplicationSubnetGroup", groups.Delete)
        .Add<DescribeRequest, DescribeReplicationSubnetGroupsResponse>("DescribeReplicationSubnetGroups", groups.Describe)
        .Add<CreateEndpointRequest, EndpointResponse>("CreateEndpoint", endpoints.Create)
        .Add<ModifyEndpointRequest, EndpointResponse>("ModifyEndpoint", endpoints.Modify)
        .Add<DeleteEndpointRequest, EndpointResponse>("DeleteEndpoint", endpoints.Delete)
        .Add<DescribeRequest, DescribeEndpointsResponse>("DescribeEndpoints", endpoints.Describe)
        .Add<TestConnectionRequest, ConnectionResponse>("TestConnection", connections.Test)
        .Add<DescribeRequest, DescribeConnectionsResponse>("DescribeConnections", connections.Describe)
        .Add<DeleteConnectionRequest, ConnectionResponse>("DeleteConnection", connections.Delete)
        .Add<ImportCertificateRequest, CertificateResponse>("ImportCertificate", certificates.Import)
        .Add<DescribeRequest, DescribeCertificatesResponse>("DescribeCertificates", certificates.Describe)
        .Add<DeleteCertificateRequest, CertificateResponse>("DeleteCertificate", certificates.Delete)
        .Add<CreateReplicationTaskRequest, ReplicationTaskResponse>("CreateReplicationTask", tasks.Create)
        .Add<ModifyReplicationTaskRequest, ReplicationTaskResponse>("ModifyReplicationTask", tasks.Modify)
        .AddAsync<ReplicationTaskRequest, ReplicationTaskResponse>("DeleteReplicationTask", tasks.DeleteAsync)
        .AddAsync<StartReplicationTaskRequest, ReplicationTaskResponse>("StartReplicationTask", tasks.StartAsync)
        .Add<ReplicationTaskRequest, ReplicationTaskResponse>("StopReplicationTask", tasks.Stop)
        .AddAsync<ReloadTablesRequest, ReloadTablesResponse>("ReloadTables", tasks.ReloadAsync)
        .Add<DescribeReplicationTasksRequest, DescribeReplicationTasksResponse>("DescribeReplicationTasks", descriptions.Describe)
        .Add<DescribeTableStatisticsRequest, DescribeTableStatisticsResponse>("DescribeTableStatistics", descriptions.DescribeTables)
        .Add<CreateReplicationConfigRequest, ReplicationConfigResponse>("CreateReplicationConfig", configs.Create)
        .Add<ModifyReplicationConfigRequest, ReplicationConfigResponse>("ModifyReplicationConfig", configs.Modify)
        .AddAsync<ReplicationConfigRequest, ReplicationConfigResponse>("DeleteReplicationConfig", configs.DeleteAsync)
        .Add<DescribeRequest, DescribeReplicationConfigsResponse>("DescribeReplicationConfigs", configs.Describe)
        .AddAsync<StartReplicationRequest, ReplicationResponse>("StartReplication", replications.StartAsync)
        .Add<ReplicationConfigRequest, ReplicationResponse>("StopReplication", replications.Stop)
        .Add<DescribeRequest, DescribeReplicationsResponse>("DescribeReplications", replications.Describe)
        .Add<DescribeReplicationTableStatisticsRequest, DescribeReplicationTableStatisticsResponse>("DescribeReplicationTableStatistics", replications.DescribeTables)
        .Add<CreateEventSubscriptionRequest, EventSubscriptionResponse>("CreateEventSubscription", events.Create)
        .Add<ModifyEventSubscriptionRequest, EventSubscriptionResponse>("ModifyEventSubscription", events.Modify)
        .Add<DeleteEventSubscriptionRequest, EventSubscriptionResponse>("DeleteEventSubscription", events.Delete)
        .Add<DescribeEventSubscriptionsRequest, DescribeEventSubscriptionsResponse>("DescribeEventSubscriptions", events.DescribeSubscriptions)
        .Add<DescribeEventsRequest, DescribeEventsResponse>("DescribeEvents", events.Describe)
        .Add<AddTagsToResourceRequest, Empty>("AddTagsToResource", tags.Add)
        .Add<RemoveTagsFromResourceRequest, Empty>("RemoveTagsFromResource", tags.Remove)
        .Add<ListTagsForResourceRequest, ListTagsForResourceResponse>("ListTagsForResource", tags.List);
}
