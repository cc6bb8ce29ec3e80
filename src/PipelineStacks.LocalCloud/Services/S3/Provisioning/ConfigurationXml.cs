using System.Globalization;
using System.Xml.Linq;

namespace PipelineStacks.LocalCloud.Services.S3.Provisioning;

/// <summary>A template's properties in the XML of S3's API, so that a bucket is configured in one way whoever does it.</summary>
internal static class ConfigurationXml
{
    /// <summary>The configuration of each sub-resource that a template may set; null where it sets none.</summary>
    public static IEnumerable<(string Subresource, XElement? Configuration)> Of(BucketProperties properties) =>
    [
        ("encryption", properties.BucketEncryption is { } encryption ? Encryption(encryption) : null),
        ("publicAccessBlock", properties.PublicAccessBlockConfiguration is { } block ? PublicAccessBlock(block) : null),
        ("ownershipControls", properties.OwnershipControls is { } controls ? Ownership(controls) : null),
        ("lifecycle", properties.LifecycleConfiguration is { } lifecycle ? Lifecycle(lifecycle) : null),
        ("logging", properties.LoggingConfiguration is { } logging ? Logging(logging) : null),
        ("notification", properties.NotificationConfiguration is { } notification ? Notification(notification) : null),
        ("versioning", properties.VersioningConfiguration is { } versioning
            ? new XElement("VersioningConfiguration", new XElement("Status", versioning.Status)) : null),
        ("cors", properties.CorsConfiguration is { } cors ? Cors(cors) : null),
        ("tagging", properties.Tags is { Count: > 0 } tags
            ? Tagging.Write(tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)))
            : null),
    ];

    private static XElement Encryption(BucketEncryption encryption) => new("ServerSideEncryptionConfiguration",
        encryption.ServerSideEncryptionConfiguration.Select(rule => new XElement("Rule",
            rule.ServerSideEncryptionByDefault is { } byDefault
                ? new XElement("ApplyServerSideEncryptionByDefault",
                    new XElement("SSEAlgorithm", byDefault.SSEAlgorithm), Optional("KMSMasterKeyID", byDefault.KMSMasterKeyID))
                : null,
            Optional("BucketKeyEnabled", rule.BucketKeyEnabled))));

    private static XElement PublicAccessBlock(PublicAccessBlockConfiguration block) => new("PublicAccessBlockConfiguration",
        new XElement("BlockPublicAcls", block.BlockPublicAcls), new XElement("IgnorePublicAcls", block.IgnorePublicAcls),
        new XElement("BlockPublicPolicy", block.BlockPublicPolicy), new XElement("RestrictPublicBuckets", block.RestrictPublicBuckets));

    private static XElement Ownership(OwnershipControls controls) => new("OwnershipControls",
        controls.Rules.Select(rule => new XElement("Rule", new XElement("ObjectOwnership", rule.ObjectOwnership))));

    private static XElement Logging(LoggingConfiguration logging) => new("BucketLoggingStatus", new XElement("LoggingEnabled",
        Optional("TargetBucket", logging.DestinationBucketName), new XElement("TargetPrefix", logging.LogFilePrefix ?? ""),
        logging.TargetObjectKeyFormat is not { } format
            ? null
            : new XElement("TargetObjectKeyFormat", format.PartitionedPrefix is { } partitioned
            ? new XElement("PartitionedPrefix", Optional("PartitionDateSource", partitioned.PartitionDateSource))
            : new XElement("SimplePrefix"))));

    private static XElement Notification(NotificationConfiguration notification) => new("NotificationConfiguration",
        notification.EventBridgeConfiguration is { EventBridgeEnabled: true } ? new XElement("EventBridgeConfiguration") : null);

    private static XElement Cors(CorsConfiguration cors) => new("CORSConfiguration", cors.CorsRules.Select(rule => new XElement("CORSRule",
        Optional("ID", rule.Id), Each("AllowedMethod", rule.AllowedMethods), Each("AllowedOrigin", rule.AllowedOrigins),
        Each("AllowedHeader", rule.AllowedHeaders), Each("ExposeHeader", rule.ExposedHeaders), Optional("MaxAgeSeconds", rule.MaxAge))));

    private static XElement Lifecycle(LifecycleConfiguration lifecycle) => new("LifecycleConfiguration",
        lifecycle.Rules.Select((rule, i) => new XElement("Rule",
            new XElement("ID", rule.Id ?? $"rule-{i + 1}"), Filter(rule), new XElement("Status", rule.Status), Expiration(rule),
            (rule.Transitions ?? []).Concat(rule.Transition is { } one ? [one] : []).Select(transition => new XElement("Transition",
                Optional("Days", transition.TransitionInDays), Optional("Date", transition.TransitionDate),
                new XElement("StorageClass", transition.StorageClass))),
            NoncurrentExpiration(rule),
            (rule.NoncurrentVersionTransitions ?? []).Concat(rule.NoncurrentVersionTransition is { } single ? [single] : [])
                .Select(transition =>
                new XElement("NoncurrentVersionTransition", new XElement("NoncurrentDays", transition.TransitionInDays),
                    Optional("NewerNoncurrentVersions", transition.NewerNoncurrentVersions),
                    new XElement("StorageClass", transition.StorageClass))),
            rule.AbortIncompleteMultipartUpload is { } abort
                ? new XElement("AbortIncompleteMultipartUpload", new XElement("DaysAfterInitiation", abort.DaysAfterInitiation))
                : null)));

    private static XElement? NoncurrentExpiration(LifecycleRuleProperties rule)
    {
        var days = rule.NoncurrentVersionExpiration?.NoncurrentDays ?? rule.NoncurrentVersionExpirationInDays;
        return days is null ? null : new("NoncurrentVersionExpiration",
            Optional("NoncurrentDays", days),
            Optional("NewerNoncurrentVersions", rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions));
    }

    private static XElement Filter(LifecycleRuleProperties rule)
    {
        List<XElement> conditions = [];
        if (rule.Prefix is { Length: > 0 } prefix)
            conditions.Add(new("Prefix", prefix));
        conditions.AddRange((rule.TagFilters ?? [])
            .Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value))));
        if (rule.ObjectSizeGreaterThan is { } larger)
            conditions.Add(new("ObjectSizeGreaterThan", larger));
        if (rule.ObjectSizeLessThan is { } smaller)
            conditions.Add(new("ObjectSizeLessThan", smaller));
        return conditions.Count > 1 ? new("Filter", new XElement("And", conditions)) : new("Filter", conditions);
    }

    private static XElement? Expiration(LifecycleRuleProperties rule) =>
        rule.ExpirationInDays is null && rule.ExpirationDate is null && rule.ExpiredObjectDeleteMarker is null
            ? null
            : new("Expiration", Optional("Days", rule.ExpirationInDays), Optional("Date", rule.ExpirationDate),
                Optional("ExpiredObjectDeleteMarker", rule.ExpiredObjectDeleteMarker));

    private static IEnumerable<XElement> Each(string name, IReadOnlyList<string>? values) =>
        (values ?? []).Select(value => new XElement(name, value));

    private static XElement? Optional(string name, string? value) => value is null ? null : new(name, value);

    private static XElement? Optional(string name, bool? value) => value is null ? null : new(name, value.Value);

    private static XElement? Optional(string name, int? value) =>
        value is null ? null : new(name, value.Value.ToString(CultureInfo.InvariantCulture));
}
