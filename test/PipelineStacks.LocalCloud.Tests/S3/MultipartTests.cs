using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class MultipartTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    private const int PartSize = 5 * 1024 * 1024;

    [Theory]
    [InlineData(null)]
    [InlineData("CRC32")]
    [InlineData("SHA256")]
    public async Task Upload_Completed_IsThePartsInOrder(string? algorithm)
    {
        var (bucket, id) = await BeginAsync(algorithm);
        var (first, second) = (Bytes(PartSize, 1), Bytes(1000, 2));
        var late = await PartAsync(bucket, id, 7, second, algorithm);
        var early = await PartAsync(bucket, id, 3, first, algorithm);

        var completed = await CompleteAsync(bucket, id, early, late);

        completed.ETag.ShouldEndWith("-2\"");
        using var got = await fixture.S3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = "k",
            ChecksumMode = ChecksumMode.ENABLED });
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        read.ToArray().AsSpan().SequenceEqual([.. first, .. second]).ShouldBeTrue();
        got.ETag.ShouldBe(completed.ETag);
        using var part = await fixture.S3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = "k", PartNumber = 2 });
        part.ContentLength.ShouldBe(1000);
        part.PartsCount.ShouldBe(2);
        (await fixture.S3.ListMultipartUploadsAsync(bucket)).MultipartUploads.ShouldBeNull();
    }

    [Fact]
    public async Task Checksum_OfPartsBySha256_IsTheChecksumOfTheirChecksums()
    {
        var (bucket, id) = await BeginAsync("SHA256");
        var (first, second) = (Bytes(PartSize, 1), Bytes(10, 2));
        var completed = await CompleteAsync(bucket, id, await PartAsync(bucket, id, 1, first, "SHA256"),
            await PartAsync(bucket, id, 2, second, "SHA256"));

        byte[] both = [.. SHA256.HashData(first), .. SHA256.HashData(second)];
        completed.ChecksumSHA256.ShouldBe(Convert.ToBase64String(SHA256.HashData(both)) + "-2");
        completed.ChecksumType.ShouldBe(ChecksumType.COMPOSITE);
    }

    [Fact]
    public async Task Part_UploadedAgain_ReplacesTheFirst()
    {
        var (bucket, id) = await BeginAsync();
        await PartAsync(bucket, id, 1, Bytes(10, 1));
        var again = await PartAsync(bucket, id, 1, Bytes(20, 2));

        var parts = await fixture.S3.ListPartsAsync(bucket, "k", id);

        parts.Parts.Select(part => (part.PartNumber, part.Size)).ShouldBe([(1, 20)]);
        await CompleteAsync(bucket, id, again);
    }

    [Fact]
    public async Task Complete_WrongParts_NamesWhatIsWrong()
    {
        var (bucket, id) = await BeginAsync();
        var small = await PartAsync(bucket, id, 1, Bytes(10, 1));
        var last = await PartAsync(bucket, id, 2, Bytes(10, 2));

        (await Should.ThrowAsync<AmazonS3Exception>(() => CompleteAsync(bucket, id, small, last))).ErrorCode.ShouldBe("EntityTooSmall");
        (await Should.ThrowAsync<AmazonS3Exception>(() => CompleteAsync(bucket, id, new PartETag(1, "0123456789abcdef0123456789abcdef"))))
            .ErrorCode.ShouldBe("InvalidPart");
        (await Should.ThrowAsync<AmazonS3Exception>(() => CompleteAsync(bucket, id, new PartETag(9, small.ETag))))
            .ErrorCode.ShouldBe("InvalidPart");
        using var disordered = await fixture.Http.PostAsync($"/{bucket}/k?uploadId={id}", new StringContent(
            $"<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>{last.ETag}</ETag></Part><Part><PartNumber>1</PartNumber><ETag>{small.ETag}</ETag></Part></CompleteMultipartUpload>"));
        (await disordered.Content.ReadAsStringAsync()).ShouldContain("<Code>InvalidPartOrder</Code>");
    }

    [Fact]
    public async Task Abort_Upload_IsGone()
    {
        var (bucket, id) = await BeginAsync();
        await PartAsync(bucket, id, 1, Bytes(10, 1));
        (await fixture.S3.ListMultipartUploadsAsync(bucket)).MultipartUploads.Single().UploadId.ShouldBe(id);

        await fixture.S3.AbortMultipartUploadAsync(bucket, "k", id);

        (await Should.ThrowAsync<AmazonS3Exception>(() => fixture.S3.ListPartsAsync(bucket, "k", id))).ErrorCode.ShouldBe("NoSuchUpload");
    }

    [Fact]
    public async Task PartCopy_OfARange_CopiesThoseBytes()
    {
        var (bucket, id) = await BeginAsync();
        var content = Bytes(1000, 3);
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "source", InputStream = new MemoryStream(content) });

        var copied = await fixture.S3.CopyPartAsync(new()
        {
            SourceBucket = bucket, SourceKey = "source", DestinationBucket = bucket, DestinationKey = "k", UploadId = id, PartNumber = 1,
            FirstByte = 100, LastByte = 299,
        });
        await CompleteAsync(bucket, id, new PartETag(1, copied.ETag));

        using var got = await fixture.S3.GetObjectAsync(bucket, "k");
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        read.ToArray().ShouldBe(content[100..300]);
    }

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private async Task<(string Bucket, string Id)> BeginAsync(string? algorithm = null)
    {
        var bucket = await fixture.NewBucketAsync();
        var begun = await fixture.S3.InitiateMultipartUploadAsync(new() { BucketName = bucket, Key = "k", ChecksumAlgorithm = algorithm });
        return (bucket, begun.UploadId);
    }

    private async Task<PartETag> PartAsync(string bucket, string id, int number, byte[] content, string? algorithm = null) =>
        new(await fixture.S3.UploadPartAsync(new()
        {
            BucketName = bucket, Key = "k", UploadId = id, PartNumber = number, InputStream = new MemoryStream(content),
            ChecksumAlgorithm = algorithm,
        }));

    private Task<CompleteMultipartUploadResponse> CompleteAsync(string bucket, string id, params List<PartETag> parts) =>
        fixture.S3.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = "k", UploadId = id, PartETags = parts });
}
