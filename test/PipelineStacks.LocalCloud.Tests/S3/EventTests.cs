using Amazon.S3;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class EventTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task Changes_OfABucketWithEventBridge_AreAnnouncedOnTheOwnersBus()
    {
        var bucket = await AnnouncingBucketAsync();
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "a/k", ContentBody = "hello" });
        await fixture.S3.CopyObjectAsync(bucket, "a/k", bucket, "copy");
        await fixture.S3.DeleteObjectAsync(bucket, "a/k");
        await fixture.Service<IObjectStore>().PutAsync(fixture.Call(), bucket, "delivered", "x"u8.ToArray(), "text/plain");

        var events = fixture.Events.Of(bucket);

        events.Select(one => (one.DetailType, (string?)one.Detail["reason"], (string?)one.Detail["object"]!["key"])).ShouldBe(
        [
            ("Object Created", "PutObject", "a/k"), ("Object Created", "CopyObject", "copy"),
            ("Object Deleted", "DeleteObject", "a/k"), ("Object Created", "PutObject", "delivered"),
        ]);
        var first = events[0];
        (first.Account, first.Region, first.Source).ShouldBe(("000000000000", "eu-west-1", "aws.s3"));
        first.Resources.ShouldBe([$"arn:aws:s3:::{bucket}"]);
        first.Detail["object"]!["size"]!.GetValue<long>().ShouldBe(5);
        first.Detail["object"]!["etag"]!.GetValue<string>().ShouldBe("5d41402abc4b2a76b9719d911017c592");
        first.Detail["requester"]!.GetValue<string>().ShouldBe("000000000000");
        events[2].Detail["deletion-type"]!.GetValue<string>().ShouldBe("Permanently Deleted");
        events[3].Detail["requester"]!.GetValue<string>().ShouldBe("firehose.amazonaws.com");
        events.Select(one => (string?)one.Detail["object"]!["sequencer"]).ShouldBeInOrder();
    }

    [Fact]
    public async Task Changes_OfAVersionedBucket_CarryTheVersion()
    {
        var bucket = await AnnouncingBucketAsync();
        await fixture.S3.PutBucketVersioningAsync(new() { BucketName = bucket,
            VersioningConfig = new() { Status = VersionStatus.Enabled } });
        var put = await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "1" });
        var deleted = await fixture.S3.DeleteObjectAsync(bucket, "k");

        var events = fixture.Events.Of(bucket);

        events.Select(one => (string?)one.Detail["object"]!["version-id"]).ShouldBe([put.VersionId, deleted.VersionId]);
        events[1].Detail["deletion-type"]!.GetValue<string>().ShouldBe("Delete Marker Created");
    }

    [Fact]
    public async Task Changes_OfABucketWithoutEventBridge_AreNotAnnounced()
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "1" });

        fixture.Events.Of(bucket).ShouldBeEmpty();
    }

    private async Task<string> AnnouncingBucketAsync()
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutBucketNotificationAsync(new() { BucketName = bucket, EventBridgeConfiguration = new() });
        return bucket;
    }
}
