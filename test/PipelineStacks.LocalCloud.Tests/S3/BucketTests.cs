using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class BucketTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("-dash")]
    [InlineData("two..dots")]
    [InlineData("10.0.0.1")]
    [InlineData("xn--bucket")]
    [InlineData("bucket-s3alias")]
    public async Task Create_InvalidName_IsRefused(string name)
    {
        using var answer = await fixture.Http.PutAsync($"/{name}", null);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<Code>InvalidBucketName</Code>");
    }

    [Fact]
    public async Task Create_NameTaken_SaysByWhom()
    {
        var bucket = await fixture.NewBucketAsync();
        using var other = fixture.Client("111122223333");

        (await Should.ThrowAsync<AmazonS3Exception>(() => fixture.S3.PutBucketAsync(bucket))).ErrorCode.ShouldBe("BucketAlreadyOwnedByYou");
        var taken = await Should.ThrowAsync<AmazonS3Exception>(() => other.PutBucketAsync(bucket));
        taken.ErrorCode.ShouldBe("BucketAlreadyExists");
        taken.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Delete_BucketWithObjects_IsRefusedUntilItIsEmpty()
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "k", ContentBody = "1" });

        (await Should.ThrowAsync<AmazonS3Exception>(() => fixture.S3.DeleteBucketAsync(bucket))).ErrorCode.ShouldBe("BucketNotEmpty");
        await fixture.S3.DeleteObjectAsync(bucket, "k");
        await fixture.S3.DeleteBucketAsync(bucket);

        (await Should.ThrowAsync<AmazonS3Exception>(() => fixture.S3.ListObjectsV2Async(new() { BucketName = bucket })))
            .ErrorCode.ShouldBe("NoSuchBucket");
    }

    [Fact]
    public async Task List_Buckets_AreTheAccountsOwn()
    {
        using var first = fixture.Client("222233334444");
        using var second = fixture.Client("333344445555");
        await first.PutBucketAsync("of-the-first");
        await second.PutBucketAsync("of-the-second");

        (await first.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName).ShouldBe(["of-the-first"]);
        (await first.GetBucketLocationAsync("of-the-first")).Location.Value.ShouldBe("eu-west-1");
    }

    [Fact]
    public async Task Bucket_OfBootstrap_ExistsInEveryAccountAndRegion()
    {
        using var client = fixture.Client("444455556666");
        const string bucket = "cdk-hnb659fds-assets-444455556666-eu-central-1";

        await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "asset.zip", ContentBody = "1",
            ExpectedBucketOwner = "444455556666" });

        (await client.GetBucketVersioningAsync(bucket)).VersioningConfig.Status.ShouldBe(VersionStatus.Enabled);
        (await client.GetBucketLocationAsync(bucket)).Location.Value.ShouldBe("eu-central-1");
    }

    [Fact]
    public async Task Call_ForAnotherExpectedOwner_IsDenied()
    {
        var bucket = await fixture.NewBucketAsync();

        var error = await Should.ThrowAsync<AmazonS3Exception>(() =>
            fixture.S3.ListObjectsV2Async(new() { BucketName = bucket, ExpectedBucketOwner = "999999999999" }));

        error.ErrorCode.ShouldBe("AccessDenied");
        error.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("lifecycle", "NoSuchLifecycleConfiguration")]
    [InlineData("policy", "NoSuchBucketPolicy")]
    [InlineData("tagging", "NoSuchTagSet")]
    [InlineData("cors", "NoSuchCORSConfiguration")]
    [InlineData("website", "NoSuchWebsiteConfiguration")]
    [InlineData("replication", "ReplicationConfigurationNotFoundError")]
    public async Task Configuration_NotSet_AnswersAsAwsDoes(string subresource, string code)
    {
        var bucket = await fixture.NewBucketAsync();

        using var answer = await fixture.Http.GetAsync($"/{bucket}?{subresource}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<Code>{code}</Code>");
    }

    [Theory]
    [InlineData("versioning", "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\" />")]
    [InlineData("logging", "<BucketLoggingStatus xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\" />")]
    [InlineData("notification", "<NotificationConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\" />")]
    [InlineData("encryption", "<SSEAlgorithm>AES256</SSEAlgorithm>")]
    [InlineData("publicAccessBlock", "<BlockPublicAcls>true</BlockPublicAcls>")]
    [InlineData("ownershipControls", "<ObjectOwnership>BucketOwnerEnforced</ObjectOwnership>")]
    [InlineData("acl", "<Permission>FULL_CONTROL</Permission>")]
    [InlineData("policyStatus", "<IsPublic>false</IsPublic>")]
    public async Task Configuration_OfANewBucket_HasAwsDefaults(string subresource, string part)
    {
        var bucket = await fixture.NewBucketAsync();

        (await fixture.Http.GetStringAsync($"/{bucket}?{subresource}")).ShouldContain(part);
    }

    [Fact]
    public async Task Configurations_Put_AreReadBack()
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutBucketPolicyAsync(bucket, """{"Version":"2012-10-17","Statement":[]}""");
        await fixture.S3.PutBucketTaggingAsync(bucket, [new() { Key = "team", Value = "data" }]);
        await fixture.S3.PutBucketEncryptionAsync(new()
        {
            BucketName = bucket,
            ServerSideEncryptionConfiguration = new()
            {
                ServerSideEncryptionRules =
                [
                    new() { BucketKeyEnabled = true, ServerSideEncryptionByDefault = new() { ServerSideEncryptionAlgorithm = "aws:kms",
                    ServerSideEncryptionKeyManagementServiceKeyId = "my-key" } },
                ],
            },
        });

        (await fixture.S3.GetBucketPolicyAsync(bucket)).Policy.ShouldBe("""{"Version":"2012-10-17","Statement":[]}""");
        (await fixture.S3.GetBucketTaggingAsync(new() { BucketName = bucket })).TagSet.Single().Value.ShouldBe("data");
        var put = await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "1" });
        put.ServerSideEncryptionMethod.Value.ShouldBe("aws:kms");
        put.ServerSideEncryptionKeyManagementServiceKeyId.ShouldBe("arn:aws:kms:eu-west-1:000000000000:key/my-key");
        put.BucketKeyEnabled.ShouldBe(true);
    }

    [Theory]
    [InlineData("replication", "PutBucketReplication")]
    [InlineData("website", "PutBucketWebsite")]
    [InlineData("inventory&id=1", "PutBucketInventoryConfiguration")]
    public async Task Operation_NotSupported_IsRefusedByName(string query, string operation)
    {
        var bucket = await fixture.NewBucketAsync();

        using var answer = await fixture.Http.PutAsync($"/{bucket}?{query}", new StringContent("<x/>"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotImplemented);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"The operation {operation} of S3 is not supported by the local cloud.");
    }

    [Theory]
    [InlineData("notification", "<NotificationConfiguration><QueueConfiguration/></NotificationConfiguration>", "NotImplemented")]
    [InlineData("versioning", "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>", "MalformedXML")]
    [InlineData("versioning", "<VersioningConfiguration><Status>On", "MalformedXML")]
    [InlineData("lifecycle", "<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter/></Rule></LifecycleConfiguration>", "InvalidRequest")]
    [InlineData("lifecycle", "<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter/><Expiration><Days>0</Days></Expiration></Rule></LifecycleConfiguration>", "InvalidArgument")]
    [InlineData("policy", "not json", "MalformedPolicy")]
    public async Task Configuration_Malformed_IsRefusedAndNotStored(string subresource, string body, string code)
    {
        var bucket = await fixture.NewBucketAsync();
        using var before = await fixture.Http.GetAsync($"/{bucket}?{subresource}");

        using var answer = await fixture.Http.PutAsync($"/{bucket}?{subresource}", new StringContent(body));

        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<Code>{code}</Code>");
        using var after = await fixture.Http.GetAsync($"/{bucket}?{subresource}");
        after.StatusCode.ShouldBe(before.StatusCode);
    }
}
