using System.Globalization;
using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>What is kept of a stream besides its records.</summary>
/// <param name="Id">Names the stream's folder, so that a stream made again under its old name begins empty.</param>
internal sealed record StreamState(
    string Id, string Name, DateTimeOffset Created, string Mode, int RetentionHours, string? KeyId, int MaxRecordKiB,
    IReadOnlyList<ShardState> Shards, IReadOnlyList<string> ShardLevelMetrics, IReadOnlyDictionary<string, string> Tags)
{
    public const string Provisioned = "PROVISIONED";
    public const string OnDemand = "ON_DEMAND";

    /// <summary>The resource policy, as it was put.</summary>
    public string? Policy { get; init; }

    /// <summary>When the mode was switched within the last day; AWS allows two switches.</summary>
    public IReadOnlyList<DateTimeOffset> ModeSwitches { get; init; } = [];

    /// <summary>The number of the next shard; numbers are never used twice.</summary>
    public int NextShard { get; init; } = Shards.Count;

    [JsonIgnore]
    public bool IsOnDemand => Mode == OnDemand;

    [JsonIgnore]
    public TimeSpan Retention => TimeSpan.FromHours(RetentionHours);

    [JsonIgnore]
    public int MaxRecordBytes => MaxRecordKiB * 1024;

    [JsonIgnore]
    public IEnumerable<ShardState> OpenShards => Shards.Where(shard => !shard.Closed);
}

/// <summary>A shard, apart from its records.</summary>
/// <param name="StartHash">Decimal, as 128 bits fit no JSON number.</param>
/// <param name="EndIndex">How many records it got in all, once it is closed.</param>
/// <param name="TrimmedBefore">Records below were outside the retention when it was changed, and stay gone.</param>
internal sealed record ShardState(
    int Number, string StartHash, string EndHash, DateTimeOffset Created, int? Parent = null, int? AdjacentParent = null,
    long? EndIndex = null, DateTimeOffset? ClosedAt = null, long TrimmedBefore = 0)
{
    [JsonIgnore]
    public bool Closed => EndIndex is not null;

    [JsonIgnore]
    public string Id => IdOf(Number);

    [JsonIgnore]
    public HashKeyRange Range => new(UInt128.Parse(StartHash, null), UInt128.Parse(EndHash, null));

    /// <summary>
    /// The number in a shard's identifier. AWS goes by the digits at the end alone: <c>shardId-000000000001</c>, <c>shard-1</c>
    /// and <c>1</c> are the same shard.
    /// </summary>
    public static int? NumberIn(string id) =>
        int.TryParse(id.AsSpan(id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"shardId-{number:D12}");
}
