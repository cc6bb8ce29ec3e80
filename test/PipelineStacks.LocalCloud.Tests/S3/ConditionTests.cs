using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class ConditionTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    private const string ETag = "\"5d41402abc4b2a76b9719d911017c592\"";

    // Virtual time stands still on the day that objects are put.
    private const string Before = "Thu, 19 Nov 2026 09:00:00 GMT";
    private const string After = "Sat, 21 Nov 2026 09:00:00 GMT";

    [Theory]
    [InlineData("If-Match", ETag, 200)]
    [InlineData("If-Match", "\"other\"", 412)]
    [InlineData("If-None-Match", ETag, 304)]
    [InlineData("If-None-Match", "\"other\"", 200)]
    [InlineData("If-Modified-Since", Before, 200)]
    [InlineData("If-Modified-Since", After, 304)]
    [InlineData("If-Unmodified-Since", After, 200)]
    [InlineData("If-Unmodified-Since", Before, 412)]
    public async Task Read_WithACondition_AnswersByIt(string header, string value, int status)
    {
        var bucket = await PutAsync();
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var request = new HttpRequestMessage(method, $"/{bucket}/k");
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await fixture.Http.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(status);
            if (status == 304)
                answer.Headers.ETag!.Tag.ShouldBe(ETag);
        }
    }

    [Fact]
    public async Task Write_OnlyIfAbsent_FailsWhereThereIsOne()
    {
        var bucket = await PutAsync();

        var error = await Should.ThrowAsync<AmazonS3Exception>(() =>
            fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "new", IfNoneMatch = "*" }));

        error.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "other", ContentBody = "new", IfNoneMatch = "*" });
    }

    [Fact]
    public async Task Write_OnlyIfAbsentByManyAtOnce_SucceedsForOne()
    {
        var bucket = await fixture.NewBucketAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "lock", ContentBody = $"{i}", IfNoneMatch = "*" });
                return true;
            }
            catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
        }));

        outcomes.Count(won => won).ShouldBe(1);
    }

    [Fact]
    public async Task Write_OnlyIfUnchanged_FailsAfterAChange()
    {
        var bucket = await PutAsync();
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "changed", IfMatch = ETag });

        (await Should.ThrowAsync<AmazonS3Exception>(() =>
            fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "lost", IfMatch = ETag })))
            .ErrorCode.ShouldBe("PreconditionFailed");
    }

    [Fact]
    public async Task Copy_OntoItselfUnchanged_IsRefused()
    {
        var bucket = await PutAsync();

        (await Should.ThrowAsync<AmazonS3Exception>(() => fixture.S3.CopyObjectAsync(bucket, "k", bucket, "k")))
            .ErrorCode.ShouldBe("InvalidRequest");
    }

    [Fact]
    public async Task Copy_WithItsMetadataReplaced_KeepsTheContent()
    {
        var bucket = await PutAsync();
        await fixture.S3.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = bucket, SourceKey = "k", DestinationBucket = bucket, DestinationKey = "k",
            MetadataDirective = S3MetadataDirective.REPLACE, Metadata = { ["new"] = "yes" }, ContentType = "text/css",
        });

        using var got = await fixture.S3.GetObjectAsync(bucket, "k");

        got.ETag.ShouldBe(ETag);
        got.Metadata["new"].ShouldBe("yes");
        got.Headers.ContentType.ShouldBe("text/css");
    }

    [Fact]
    public async Task Tags_OfAnObject_ArePutReadAndDeleted()
    {
        var bucket = await PutAsync();
        await fixture.S3.PutObjectTaggingAsync(new() { BucketName = bucket, Key = "k",
            Tagging = new() { TagSet = [new() { Key = "a", Value = "1" }] } });
        (await fixture.S3.GetObjectTaggingAsync(new() { BucketName = bucket, Key = "k" })).Tagging.Single().Value.ShouldBe("1");
        (await fixture.S3.GetObjectAsync(bucket, "k")).TagCount.ShouldBe(1);

        await fixture.S3.DeleteObjectTaggingAsync(new() { BucketName = bucket, Key = "k" });

        (await fixture.S3.GetObjectTaggingAsync(new() { BucketName = bucket, Key = "k" })).Tagging.ShouldBeNull();
    }

    private async Task<string> PutAsync()
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "hello" });
        return bucket;
    }
}
