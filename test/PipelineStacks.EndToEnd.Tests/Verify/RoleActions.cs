using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Verify;

/// <summary>What the delivery's role in an environment may do, by its accepted template, and which of it nobody sees verify call in the local cloud.</summary>
internal static class RoleActions
{
    /// <summary>Allowed for a reason that the local cloud has not, or that did not occur.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unseen = new Dictionary<string, string>
    {
        ["athena:StopQueryExecution"] = "a wait for a query that is cancelled",
        ["dms:DescribeTableStatistics"] = "rows that don't arrive",
        ["firehose:DescribeDeliveryStream"] = "events that don't arrive",
        ["glue:BatchGetPartition"] = "Athena, which reads the catalog as its caller",
        ["glue:GetPartition"] = "Athena",
        ["glue:GetTables"] = "Athena",
        ["kms:Decrypt"] = "S3, which encrypts and decrypts as its caller",
        ["kms:GenerateDataKey"] = "S3",
        ["s3:AbortMultipartUpload"] = "Athena, which writes results as its caller",
        ["s3:GetBucketLocation"] = "Athena",
        ["s3:ListMultipartUploadParts"] = "Athena",
    };

    /// <summary>What the delivery calls before it verifies, and a run with test data as well, where a replication was never started.</summary>
    public static readonly IReadOnlyList<string> StartReplication = ["dms:DescribeConnections", "dms:StartReplicationTask", "dms:TestConnection", "lambda:InvokeFunction"];

    public static IReadOnlyList<string> Of(string environment)
    {
        var template = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "test", "PipelineStacks.Tests", "Snapshots", "Delivery", $"pipelines-{environment}-verification.json")))!;
        var role = template["Resources"]!.AsObject().Select(resource => resource.Value!).Single(resource => (string?)resource["Type"] == "AWS::IAM::Role");
        return [.. role["Properties"]!["Policies"]!.AsArray().SelectMany(policy => policy!["PolicyDocument"]!["Statement"]!.AsArray())
            .SelectMany(statement => statement!["Action"] is JsonArray actions ? actions.Select(action => (string)action!) : [(string)statement["Action"]!])
            .Distinct().Order(StringComparer.Ordinal)];
    }
}
