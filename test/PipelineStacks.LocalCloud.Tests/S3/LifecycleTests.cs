using Amazon.S3;
using Amazon.S3.Model;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class LifecycleTests : IAsyncLifetime
{
    // A cloud of its own for every test, since time passes in them.
    private readonly S3Fixture _fixture = new();

    public Task InitializeAsync() => _fixture.InitializeAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Expiration_DaysFull_RemovesAtTheMidnightThatFollows()
    {
        var bucket = await BucketAsync(new LifecycleRule
        {
            Id = "tmp", Status = LifecycleRuleStatus.Enabled, Filter = Prefix("tmp/"), Expiration = new() { Days = 2 },
        });
        var put = await PutAsync(bucket, "tmp/a");
        await PutAsync(bucket, "kept/a");
        put.Expiration.RuleId.ShouldBe("tmp");

        // Put on the 20th at 9: two days are full on the 22nd at 9, so it goes at midnight to the 23rd.
        await _fixture.Clock.AdvanceAsync(TimeSpan.FromHours(2 * 24 + 14));
        (await KeysAsync(bucket)).ShouldBe(["kept/a", "tmp/a"]);
        await _fixture.Clock.AdvanceAsync(TimeSpan.FromHours(2));
        (await KeysAsync(bucket)).ShouldBe(["kept/a"]);
    }

    [Fact]
    public async Task Expiration_InAVersionedBucket_HidesThenRemovesTheNoncurrentThenTheMarker()
    {
        var bucket = await BucketAsync(new LifecycleRule
        {
            Id = "all", Status = LifecycleRuleStatus.Enabled, Filter = Prefix(""), Expiration = new() { Days = 1 },
            NoncurrentVersionExpiration = new() { NoncurrentDays = 3 },
        });
        await _fixture.S3.PutBucketVersioningAsync(new() { BucketName = bucket,
            VersioningConfig = new() { Status = VersionStatus.Enabled } });
        await _fixture.S3.PutBucketNotificationAsync(new() { BucketName = bucket, EventBridgeConfiguration = new() });
        await PutAsync(bucket, "k");

        await _fixture.Clock.AdvanceAsync(TimeSpan.FromDays(2));
        (await MarkersAsync(bucket)).ShouldBe([true, false]);
        await _fixture.Clock.AdvanceAsync(TimeSpan.FromDays(3));
        (await MarkersAsync(bucket)).ShouldBe([true]);
        await _fixture.Clock.AdvanceAsync(TimeSpan.FromDays(1));
        (await MarkersAsync(bucket)).ShouldBeEmpty();
        _fixture.Events.Of(bucket).Where(one => one.DetailType == "Object Deleted")
            .Select(one => ((string?)one.Detail["reason"], (string?)one.Detail["deletion-type"]))
            .ShouldBe([("Lifecycle Expiration", "Delete Marker Created"), ("Lifecycle Expiration", "Permanently Deleted"),
                ("Lifecycle Expiration", "Permanently Deleted")]);
    }

    [Fact]
    public async Task Transition_DaysFull_ChangesTheStorageClass()
    {
        var bucket = await BucketAsync(new LifecycleRule
        {
            Id = "age", Status = LifecycleRuleStatus.Enabled, Filter = Prefix(""),
            Transitions = [new() { Days = 1, StorageClass = S3StorageClass.StandardInfrequentAccess },
            new() { Days = 5, StorageClass = S3StorageClass.Glacier }],
        });
        await PutAsync(bucket, "k");

        await _fixture.Clock.AdvanceAsync(TimeSpan.FromDays(2));
        (await _fixture.S3.GetObjectMetadataAsync(bucket, "k")).StorageClass.ShouldBe(S3StorageClass.StandardInfrequentAccess);
        await _fixture.Clock.AdvanceAsync(TimeSpan.FromDays(4));
        (await _fixture.S3.GetObjectMetadataAsync(bucket, "k")).StorageClass.ShouldBe(S3StorageClass.Glacier);
        (await Should.ThrowAsync<AmazonS3Exception>(() => _fixture.S3.GetObjectAsync(bucket, "k")))
            .ErrorCode.ShouldBe("InvalidObjectState");
    }

    [Fact]
    public async Task IncompleteUpload_DaysFull_IsAborted()
    {
        var bucket = await BucketAsync(new LifecycleRule
        {
            Id = "uploads", Status = LifecycleRuleStatus.Enabled, Filter = Prefix(""),
            AbortIncompleteMultipartUpload = new() { DaysAfterInitiation = 1 },
        });
        await _fixture.S3.InitiateMultipartUploadAsync(bucket, "big");

        await _fixture.Clock.AdvanceAsync(TimeSpan.FromDays(2));

        (await _fixture.S3.ListMultipartUploadsAsync(bucket)).MultipartUploads.ShouldBeNull();
    }

    [Fact]
    public async Task Rule_Disabled_DoesNothing()
    {
        var bucket = await BucketAsync(new LifecycleRule { Id = "off", Status = LifecycleRuleStatus.Disabled, Filter = Prefix(""),
        Expiration = new() { Days = 1 } });
        await PutAsync(bucket, "k");

        await _fixture.Clock.AdvanceAsync(TimeSpan.FromDays(9));

        (await KeysAsync(bucket)).ShouldBe(["k"]);
    }

    private static LifecycleFilter Prefix(string prefix) =>
        new() { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = prefix } };

    private async Task<string> BucketAsync(LifecycleRule rule)
    {
        var bucket = await _fixture.NewBucketAsync();
        await _fixture.S3.PutLifecycleConfigurationAsync(bucket, new() { Rules = [rule] });
        return bucket;
    }

    private Task<PutObjectResponse> PutAsync(string bucket, string key) =>
        _fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = "1" });

    private async Task<List<string>> KeysAsync(string bucket) =>
        [.. (await _fixture.S3.ListObjectsV2Async(new() { BucketName = bucket })).S3Objects?.Select(one => one.Key) ?? []];

    private async Task<List<bool>> MarkersAsync(string bucket) =>
        [.. (await _fixture.S3.ListVersionsAsync(bucket)).Versions?.Select(version => version.IsDeleteMarker == true) ?? []];
}
