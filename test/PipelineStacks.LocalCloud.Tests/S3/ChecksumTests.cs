using System.Globalization;
using System.Net;
using System.Text;
using PipelineStacks.LocalCloud.Services.S3.Checksums;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class ChecksumTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    // The check values of the CRC catalogue, and of FIPS 180.
    [Theory]
    [InlineData("CRC32", "cbf43926")]
    [InlineData("CRC32C", "e3069283")]
    [InlineData("CRC64NVME", "ae8b14860a799888")]
    [InlineData("SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441")]
    [InlineData("SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    public void Checksum_OfTheCheckText_IsThePublishedOne(string algorithm, string expected) =>
        Convert.ToHexStringLower(ChecksumAlgorithm.Find(algorithm)!.Of("123456789"u8)).ShouldBe(expected);

    [Fact]
    public void Crc_InPieces_EqualsTheWhole()
    {
        var bytes = new byte[10_000];
        new Random(1).NextBytes(bytes);
        foreach (var algorithm in ChecksumAlgorithm.All)
        {
            using var running = algorithm.Start();
            for (var (at, piece) = (0, 1); at < bytes.Length; at += piece, piece = piece * 3 % 101 + 1)
                running.Append(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
            running.Finish().ShouldBe(algorithm.Of(bytes));
        }
    }

    [Theory]
    [InlineData("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==", null)]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5", "short", "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32", "NhCmhg==", null)]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc32", "short", "InvalidRequest")]
    [InlineData("x-amz-checksum-sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", null)]
    [InlineData("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-content-sha256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", null)]
    [InlineData("x-amz-content-sha256", "0000000000000000000000000000000000000000000000000000000000000000", "XAmzContentSHA256Mismatch")]
    public async Task Put_WithADigest_IsHeldAgainstIt(string header, string value, string? code)
    {
        var bucket = await fixture.NewBucketAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/{bucket}/k") { Content = new StringContent("hello") };
        if (header == "Content-MD5")
            request.Content.Headers.TryAddWithoutValidation(header, value);
        else
            request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await fixture.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(code is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        if (code is not null)
            (await answer.Content.ReadAsStringAsync()).ShouldContain($"<Code>{code}</Code>");
        using var read = await fixture.Http.GetAsync($"/{bucket}/k");
        read.StatusCode.ShouldBe(code is null ? HttpStatusCode.OK : HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "5;chunk-signature=ab\r\nhello\r\n6;chunk-signature=cd\r\n world\r\n0;chunk-signature=ef\r\n\r\n", null)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "x-amz-checksum-crc32")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "B;chunk-signature=ab\r\nhello world\r\n0;chunk-signature=ef\r\nx-amz-checksum-crc32:DUoRhQ==\r\nx-amz-trailer-signature:12\r\n\r\n", "x-amz-checksum-crc32")]
    public async Task Put_AwsChunked_StoresTheContentWithoutItsChunks(string mode, string body, string? trailer)
    {
        var bucket = await fixture.NewBucketAsync();

        using var answer = await PutChunkedAsync(bucket, mode, body, trailer, 11);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var read = await fixture.Http.GetAsync($"/{bucket}/k");
        (await read.Content.ReadAsStringAsync()).ShouldBe("hello world");
        read.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
    }

    [Theory]
    [InlineData("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", 11, "BadDigest")]
    [InlineData("b\r\nhello world\r\n0\r\n\r\n", 12, "IncompleteBody")]
    [InlineData("b\r\nhello", 11, "IncompleteBody")]
    [InlineData("x\r\nhello", 11, "InvalidChunkSizeError")]
    public async Task Put_AwsChunkedAndWrong_IsRefused(string body, int length, string code)
    {
        var bucket = await fixture.NewBucketAsync();

        using var answer = await PutChunkedAsync(bucket, "STREAMING-UNSIGNED-PAYLOAD-TRAILER", body, "x-amz-checksum-crc32", length);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<Code>{code}</Code>");
    }

    private async Task<HttpResponseMessage> PutChunkedAsync(string bucket, string mode, string body, string? trailer, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put,
        $"/{bucket}/k") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) };
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", mode);
        request.Headers.TryAddWithoutValidation("x-amz-decoded-content-length", length.ToString(CultureInfo.InvariantCulture));
        if (trailer is not null)
            request.Headers.TryAddWithoutValidation("x-amz-trailer", trailer);
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "aws-chunked,gzip");
        return await fixture.Http.SendAsync(request);
    }
}
