using System.Globalization;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

/// <summary>An event on a bus: <see href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html"/>.</summary>
internal sealed record Event(
    string Id, string DetailType, string Source, string Account, DateTimeOffset Time, string Region, IReadOnlyList<string> Resources, JsonObject Detail)
{
    /// <summary>The envelope, as targets receive it and as rules' patterns match it.</summary>
    public JsonObject ToJson() => new()
    {
        ["version"] = "0",
        ["id"] = Id,
        ["detail-type"] = DetailType,
        ["source"] = Source,
        ["account"] = Account,
        ["time"] = Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = Region,
        ["resources"] = new JsonArray([.. Resources.Select(arn => JsonValue.Create(arn))]),
        ["detail"] = Detail.DeepClone(),
    };
}
