using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace PipelineStacks.AccountBaseline;

/// <summary>
/// The two roles under which DMS manages network interfaces and writes logs, for whoever uses it in the account. It looks for them by these
/// names. They have AWS's policies and none of ours because DMS names those as its condition, and extends them when it does more. They are
/// retained, since others may rely on them by the time that this environment goes.
/// </summary>
public sealed class ReplicationRoles : Construct
{
    /// <summary>Creates the roles.</summary>
    public ReplicationRoles(Construct scope, string id)
        : base(scope, id)
    {
        Role("Vpc", "dms-vpc-role", "AmazonDMSVPCManagementRole", "DMS manages its network interfaces");
        Role("CloudWatchLogs", "dms-cloudwatch-logs-role", "AmazonDMSCloudWatchLogsRole", "DMS writes the logs of its tasks");
    }

    private void Role(string id, string name, string policy, string description) => new Role(this, id, new RoleProps
    {
        RoleName = name,
        Description = description,
        AssumedBy = new ServicePrincipal("dms.amazonaws.com"),
        ManagedPolicies = [ManagedPolicy.FromAwsManagedPolicyName($"service-role/{policy}")],
    }).ApplyRemovalPolicy(RemovalPolicy.RETAIN);
}
