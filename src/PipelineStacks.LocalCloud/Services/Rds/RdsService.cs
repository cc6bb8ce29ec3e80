using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Rds.Contracts;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>RDS's operations on instances of MySQL and MariaDB.</summary>
internal sealed class RdsService : IQueryService
{
    public RdsService(Instances instances, InstanceDescriptions descriptions, ParameterGroups parameters, SubnetGroups subnets)
    {
        Operations = new OperationTable("RDS", Wire.Query)
            .AddAsync<CreateDBInstanceRequest, DBInstanceResponse>("CreateDBInstance",
                async (call, request) => new(descriptions.Describe(call, await instances.CreateAsync(call, request))))
            .AddAsync<ModifyDBInstanceRequest, DBInstanceResponse>("ModifyDBInstance",
                async (call, request) => new(descriptions.Describe(call, await instances.ModifyAsync(call, request))))
            .AddAsync<DeleteDBInstanceRequest, DBInstanceResponse>("DeleteDBInstance",
                async (call, request) => new(descriptions.Describe(call, await instances.DeleteAsync(call, request))))
            .AddAsync<DBInstanceRequest, DBInstanceResponse>("StartDBInstance",
                async (call, request) => new(descriptions.Describe(call, await instances.StartAsync(call, request.DBInstanceIdentifier))))
            .AddAsync<DBInstanceRequest, DBInstanceResponse>("StopDBInstance",
                async (call, request) => new(descriptions.Describe(call, await instances.StopAsync(call, request.DBInstanceIdentifier))))
            .AddAsync<DBInstanceRequest, DBInstanceResponse>("RebootDBInstance",
                async (call, request) => new(descriptions.Describe(call, await instances.RebootAsync(call, request.DBInstanceIdentifier))))
            .Add<DescribeDBInstancesRequest, DescribeDBInstancesResponse>("DescribeDBInstances", descriptions.Instances)
            .Add<DescribeDBSnapshotsRequest, DescribeDBSnapshotsResponse>("DescribeDBSnapshots", descriptions.Snapshots)
            .Add<DBSnapshotRequest, DBSnapshotResponse>("DeleteDBSnapshot", descriptions.DeleteSnapshot)
            .Add<ListTagsForResourceRequest, ListTagsForResourceResponse>("ListTagsForResource", descriptions.Tags)
            .Add<DescribeDBParameterGroupsRequest, DescribeDBParameterGroupsResponse>("DescribeDBParameterGroups", parameters.Describe)
            .Add<DescribeDBParametersRequest, DescribeDBParametersResponse>("DescribeDBParameters", parameters.DescribeParameters)
            .Add<DescribeDBSubnetGroupsRequest, DescribeDBSubnetGroupsResponse>("DescribeDBSubnetGroups", subnets.Describe)
            .Add<DescribeDBEngineVersionsRequest, DescribeDBEngineVersionsResponse>("DescribeDBEngineVersions", EngineVersions.Describe);
    }

    public string SigningName => "rds";

    public string XmlNamespace => "http://rds.amazonaws.com/doc/2014-10-31/";

    public OperationTable Operations { get; }

    // RDS's lists name their items, mostly in the singular.
    public string ItemName(string list) => list switch
    {
        "TagList" => "Tag",
        "VpcSecurityGroups" => "VpcSecurityGroupMembership",
        _ => list.TrimEnd('s'),
    };
}
