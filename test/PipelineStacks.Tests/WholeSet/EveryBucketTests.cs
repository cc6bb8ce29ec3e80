using System.Text.Json.Nodes;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every bucket, and for the buckets of each kind.</summary>
[Collection(TemplateTests.Name)]
public sealed class EveryBucketTests(Templates templates)
{
    private IEnumerable<Resource> Buckets => templates.OfType("AWS::S3::Bucket");

    private IEnumerable<Resource> Zones => Buckets.Where(bucket => bucket.Id.Contains("Zone", StringComparison.Ordinal));

    [Fact]
    public void Environments_HaveThreeZonesResultsAndAccessLogs() =>
        Buckets.GroupBy(bucket => bucket.StackName).ShouldAllBe(group => group.Count() == 5);

    [Fact]
    public void Buckets_BlockPublicAccess_AndKnowOneOwnerAndNoAcls() => Buckets.ShouldAllBe(bucket =>
        Readable.Line(bucket.At("PublicAccessBlockConfiguration")) == """{"BlockPublicAcls":true,"BlockPublicPolicy":true,"IgnorePublicAcls":true,"RestrictPublicBuckets":true}"""
        && bucket.Text("OwnershipControls.Rules.0.ObjectOwnership") == "BucketOwnerEnforced"
        && !bucket.Properties.ContainsKey("AccessControl"));

    [Fact]
    public void Buckets_RefuseRequestsWithoutTls()
    {
        foreach (var bucket in Buckets)
        {
            var policy = templates.OfType("AWS::S3::BucketPolicy")
                .Single(policy => policy.StackName == bucket.StackName && policy.Text("Bucket.Ref") == bucket.Id);
            policy.ToString().ShouldContain("""{"Action":"s3:*","Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny","Principal":{"AWS":"*"}""");
        }
    }

    [Fact]
    public void Buckets_AreEncrypted_WithTheDataKeyButForAccessLogs()
    {
        foreach (var bucket in Buckets)
        {
            var rule = Readable.Line(bucket.At("BucketEncryption.ServerSideEncryptionConfiguration.0"));
            if (IsAccessLog(bucket))
                rule.ShouldBe("""{"ServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}""");
            else
                rule.ShouldMatch("""^\{"BucketKeyEnabled":true,"ServerSideEncryptionByDefault":\{"KMSMasterKeyID":"\$\{DataKey\w+\.Arn\}","SSEAlgorithm":"aws:kms"\}\}$""");
        }
    }

    [Fact]
    public void Buckets_LogAccesses_ButForTheOneThatHoldsTheLogs() => Buckets.ShouldAllBe(bucket =>
        IsAccessLog(bucket) != ((string?)bucket.At("LoggingConfiguration.DestinationBucketName.Ref") ?? "").StartsWith("AccessLogs", StringComparison.Ordinal));

    [Fact]
    public void Buckets_AbortIncompleteUploads() =>
        Buckets.ShouldAllBe(bucket => Rules(bucket).Any(rule => rule["AbortIncompleteMultipartUpload"] != null));

    [Fact]
    public void Buckets_ThatKeepVersions_LetThemExpire() =>
        Buckets.ShouldAllBe(bucket => bucket.At("VersioningConfiguration") == null || Rules(bucket).Any(rule => rule["NoncurrentVersionExpiration"] != null));

    [Fact]
    public void Zones_AreVersioned_AndTellEventBridge() => Zones.ShouldAllBe(zone =>
        zone.Text("VersioningConfiguration.Status") == "Enabled" && zone.Text("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled") == "true");

    [Fact]
    public void Zones_OfProd_MoveToInfrequentAccessAndThenToTheGlacierThatAthenaReads() =>
        Zones.Where(zone => zone.StackName == "pipelines-prod-storage")
            .Select(zone => Rules(zone).Single(rule => (string?)rule["Id"] == "Transition")["Transitions"])
            .ShouldAllBe(transitions => Readable.Line(transitions)
                == """[{"StorageClass":"STANDARD_IA","TransitionInDays":30},{"StorageClass":"GLACIER_IR","TransitionInDays":120}]""");

    [Fact]
    public void LandingZones_LetQuarantineAndSourceBackupsExpire()
    {
        foreach (var zone in Zones.Where(zone => zone.Id.StartsWith("Landing", StringComparison.Ordinal)))
        {
            Rules(zone).Where(rule => rule["ExpirationInDays"] is not null).Select(rule => (string?)rule["Prefix"]).OfType<string>()
                .ShouldBe(["quarantine/", "source/"]);
        }
    }

    [Fact]
    public void ResultsAndAccessLogs_Expire_AndKeepNoVersions() => Buckets.Except(Zones).ShouldAllBe(bucket =>
        Rules(bucket).Any(rule => rule["ExpirationInDays"] != null) && bucket.At("VersioningConfiguration") == null);

    [Fact]
    public void Rules_OfOneBucket_HaveDifferentIds() =>
        Buckets.ShouldAllBe(bucket => Rules(bucket).Select(rule => (string?)rule["Id"]).Distinct().Count() == Rules(bucket).Count());

    private static bool IsAccessLog(Resource bucket) => bucket.Id.StartsWith("AccessLogs", StringComparison.Ordinal);

    private static IEnumerable<JsonNode> Rules(Resource bucket) => ((JsonArray)bucket.At("LifecycleConfiguration.Rules")!).OfType<JsonNode>();
}
