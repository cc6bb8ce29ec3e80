using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class ObjectTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task Object_PutWithMetadata_IsReadBackAsItWasPut()
    {
        var bucket = await fixture.NewBucketAsync();
        var put = await fixture.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket,
            Key = "a/größe ÷ 2.txt",
            ContentBody = "hello",
            ContentType = "text/plain",
            Metadata = { ["owner"] = "me" },
            Headers = { CacheControl = "no-store", ContentEncoding = "identity" },
        });
        put.ETag.ShouldBe("\"5d41402abc4b2a76b9719d911017c592\"");

        using var got = await fixture.S3.GetObjectAsync(bucket, "a/größe ÷ 2.txt");

        using var reader = new StreamReader(got.ResponseStream);
        (await reader.ReadToEndAsync()).ShouldBe("hello");
        got.Headers.ContentType.ShouldBe("text/plain");
        got.Headers.CacheControl.ShouldBe("no-store");
        got.Headers.ContentEncoding.ShouldBe("identity");
        got.Metadata["owner"].ShouldBe("me");
        got.ETag.ShouldBe(put.ETag);
    }

    [Theory]
    [InlineData("bytes=0-1", 206, "he", "bytes 0-1/5")]
    [InlineData("bytes=3-", 206, "lo", "bytes 3-4/5")]
    [InlineData("bytes=-2", 206, "lo", "bytes 3-4/5")]
    [InlineData("bytes=-9", 206, "hello", "bytes 0-4/5")]
    [InlineData("bytes=4-99", 206, "o", "bytes 4-4/5")]
    [InlineData("bytes=5-", 416, null, "bytes */5")]
    [InlineData("bytes=2-1", 200, "hello", null)]
    [InlineData("bytes=0-1,3-4", 200, "hello", null)]
    [InlineData("lines=1-2", 200, "hello", null)]
    public async Task Get_Range_AnswersThatPart(string range, int status, string? content, string? contentRange)
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "k", ContentBody = "hello" });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{bucket}/k");
        request.Headers.TryAddWithoutValidation("Range", range);

        using var answer = await fixture.Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentRange?.ToString().ShouldBe(contentRange);
        if (content is not null)
            (await answer.Content.ReadAsStringAsync()).ShouldBe(content);
    }

    [Fact]
    public async Task Delete_Object_IsGoneAndNoError()
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "k", ContentBody = "1" });
        await fixture.S3.DeleteObjectAsync(bucket, "k");
        await fixture.S3.DeleteObjectAsync(bucket, "k");

        var error = await Should.ThrowAsync<AmazonS3Exception>(() => fixture.S3.GetObjectAsync(bucket, "k"));

        error.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        error.ErrorCode.ShouldBe("NoSuchKey");
    }

    [Fact]
    public async Task Put_LargeObject_IsStreamedThroughUnchanged()
    {
        var bucket = await fixture.NewBucketAsync();
        var content = new byte[3_000_001];
        new Random(1).NextBytes(content);
        await fixture.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "big", InputStream = new MemoryStream(content) });

        using var got = await fixture.S3.GetObjectAsync(bucket, "big");

        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        read.ToArray().SequenceEqual(content).ShouldBeTrue();
    }

    [Fact]
    public async Task Put_WithoutContentLength_IsRefused()
    {
        var bucket = await fixture.NewBucketAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put,
            $"/{bucket}/k") { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("x"))) };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await fixture.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.LengthRequired);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<Code>MissingContentLength</Code>");
    }
}
