using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PipelineStacks.Cli.Quarantines;

/// <summary>A record that was rejected, as Firehose, the topic rules and the clean jobs write it down.</summary>
/// <param name="Id">Made of where it is and what it holds: the same each time that it is read, and no other record's.</param>
/// <param name="SourceFile">The file that it came in, where it came in one.</param>
/// <param name="Topic">The topic that a device published it on, where a topic rule rejected it.</param>
/// <param name="Data">The record as it came.</param>
internal sealed partial record RejectedRecord(string Id, QuarantineObject Object, string Code, string Reason, DateTimeOffset? Arrived, string? SourceFile, string? Topic, byte[] Data)
{
    /// <summary>The code of a line of quarantine that is none.</summary>
    public const string Unreadable = "Quarantine.Unreadable";

    /// <summary>The code of a message that a topic rule reports by its error action, which has a text and no code.</summary>
    public const string RuleFailed = "Rule.Failed";

    private const int IdCharacters = 20;

    public string Text => Encoding.UTF8.GetString(Data).TrimEnd('\r', '\n');

    /// <param name="repeated">How many records before it in the file hold the same.</param>
    public static RejectedRecord Read(QuarantineObject item, string line, Func<byte[], int> repeated)
    {
        var (code, reason, arrived, source, topic, data) = Members(line);
        return new(IdOf(item, data, repeated(data)), item, code, reason, arrived, source, topic, data);
    }

    private static string IdOf(QuarantineObject item, byte[] data, int repeated)
    {
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{item.Key}\n{repeated}\n"), .. data]);
        return Convert.ToHexStringLower(hash)[..IdCharacters];
    }

    private static (string Code, string Reason, DateTimeOffset? Arrived, string? Source, string? Topic, byte[] Data) Members(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            // Firehose and AWS IoT write camelCase, a job the lower-case names of the table's columns.
            var members = json.RootElement.EnumerateObject().DistinctBy(member => member.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(member => member.Name, member => member.Value, StringComparer.OrdinalIgnoreCase);
            string? Text(string name) => members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var arrived = members.TryGetValue("arrivalTimestamp", out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var millis)
                ? DateTimeOffset.FromUnixTimeMilliseconds(millis)
                : (DateTimeOffset?)null;
            var reason = Text("lastErrorMessage") ?? Text("errorMessage") ?? RuleFailures(members) ?? "No reason was written down.";
            var source = SourceOf().Match(reason);
            return (
                Text("lastErrorCode") ?? Text("errorCode") ?? (members.ContainsKey("failures") ? RuleFailed : "Unknown"),
                source.Success ? reason[..source.Index] : reason,
                arrived,
                source.Success ? source.Groups[1].Value : null,
                Text("topic"),
                Convert.FromBase64String(Text("rawData") ?? Text("base64OriginalPayload") ?? ""));
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return (Unreadable, $"The line of quarantine can't be read: {error.Message}", null, null, null, Encoding.UTF8.GetBytes(line));
        }
    }

    // Of each action that failed, what AWS IoT says.
    private static string? RuleFailures(Dictionary<string, JsonElement> members) =>
        members.TryGetValue("failures", out var failures) && failures.ValueKind == JsonValueKind.Array
            ? string.Join(" ", failures.EnumerateArray().Select(failure => failure.GetProperty("errorMessage").GetString()))
            : null;

    // Jobs end their reasons with it: the tables of quarantine are Firehose's, which has no column for it.
    [GeneratedRegex(@" \(in (s3://.+)\)$")]
    private static partial Regex SourceOf();
}
