using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Network;

/// <summary>What <see cref="NetworkLog"/> watches.</summary>
public sealed record NetworkLogProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What encrypts it.</summary>
    public required DataKey Key { get; init; }

    /// <summary>The network.</summary>
    public required IVpc Vpc { get; init; }
}

/// <summary>The flow logs of a network: who connected to whom, and who was refused.</summary>
public sealed class NetworkLog : Construct
{
    /// <summary>Creates the flow log, with the log group that it writes to and the role that lets it.</summary>
    public NetworkLog(Construct scope, string id, NetworkLogProps props)
        : base(scope, id)
    {
        var group = new CfnLogGroup(this, "Group", new CfnLogGroupProps
        {
            RetentionInDays = props.Settings.LogRetentionDays,
            KmsKeyId = props.Key.Key.KeyArn,
        });
        group.ApplyRemovalPolicy(props.Settings.DataRemovalPolicy());
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("vpc-flow-logs.amazonaws.com"),
            Description = "VPC flow logs are written to CloudWatch Logs",
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Write"] = new(new PolicyDocumentProps
                {
                    Statements =
                    [
                        Allow("WriteFlows", ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"], group.AttrArn),
                    ],
                }),
            },
        });
        new CfnFlowLog(this, "FlowLog", new CfnFlowLogProps
        {
            ResourceId = props.Vpc.VpcId,
            ResourceType = "VPC",
            TrafficType = "ALL",
            LogDestinationType = "cloud-watch-logs",
            LogGroupName = group.Ref,
            DeliverLogsPermissionArn = role.RoleArn,
            MaxAggregationInterval = 600,
        });
    }
}
