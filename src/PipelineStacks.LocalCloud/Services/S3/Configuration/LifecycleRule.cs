using System.Globalization;
using System.Xml.Linq;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Configuration;

/// <summary>A rule of a bucket's lifecycle configuration.</summary>
internal sealed record LifecycleRule
{
    public required string Id { get; init; }

    public bool Enabled { get; init; }

    public string Prefix { get; init; } = "";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public long LargerThan { get; init; } = -1;

    public long SmallerThan { get; init; } = long.MaxValue;

    public LifecycleTime? Expiration { get; init; }

    public bool ExpiredObjectDeleteMarker { get; init; }

    public IReadOnlyList<(LifecycleTime When, string StorageClass)> Transitions { get; init; } = [];

    public (int Days, int Keep)? NoncurrentExpiration { get; init; }

    public IReadOnlyList<(int Days, int Keep, string StorageClass)> NoncurrentTransitions { get; init; } = [];

    public int? AbortUploadsAfterDays { get; init; }

    public bool Covers(ObjectVersion version) =>
        Enabled && version.Key.StartsWith(Prefix, StringComparison.Ordinal) && version.Size > LargerThan && version.Size < SmallerThan
        && Tags.All(tag => version.Tags?.GetValueOrDefault(tag.Key) == tag.Value);

    public static IReadOnlyList<LifecycleRule> Read(XElement? configuration) =>
        configuration is null ? [] : [.. configuration.Elements("Rule").Select(ReadRule)];

    private static LifecycleRule ReadRule(XElement rule)
    {
        var filter = rule.Element("Filter");
        var conditions = filter?.Element("And") ?? filter;
        var expiration = rule.Element("Expiration");
        var noncurrent = rule.Element("NoncurrentVersionExpiration");
        return new()
        {
            Id = rule.Element("ID")?.Value ?? "",
            Enabled = rule.Element("Status")?.Value == "Enabled",
            Prefix = conditions?.Element("Prefix")?.Value ?? rule.Element("Prefix")?.Value ?? "",
            Tags = conditions?.Elements("Tag")
                .ToDictionary(tag => tag.Element("Key")!.Value, tag => tag.Element("Value")!.Value, StringComparer.Ordinal)
                ?? new Dictionary<string, string>(),
            LargerThan = Number(conditions, "ObjectSizeGreaterThan") ?? -1,
            SmallerThan = Number(conditions, "ObjectSizeLessThan") ?? long.MaxValue,
            Expiration = LifecycleTime.Read(expiration),
            ExpiredObjectDeleteMarker = expiration?.Element("ExpiredObjectDeleteMarker")?.Value == "true",
            Transitions = [.. rule.Elements("Transition").Select(at => (LifecycleTime.Read(at)!, at.Element("StorageClass")!.Value))],
            NoncurrentExpiration = noncurrent is null ? null : Noncurrent(noncurrent),
            NoncurrentTransitions = [.. rule.Elements("NoncurrentVersionTransition")
                .Select(at => (Noncurrent(at).Days, Noncurrent(at).Keep, at.Element("StorageClass")!.Value))],
            AbortUploadsAfterDays = (int?)Number(rule.Element("AbortIncompleteMultipartUpload"), "DaysAfterInitiation"),
        };
    }

    private static (int Days, int Keep) Noncurrent(XElement action) =>
        ((int)(Number(action, "NoncurrentDays") ?? 0), (int)(Number(action, "NewerNoncurrentVersions") ?? 0));

    private static long? Number(XElement? parent, string name) =>
        parent?.Element(name) is { } element ? long.Parse(element.Value, CultureInfo.InvariantCulture) : null;
}

/// <summary>When an action falls due: days after the object was made, or on a date.</summary>
internal sealed record LifecycleTime(int? Days, DateTimeOffset? Date)
{
    public static LifecycleTime? Read(XElement? action) =>
        action?.Element("Days") is { } days ? new(int.Parse(days.Value, CultureInfo.InvariantCulture), null)
        : action?.Element("Date") is { } date
        ? new(null, DateTimeOffset.Parse(date.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
        : null;

    /// <summary>Days are full ones: S3 rounds up to the midnight that follows.</summary>
    public static DateTimeOffset After(DateTimeOffset since, int days)
    {
        var due = since.UtcDateTime.AddDays(days);
        return new(due == due.Date ? due : due.Date.AddDays(1), TimeSpan.Zero);
    }

    public DateTimeOffset DueFor(DateTimeOffset since) => Date ?? After(since, Days!.Value);
}
