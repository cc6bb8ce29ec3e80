using System.Net;
using Amazon.S3;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class AddressingTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Theory]
    [InlineData("{0}.localhost:4566")]
    [InlineData("{0}.s3.localhost:4566")]
    [InlineData("{0}.s3.eu-west-1.localhost:4566")]
    [InlineData("{0}.s3.eu-west-1.amazonaws.com")]
    [InlineData("{0}.s3.amazonaws.com")]
    public async Task Get_BucketInTheHost_IsFound(string host)
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "a/b", ContentBody = "hello" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a/b");
        request.Headers.Host = string.Format(null, host, bucket);

        using var answer = await fixture.Http.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldBe("hello");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("s3.localhost")]
    [InlineData("s3.eu-west-1.localhost")]
    public async Task Get_BucketInThePath_IsFound(string host)
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "a/b", ContentBody = "hello" });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{bucket}/a/b");
        request.Headers.Host = host;

        using var answer = await fixture.Http.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldBe("hello");
    }

    [Theory]
    [InlineData("a/../b")]
    [InlineData("./a//b/")]
    [InlineData("%2F a+b&c=d?e#f")]
    [InlineData("\u0001control")]
    [InlineData("/leading")]
    public async Task Key_WithWhateverCharacters_IsKeptAsItIs(string key)
    {
        var bucket = await fixture.NewBucketAsync();
        using var raw = new HttpRequestMessage(HttpMethod.Put, new Uri($"{fixture.Cloud.Endpoint}{bucket}/{Uri.EscapeDataString(key)}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = new StringContent("x") };

        (await fixture.Http.SendAsync(raw)).EnsureSuccessStatusCode();

        var listed = await fixture.S3.ListObjectsV2Async(new() { BucketName = bucket, Encoding = EncodingType.Url });
        Uri.UnescapeDataString(listed.S3Objects.Single().Key).ShouldBe(key);
    }

    [Fact]
    public async Task Key_TooLong_IsRefused()
    {
        var bucket = await fixture.NewBucketAsync();
        using var fits = await fixture.Http.PutAsync($"/{bucket}/{new string('k', 1024)}", new StringContent("x"));
        using var answer = await fixture.Http.PutAsync($"/{bucket}/{new string('k', 1025)}", new StringContent("x"));

        fits.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<Code>KeyTooLongError</Code>");
    }

    [Fact]
    public async Task PresignedUrl_GoodForItsTime_ExpiresAfterwards()
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "hello" });
        var signed = fixture.Clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", null);
        var url = $"/{bucket}/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test/20261120/eu-west-1/s3/aws4_request&X-Amz-Date={signed}"
            + "&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00&response-content-disposition=attachment";

        using (var good = await fixture.Http.GetAsync(url))
            good.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        await fixture.Clock.AdvanceAsync(TimeSpan.FromSeconds(61));

        using var expired = await fixture.Http.GetAsync(url);
        expired.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await expired.Content.ReadAsStringAsync()).ShouldContain("<Message>Request has expired</Message>");
    }
}
