using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.SecretsManager;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>What an attached secret learns of an instance.</summary>
internal sealed class InstanceSecretTarget(RdsState state, InstanceServers servers) : ISecretTarget
{
    public string TargetType => "AWS::RDS::DBInstance";

    public JsonObject ConnectionDetails(Call call, string targetId)
    {
        var instance = state.Instance(call, "DescribeDBInstances", targetId);
        var details = new JsonObject
        {
            ["engine"] = instance.Engine,
            ["host"] = servers.Host,
            ["port"] = instance.Port,
            ["dbInstanceIdentifier"] = instance.Id,
        };
        if (instance.DatabaseName is { } database)
            details["dbname"] = database;
        return details;
    }
}
