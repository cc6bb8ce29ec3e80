using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class ProvisionerTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    // As the CDK synthesises a zone's bucket.
    private const string Zone = """
        {
          "BucketEncryption": { "ServerSideEncryptionConfiguration": [ {
            "BucketKeyEnabled": true,
            "ServerSideEncryptionByDefault": { "KMSMasterKeyID": "arn:aws:kms:eu-west-1:000000000000:key/1",
            "SSEAlgorithm": "aws:kms" } } ] },
          "LifecycleConfiguration": { "Rules": [
            { "Id": "age", "Prefix": "film_events/", "Status": "Enabled",
            "Transitions": [ { "StorageClass": "STANDARD_IA", "TransitionInDays": 30 } ],
              "NoncurrentVersionExpiration": { "NoncurrentDays": 7 } },
            { "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 3 }, "ExpirationInDays": 90, "Id": "quarantine",
            "Prefix": "quarantine/", "Status": "Enabled" } ] },
          "LoggingConfiguration": { "DestinationBucketName": "logs", "LogFilePrefix": "landing/" },
          "NotificationConfiguration": { "EventBridgeConfiguration": { "EventBridgeEnabled": "true" } },
          "OwnershipControls": { "Rules": [ { "ObjectOwnership": "BucketOwnerEnforced" } ] },
          "PublicAccessBlockConfiguration": { "BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true,
          "RestrictPublicBuckets": true },
          "Tags": [ { "Key": "environment", "Value": "dev" } ],
          "VersioningConfiguration": { "Status": "Enabled" }
        }
        """;

    [Fact]
    public async Task Bucket_OfATemplate_IsAsTheTemplateSays()
    {
        var made = await CreateAsync("AWS::S3::Bucket", Zone);
        var bucket = made.PhysicalId;

        bucket.ShouldStartWith("pipelines-dev-storage-landing-");
        ((string?)made.Attributes["Arn"]).ShouldBe($"arn:aws:s3:::{bucket}");
        ((string?)made.Attributes["RegionalDomainName"]).ShouldBe($"{bucket}.s3.eu-west-1.amazonaws.com");
        var put = await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "quarantine/x", ContentBody = "1" });
        put.VersionId.Length.ShouldBe(32);
        put.ServerSideEncryptionKeyManagementServiceKeyId.ShouldBe("arn:aws:kms:eu-west-1:000000000000:key/1");
        put.BucketKeyEnabled.ShouldBe(true);
        put.Expiration.RuleId.ShouldBe("quarantine");
        fixture.Events.Of(bucket).Count.ShouldBe(1);
        var lifecycle = await fixture.S3.GetLifecycleConfigurationAsync(bucket);
        lifecycle.Configuration.Rules.Select(rule => rule.Id).ShouldBe(["age", "quarantine"]);
        (await fixture.S3.GetBucketLoggingAsync(bucket)).BucketLoggingConfig.TargetPrefix.ShouldBe("landing/");
        (await fixture.S3.GetBucketTaggingAsync(new() { BucketName = bucket })).TagSet.Single().Value.ShouldBe("dev");
    }

    [Fact]
    public async Task Update_PropertiesChangedAndDropped_AreChangedAndUnset()
    {
        var made = await CreateAsync("AWS::S3::Bucket", Zone);
        var after = JsonNode.Parse(Zone)!.AsObject();
        after.Remove("LifecycleConfiguration");
        after.Remove("VersioningConfiguration");
        after["NotificationConfiguration"]!["EventBridgeConfiguration"]!["EventBridgeEnabled"] = false;

        var provisioner = Provisioner("AWS::S3::Bucket");
        await provisioner.UpdateAsync(Context("AWS::S3::Bucket"), made.PhysicalId, JsonNode.Parse(Zone)!.AsObject(), after);

        var put = await fixture.S3.PutObjectAsync(new() { BucketName = made.PhysicalId, Key = "quarantine/x", ContentBody = "1" });
        put.Expiration.ShouldBeNull();
        (await fixture.S3.GetBucketVersioningAsync(made.PhysicalId)).VersioningConfig.Status.Value.ShouldBe("Suspended");
        fixture.Events.Of(made.PhysicalId).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_BucketWithObjects_Fails()
    {
        var made = await CreateAsync("AWS::S3::Bucket", "{}");
        await fixture.S3.PutObjectAsync(new() { BucketName = made.PhysicalId, Key = "k", ContentBody = "1" });
        var provisioner = Provisioner("AWS::S3::Bucket");

        var error = await Should.ThrowAsync<ServiceException>(async () =>
            await provisioner.DeleteAsync(Context("AWS::S3::Bucket"), made.PhysicalId, []));
        error.Code.ShouldBe("BucketNotEmpty");

        await fixture.S3.DeleteObjectAsync(made.PhysicalId, "k");
        await provisioner.DeleteAsync(Context("AWS::S3::Bucket"), made.PhysicalId, []);
        await provisioner.DeleteAsync(Context("AWS::S3::Bucket"), made.PhysicalId, []);
    }

    [Fact]
    public async Task Policy_OfATemplate_IsStoredAndRemoved()
    {
        var bucket = await fixture.NewBucketAsync();
        var properties = $$$"""{"Bucket":"{{{bucket}}}","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*"}]}}""";
        var made = await CreateAsync("AWS::S3::BucketPolicy", properties);

        (await fixture.S3.GetBucketPolicyAsync(bucket)).Policy.ShouldContain("\"Deny\"");
        await Provisioner("AWS::S3::BucketPolicy")
            .DeleteAsync(Context("AWS::S3::BucketPolicy"), made.PhysicalId, JsonNode.Parse(properties)!.AsObject());
        using var gone = await fixture.Http.GetAsync($"/{bucket}?policy");
        ((int)gone.StatusCode).ShouldBe(404);
    }

    [Theory]
    [InlineData("""{"WebsiteConfiguration":{}}""", "WebsiteConfiguration")]
    [InlineData("""{"NotificationConfiguration":{"LambdaConfigurations":[]}}""", "LambdaConfigurations")]
    [InlineData("""{"LifecycleConfiguration":{"Rules":[{"Status":"Enabled","Id":"x"}]}}""", "At least one action")]
    public void Check_WhatCantBeHonoured_IsRefusedByName(string properties, string named) =>
        Should.Throw<ServiceException>(() =>
            Provisioner("AWS::S3::Bucket").Check(Context("AWS::S3::Bucket"), JsonNode.Parse(properties)!.AsObject()))
            .Message.ShouldContain(named);

    private ValueTask<Provisioned> CreateAsync(string type, string properties) =>
        Provisioner(type).CreateAsync(Context(type), JsonNode.Parse(properties)!.AsObject());

    private IResourceProvisioner Provisioner(string type) =>
        fixture.Cloud.Services.GetServices<IResourceProvisioner>().Single(provisioner => provisioner.ResourceType == type);

    private ProvisionContext Context(string type) => new(fixture.Call(), "arn:stack", "pipelines-dev-storage", "Landing", type);
}
