using System.Xml.Linq;
using PipelineStacks.LocalCloud.Services.S3.Configuration;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>A bucket without its contents. Names are unique over all accounts.</summary>
internal sealed record BucketRecord(string Name, string Account, string Region, DateTimeOffset Created)
{
    /// <summary>What its sub-resources were set to, by the name in the query: XML as in S3's API, JSON for the policy.</summary>
    public IReadOnlyDictionary<string, string> Configurations { get; init; } = new Dictionary<string, string>();

    public string? Configured(string subresource) => Configurations.GetValueOrDefault(subresource);

    public BucketRecord With(string subresource, string? configuration)
    {
        var all = new Dictionary<string, string>(Configurations, StringComparer.Ordinal);
        if (configuration is null)
            all.Remove(subresource);
        else
            all[subresource] = configuration;
        return this with { Configurations = all };
    }
}

internal enum Versioning
{
    Never,
    Enabled,
    Suspended,
}

/// <summary>What of a bucket's configuration has effects here, read once.</summary>
internal sealed class BucketSettings(BucketRecord record)
{
    public Versioning Versioning { get; } = Xml(record, "versioning")?.Element("Status")?.Value switch
    {
        "Enabled" => Versioning.Enabled,
        "Suspended" => Versioning.Suspended,
        _ => Versioning.Never,
    };

    public Storage.Encryption Encryption { get; } = ReadEncryption(Xml(record, "encryption"));

    public bool EventBridge { get; } = Xml(record, "notification")?.Element("EventBridgeConfiguration") is not null;

    public IReadOnlyList<LifecycleRule> LifecycleRules { get; } = LifecycleRule.Read(Xml(record, "lifecycle"));

    public bool AllowsAcls { get; } =
        Xml(record, "ownershipControls")?.Element("Rule")?.Element("ObjectOwnership")?.Value is not (null or "BucketOwnerEnforced");

    private static XElement? Xml(BucketRecord record, string subresource) =>
        record.Configured(subresource) is { } text ? XElement.Parse(text) : null;

    private static Storage.Encryption ReadEncryption(XElement? configuration)
    {
        var rule = configuration?.Element("Rule");
        var byDefault = rule?.Element("ApplyServerSideEncryptionByDefault");
        return byDefault is null
            ? Storage.Encryption.Default
            : new(byDefault.Element("SSEAlgorithm")!.Value, byDefault.Element("KMSMasterKeyID")?.Value,
                rule!.Element("BucketKeyEnabled")?.Value == "true");
    }
}
