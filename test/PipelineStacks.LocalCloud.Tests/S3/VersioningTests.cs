using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class VersioningTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task Delete_InAVersionedBucket_HidesTheObjectBehindAMarker()
    {
        var bucket = await VersionedBucketAsync();
        var first = await PutAsync(bucket, "one");
        var second = await PutAsync(bucket, "two");
        second.VersionId.ShouldNotBe(first.VersionId);

        var deleted = await fixture.S3.DeleteObjectAsync(bucket, "k");

        deleted.DeleteMarker.ShouldBe("true");
        (await Should.ThrowAsync<AmazonS3Exception>(() => fixture.S3.GetObjectAsync(bucket, "k"))).ErrorCode.ShouldBe("NoSuchKey");
        (await ReadAsync(bucket, first.VersionId)).ShouldBe("one");
        (await Should.ThrowAsync<AmazonS3Exception>(() => ReadAsync(bucket, deleted.VersionId)))
            .StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        var listed = await fixture.S3.ListVersionsAsync(bucket);
        listed.Versions.Select(version => (version.VersionId, version.IsLatest, version.IsDeleteMarker == true)).ShouldBe(
            [(deleted.VersionId, true, true), (second.VersionId, false, false), (first.VersionId, false, false)]);
    }

    [Fact]
    public async Task Delete_TheMarkersVersion_BringsTheObjectBack()
    {
        var bucket = await VersionedBucketAsync();
        await PutAsync(bucket, "one");
        var marker = await fixture.S3.DeleteObjectAsync(bucket, "k");

        await fixture.S3.DeleteObjectAsync(bucket, "k", marker.VersionId);

        (await ReadAsync(bucket, null)).ShouldBe("one");
    }

    [Fact]
    public async Task Put_WhileSuspended_ReplacesOnlyTheNullVersion()
    {
        var bucket = await fixture.NewBucketAsync();
        await PutAsync(bucket, "before");
        await SetAsync(bucket, VersionStatus.Enabled);
        var kept = await PutAsync(bucket, "kept");
        await SetAsync(bucket, VersionStatus.Suspended);
        await PutAsync(bucket, "null again");

        (await ReadAsync(bucket, "null")).ShouldBe("null again");
        (await ReadAsync(bucket, kept.VersionId)).ShouldBe("kept");
        (await fixture.S3.ListVersionsAsync(bucket)).Versions.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000", "NoSuchVersion")]
    [InlineData("nonsense", "InvalidArgument")]
    public async Task Get_UnknownVersion_IsAnError(string versionId, string code)
    {
        var bucket = await VersionedBucketAsync();
        await PutAsync(bucket, "one");

        (await Should.ThrowAsync<AmazonS3Exception>(() => ReadAsync(bucket, versionId))).ErrorCode.ShouldBe(code);
    }

    private async Task<string> VersionedBucketAsync()
    {
        var bucket = await fixture.NewBucketAsync();
        await SetAsync(bucket, VersionStatus.Enabled);
        return bucket;
    }

    private async Task SetAsync(string bucket, VersionStatus status) =>
        await fixture.S3.PutBucketVersioningAsync(new() { BucketName = bucket, VersioningConfig = new() { Status = status } });

    private Task<PutObjectResponse> PutAsync(string bucket, string content) =>
        fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = content });

    private async Task<string> ReadAsync(string bucket, string? versionId)
    {
        using var got = await fixture.S3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = "k", VersionId = versionId });
        using var reader = new StreamReader(got.ResponseStream);
        return await reader.ReadToEndAsync();
    }
}
