using System.Xml.Linq;

namespace PipelineStacks.LocalCloud.Services.S3.Configuration;

/// <summary>The sub-resources that buckets have here.</summary>
internal static class ConfigurationKinds
{
    public const string PolicySubresource = "policy";

    public static readonly IReadOnlyList<ConfigurationKind> All =
    [
        new("versioning", "BucketVersioning", "VersioningConfiguration", "Status", "MfaDelete")
        {
            CanDelete = false,
            Unset = () => new("VersioningConfiguration"),
            Check = CheckVersioning,
        },
        new("encryption", "EncryptionConfiguration", "ServerSideEncryptionConfiguration",
            "Rule", "ApplyServerSideEncryptionByDefault", "SSEAlgorithm", "KMSMasterKeyID", "BucketKeyEnabled")
        {
            Unset = () => new("ServerSideEncryptionConfiguration", new XElement("Rule",
                new XElement("ApplyServerSideEncryptionByDefault", new XElement("SSEAlgorithm", "AES256")),
                new XElement("BucketKeyEnabled", "false"))),
            Check = CheckEncryption,
        },
        new("publicAccessBlock", "BucketPublicAccessBlock", "PublicAccessBlockConfiguration",
            "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
        {
            Missing = ("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
        },
        new("ownershipControls", "BucketOwnershipControls", "OwnershipControls", "Rule", "ObjectOwnership")
        {
            Missing = ("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
            Check = controls => OneOf(
                controls.Element("Rule")!.Element("ObjectOwnership"), "BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"),
        },
        new("lifecycle", "LifecycleConfiguration", "LifecycleConfiguration",
            "Rule", "ID", "Status", "Prefix", "Filter", "And", "Tag", "Key", "Value", "ObjectSizeGreaterThan", "ObjectSizeLessThan",
            "Expiration", "Days", "Date", "ExpiredObjectDeleteMarker", "Transition", "StorageClass", "NoncurrentVersionExpiration",
            "NoncurrentDays", "NewerNoncurrentVersions", "NoncurrentVersionTransition", "AbortIncompleteMultipartUpload",
            "DaysAfterInitiation")
        {
            Missing = ("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
            Check = LifecycleCheck.Run,
        },
        new("logging", "BucketLogging", "BucketLoggingStatus",
            "LoggingEnabled", "TargetBucket", "TargetPrefix", "TargetObjectKeyFormat", "SimplePrefix", "PartitionedPrefix",
            "PartitionDateSource")
        {
            CanDelete = false,
            Unset = () => new("BucketLoggingStatus"),
        },
        new("notification", "BucketNotification", "NotificationConfiguration", "EventBridgeConfiguration")
        {
            CanDelete = false,
            Unset = () => new("NotificationConfiguration"),
        },
        new("cors", "BucketCORS", "CORSConfiguration",
            "CORSRule", "ID", "AllowedMethod", "AllowedOrigin", "AllowedHeader", "ExposeHeader", "MaxAgeSeconds")
        {
            Missing = ("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
            Check = cors =>
            {
                foreach (var method in cors.Elements("CORSRule").SelectMany(rule => rule.Elements("AllowedMethod")))
                    OneOf(method, "GET", "PUT", "POST", "DELETE", "HEAD");
            },
        },
        new("tagging", "BucketTagging", "Tagging", "TagSet", "Tag", "Key", "Value")
        {
            Missing = ("NoSuchTagSet", "The TagSet does not exist"),
            Check = tagging => Tagging.Read(tagging, Tagging.MaxBucketTags),
        },
    ];

    /// <summary>What can be asked for and is never set here: AWS's answer while nothing is.</summary>
    public static readonly IReadOnlyList<ConfigurationKind> NeverSet =
    [
        new("website", "BucketWebsite", "WebsiteConfiguration")
        {
            Missing = ("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
        },
        new("replication", "ReplicationConfiguration", "ReplicationConfiguration")
        {
            Missing = ("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
        },
        new("object-lock", "BucketObjectLockConfiguration", "ObjectLockConfiguration")
        {
            Missing = ("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
        },
        new("accelerate", "AccelerateConfiguration", "AccelerateConfiguration") { Unset = () => new("AccelerateConfiguration") },
        new("requestPayment", "BucketRequestPayment", "RequestPaymentConfiguration")
        {
            Unset = () => new("RequestPaymentConfiguration", new XElement("Payer", "BucketOwner")),
        },
    ];

    public static ConfigurationKind Of(string subresource) => All.First(kind => kind.Subresource == subresource);

    public static void OneOf(XElement? element, params string[] values)
    {
        if (element is null || !values.Contains(element.Value))
            throw S3Errors.MalformedXml();
    }

    private static void CheckVersioning(XElement versioning)
    {
        OneOf(versioning.Element("Status"), "Enabled", "Suspended");
        if (versioning.Element("MfaDelete")?.Value == "Enabled")
            throw S3Errors.Unsupported("MfaDelete of VersioningConfiguration");
    }

    private static void CheckEncryption(XElement encryption)
    {
        foreach (var rule in encryption.Elements("Rule"))
        {
            if (rule.Element("ApplyServerSideEncryptionByDefault") is not { } byDefault)
                continue;
            OneOf(byDefault.Element("SSEAlgorithm"), "AES256", "aws:kms", "aws:kms:dsse");
            if (byDefault.Element("SSEAlgorithm")!.Value == "AES256" && byDefault.Element("KMSMasterKeyID") is { Value: var keyId })
                throw S3Errors.InvalidArgument("a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                    "KMSMasterKeyID", keyId);
        }
    }
}
