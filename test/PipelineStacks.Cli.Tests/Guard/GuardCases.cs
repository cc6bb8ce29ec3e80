using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Tests.Guard;

/// <summary>Pairs of templates with what the guard must say: one change each that somebody will make one day.</summary>
internal static class GuardCases
{
    // The lake that the cases change: S is the stack that holds data, R one that reads its exports.
    private const string Lake =
        """
        {
          "S": {
            "Resources": {
              "DataKey": { "Type": "AWS::KMS::Key", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "Properties": { "EnableKeyRotation": true,
                "KeyPolicy": { "Statement": [ { "Effect": "Allow", "Principal": { "AWS": "root" }, "Action": "kms:*", "Resource": "*" } ] } } },
              "Landing": { "Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain",
                "Metadata": { "aws:cdk:path": "Prod/Storage/Landing/Bucket/Resource" },
                "Properties": { "VersioningConfiguration": { "Status": "Enabled" }, "Tags": [ { "Key": "a", "Value": "1" }, { "Key": "b", "Value": "2" } ] } },
              "LandingPolicy": { "Type": "AWS::S3::BucketPolicy", "Properties": { "Bucket": { "Ref": "Landing" }, "PolicyDocument": { "Statement": [
                { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } },
                { "Effect": "Allow", "Principal": { "Service": "glue.amazonaws.com" }, "Action": [ "s3:GetObject", "s3:ListBucket" ], "Resource": { "Fn::GetAtt": [ "Landing", "Arn" ] } } ] } } },
              "Stream": { "Type": "AWS::Kinesis::Stream", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain",
                "Properties": { "ShardCount": 4, "RetentionPeriodHours": 168, "StreamModeDetails": { "StreamMode": "PROVISIONED" } } },
              "Delivery": { "Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": { "DeliveryStreamType": "KinesisStreamAsSource",
                "KinesisStreamSourceConfiguration": { "KinesisStreamARN": { "Fn::GetAtt": [ "Stream", "Arn" ] }, "RoleARN": { "Fn::GetAtt": [ "Role", "Arn" ] } },
                "ExtendedS3DestinationConfiguration": { "BucketARN": { "Fn::GetAtt": [ "Landing", "Arn" ] }, "BufferingHints": { "SizeInMBs": 128, "IntervalInSeconds": 300 } } } },
              "Role": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Principal": { "Service": "firehose.amazonaws.com" },
                "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "sts:ExternalId": "1" } } } ] } } },
              "RolePolicy": { "Type": "AWS::IAM::Policy", "Properties": { "Roles": [ { "Ref": "Role" } ], "PolicyName": "P", "PolicyDocument": { "Statement": [
                { "Effect": "Allow", "Action": [ "s3:PutObject", "s3:AbortMultipartUpload" ], "Resource": { "Fn::Join": [ "", [ { "Fn::GetAtt": [ "Landing", "Arn" ] }, "/landing/*" ] ] } },
                { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": { "Fn::GetAtt": [ "DataKey", "Arn" ] } } ] } } },
              "Database": { "Type": "AWS::RDS::DBInstance", "DeletionPolicy": "Snapshot", "UpdateReplacePolicy": "Snapshot", "Properties": { "Engine": "mysql", "StorageEncrypted": true,
                "KmsKeyId": { "Fn::GetAtt": [ "DataKey", "Arn" ] }, "AllocatedStorage": "100", "StorageType": "gp3", "DeletionProtection": true, "BackupRetentionPeriod": 14 } },
              "Task": { "Type": "AWS::DMS::ReplicationTask", "Properties": { "ReplicationInstanceArn": { "Ref": "Instance" }, "TableMappings": "{}" } },
              "Instance": { "Type": "AWS::DMS::ReplicationInstance", "Properties": { "ReplicationInstanceClass": "dms.r6i.large", "ReplicationInstanceIdentifier": "sakila", "KmsKeyId": { "Ref": "DataKey" } } },
              "Log": { "Type": "AWS::Logs::LogGroup", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "Properties": { "RetentionInDays": 365 } },
              "Table": { "Type": "AWS::Glue::Table", "Properties": { "DatabaseName": "lake", "TableInput": { "Name": "film_events", "Parameters": { "a": "1" } } } },
              "Job": { "Type": "AWS::Glue::Job", "Properties": { "Role": { "Ref": "Role" }, "NumberOfWorkers": 2, "Command": { "Name": "glueetl", "ScriptLocation": "s3://assets/1.py" } } }
            },
            "Outputs": { "Arn": { "Value": { "Fn::GetAtt": [ "Landing", "Arn" ] }, "Export": { "Name": "S:Bucket" } } }
          },
          "R": {
            "Resources": {
              "Reader": { "Type": "AWS::Glue::Database", "Properties": { "CatalogId": "1", "DatabaseInput": { "LocationUri": { "Fn::ImportValue": "S:Bucket" } } } }
            }
          }
        }
        """;

    /// <summary>Name, what is done to the lake, and what the guard says: kind and logical id each, with a cross where it stops the promotion.</summary>
    public static IEnumerable<(string Name, Action<JsonObject> Edit, string[] Says)> All =>
    [
        ("nothing", _ => { }, []),
        ("construct renamed", lake => Rename(lake, "Landing", "Landing2"), [
            "✗ Deleted Landing", "Added Landing2", "Added Landing2 IAM", "Replaced LandingPolicy", "Changed Delivery", "Changed RolePolicy", "Widened Role", "✗ Refused S:Bucket"]),
        ("bucket given a name", lake => lake.Properties("Landing")["BucketName"] = "lake", [
            "✗ Replaced Landing", "Replaced LandingPolicy", "✗ Refused S:Bucket", "Changed Delivery", "Changed RolePolicy", "Changed Reader"]),
        ("bucket removed with what uses it", lake => lake.Drop("Landing", "LandingPolicy", "Delivery", "RolePolicy"), [
            "✗ Deleted Landing", "Deleted LandingPolicy", "✗ Deleted Delivery", "Deleted RolePolicy", "✗ Refused S:Bucket"]),
        ("bucket no longer retained", lake => lake.Resource("Landing")["DeletionPolicy"] = "Delete", ["✗ Weakened Landing"]),
        ("retention given on deletion only", lake => lake.Resource("Landing").Remove("UpdateReplacePolicy"), ["✗ Weakened Landing"]),
        ("bucket no longer versioned", lake => lake.Properties("Landing").Remove("VersioningConfiguration"), ["Changed Landing", "✗ Weakened Landing"]),
        ("tags in another order", lake => lake.Properties("Landing")["Tags"] = JsonNode.Parse("""[{"Key":"b","Value":"2"},{"Key":"a","Value":"1"}]"""), []),
        ("metadata only", lake => lake.Resource("Landing")["Metadata"]!["aws:asset:path"] = "x", []),
        ("stream to on-demand", lake => lake.Properties("Stream")["StreamModeDetails"]!["StreamMode"] = "ON_DEMAND", ["Changed Stream"]),
        ("stream renamed", lake => lake.Properties("Stream")["Name"] = "events", ["✗ Replaced Stream", "✗ Replaced Delivery"]),
        ("stream keeps less", lake => lake.Properties("Stream")["RetentionPeriodHours"] = 24, ["Changed Stream", "✗ Weakened Stream"]),
        ("stream keeps more", lake => lake.Properties("Stream")["RetentionPeriodHours"] = 336, ["Changed Stream"]),
        ("more shards", lake => lake.Properties("Stream")["ShardCount"] = 8, ["Changed Stream"]),
        ("delivery buffered longer", lake => lake.Properties("Delivery")["ExtendedS3DestinationConfiguration"]!["BufferingHints"]!["IntervalInSeconds"] = 600, ["Changed Delivery"]),
        ("delivery without its stream", lake => lake.Properties("Delivery").Remove("KinesisStreamSourceConfiguration"), ["✗ Replaced Delivery"]),
        ("new encryption key", lake => Rename(lake, "DataKey", "DataKey2"), [
            "✗ Deleted DataKey", "Added DataKey2", "✗ Replaced Database", "Replaced Instance", "✗ Replaced Task", "Changed RolePolicy", "Widened Role", "Added DataKey2 IAM"]),
        ("storage no longer encrypted", lake => lake.Properties("Database")["StorageEncrypted"] = false, ["✗ Replaced Database"]),
        ("storage of another type", lake => lake.Properties("Database")["StorageType"] = "io2", ["MaybeReplaced Database"]),
        ("database grows", lake => lake.Properties("Database")["AllocatedStorage"] = "200", ["Changed Database"]),
        ("deletion protection off", lake => lake.Properties("Database")["DeletionProtection"] = false, ["Changed Database", "✗ Weakened Database"]),
        ("no backups", lake => lake.Properties("Database")["BackupRetentionPeriod"] = 0, ["MaybeReplaced Database", "✗ Weakened Database"]),
        ("database removed with a snapshot", lake => lake.Drop("Database"), ["✗ Deleted Database"]),
        ("replication instance renamed", lake => lake.Properties("Instance")["KmsKeyId"] = "other", ["Replaced Instance", "✗ Replaced Task"]),
        ("task has other mappings", lake => lake.Properties("Task")["TableMappings"] = "{ }", ["Changed Task"]),
        ("logs kept shorter", lake => lake.Properties("Log")["RetentionInDays"] = 30, ["Changed Log", "✗ Weakened Log"]),
        ("logs kept forever", lake => lake.Properties("Log").Remove("RetentionInDays"), ["Changed Log"]),
        ("table renamed", lake => lake.Properties("Table")["TableInput"]!["Name"] = "events", ["Replaced Table"]),
        ("table has another parameter", lake => lake.Properties("Table")["TableInput"]!["Parameters"]!["a"] = "2", ["Changed Table"]),
        ("new code of a job", lake => lake.Properties("Job")["Command"]!["ScriptLocation"] = "s3://assets/2.py", ["Changed Job"]),
        ("job added", lake => lake["S"]!["Resources"]!["Job2"] = lake.Resource("Job").DeepClone(), ["Added Job2"]),
        ("resource of another type", lake => lake.Resource("Job")["Type"] = "AWS::Glue::Crawler", ["Replaced Job"]),
        ("policy widened by a wildcard", lake => lake.Grant(0)["Action"] = "s3:*", ["Changed RolePolicy", "Widened Role"]),
        ("policy on all of the bucket", lake => lake.Grant(0)["Resource"] = JsonNode.Parse("""{"Fn::Join":["",[{"Fn::GetAtt":["Landing","Arn"]},"/*"]]}"""), ["Changed RolePolicy", "Widened Role"]),
        ("policy narrowed", lake => lake.Grant(0)["Action"] = "s3:PutObject", ["Changed RolePolicy"]),
        ("resource spelt by Fn::Sub", lake => lake.Grant(0)["Resource"] = JsonNode.Parse("""{"Fn::Sub":"${Landing.Arn}/landing/*"}"""), []),
        ("statements reordered and split", lake => lake.Properties("RolePolicy")["PolicyDocument"]!["Statement"] = JsonNode.Parse(
            """
            [ { "Effect": "Allow", "Action": [ "kms:Decrypt" ], "Resource": [ { "Fn::GetAtt": "DataKey.Arn" } ] },
              { "Effect": "Allow", "Action": "s3:AbortMultipartUpload", "Resource": { "Fn::Join": [ "/", [ { "Fn::GetAtt": [ "Landing", "Arn" ] }, "landing", "*" ] ] } },
              { "Effect": "Allow", "Action": "s3:PutObject", "Resource": { "Fn::Join": [ "", [ { "Fn::GetAtt": [ "Landing", "Arn" ] }, "/landing/*" ] ] } } ]
            """), []),
        ("policy under another id", lake => Rename(lake, "RolePolicy", "OtherPolicy"), ["Deleted RolePolicy", "Added OtherPolicy"]),
        ("everybody trusted", lake => lake.Properties("Role")["AssumeRolePolicyDocument"]!["Statement"]![0]!["Principal"] = "*", ["Changed Role", "Widened Role"]),
        ("trust without its condition", lake => lake.Properties("Role")["AssumeRolePolicyDocument"]!["Statement"]![0]!.AsObject().Remove("Condition"), ["Changed Role", "Widened Role"]),
        ("managed policy attached", lake => lake.Properties("Role")["ManagedPolicyArns"] = new JsonArray("arn:aws:iam::aws:policy/AdministratorAccess"), ["Changed Role", "Widened Role"]),
        ("TLS no longer demanded", lake => lake.Properties("LandingPolicy")["PolicyDocument"]!["Statement"]!.AsArray().RemoveAt(0), ["Changed LandingPolicy", "Widened Landing"]),
        ("denial made narrower", lake => lake.Properties("LandingPolicy")["PolicyDocument"]!["Statement"]![0]!["Action"] = "s3:Put*", ["Changed LandingPolicy", "Widened Landing"]),
        ("whole stack removed", lake => lake.Drop("R"), ["Deleted Reader"]),
        ("reader made anew by its producer", lake =>
        {
            lake["R"]!["Resources"]!["Reader"]!["Properties"]!["CatalogId"] = "2";
        }, ["Replaced Reader"]),
    ];

    public static JsonObject Base => JsonNode.Parse(Lake)!.AsObject();

    // As a construct's new id does: its logical id is another one, and so is every reference to it.
    private static void Rename(JsonObject lake, string was, string now)
    {
        var resources = lake["S"]!["Resources"]!.AsObject();
        var text = resources.ToJsonString().Replace($"\"{was}\"", $"\"{now}\"", StringComparison.Ordinal);
        lake["S"]!["Resources"] = JsonNode.Parse(text);
        lake["S"]!["Outputs"] = JsonNode.Parse(lake["S"]!["Outputs"]!.ToJsonString().Replace($"\"{was}\"", $"\"{now}\"", StringComparison.Ordinal));
    }

    private static JsonObject Resource(this JsonObject lake, string id) => lake["S"]!["Resources"]![id]!.AsObject();

    private static JsonObject Properties(this JsonObject lake, string id) => lake.Resource(id)["Properties"]!.AsObject();

    private static JsonObject Grant(this JsonObject lake, int statement) => lake.Properties("RolePolicy")["PolicyDocument"]!["Statement"]![statement]!.AsObject();

    private static void Drop(this JsonObject lake, params string[] ids)
    {
        foreach (var id in ids)
        {
            if (!lake.Remove(id))
                lake["S"]!["Resources"]!.AsObject().Remove(id);
        }

        if (ids.Contains("Landing"))
            lake["S"]!.AsObject().Remove("Outputs");
    }
}
