using System.Globalization;
using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>What keeps data from being lost with a resource, and whether a change takes some of it away.</summary>
internal static class Protections
{
    private static readonly string[] Policies = ["DeletionPolicy", "UpdateReplacePolicy"];

    // Flags and numbers that protect what a resource holds: less of it is weaker.
    private static readonly (string Type, string Property, string Loss)[] Properties =
    [
        ("AWS::RDS::DBInstance", "DeletionProtection", "anybody who may can delete it"),
        ("AWS::RDS::DBInstance", "BackupRetentionPeriod", "older backups go, and at 0 the binlog with them"),
        ("AWS::Kinesis::Stream", "RetentionPeriodHours", "older records go at once"),
        ("AWS::S3::Bucket", "VersioningConfiguration", "what is overwritten from now on is gone"),
        ("AWS::Logs::LogGroup", "RetentionInDays", "older events go"),
        ("AWS::Logs::LogGroup", "DeletionProtectionEnabled", "anybody who may can delete it"),
    ];

    /// <summary>Each protection that is weaker than it was, in words.</summary>
    public static IReadOnlyList<string> Lost(string type, JsonObject was, JsonObject now)
    {
        List<string> lost = [];
        foreach (var policy in Policies)
        {
            var (before, after) = (Policy(was, policy, type), Policy(now, policy, type));
            if (Strength(after) < Strength(before))
                lost.Add($"{policy}: {before} → {after}");
        }

        foreach (var (_, property, loss) in Properties.Where(property => property.Type == type))
        {
            var (before, after) = (was["Properties"]?[property], now["Properties"]?[property]);
            // Log events without a limit are kept longest of all.
            var forever = property == "RetentionInDays" ? double.MaxValue : 0;
            if (Amount(after, forever) < Amount(before, forever))
                lost.Add($"{property}: {Intrinsics.Text(before)} → {(after is null ? "none" : Intrinsics.Text(after))}: {loss}");
        }

        return lost;
    }

    /// <summary>What becomes of the resource when its stack lets it go.</summary>
    public static string Policy(JsonObject resource, string name, string type) =>
        (string?)resource[name] ?? (name == "DeletionPolicy" && type is "AWS::RDS::DBInstance" or "AWS::RDS::DBCluster" ? "Snapshot" : "Delete");

    private static int Strength(string policy) => policy switch
    {
        "Delete" => 0,
        "Snapshot" => 1,
        _ => 2,
    };

    private static double Amount(JsonNode? value, double absent) => value switch
    {
        null => absent,
        JsonObject versioning => (string?)versioning["Status"] == "Enabled" ? 1 : 0,
        _ => value.ToString() switch
        {
            "true" => 1,
            "false" => 0,
            var text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : absent,
        },
    };
}
