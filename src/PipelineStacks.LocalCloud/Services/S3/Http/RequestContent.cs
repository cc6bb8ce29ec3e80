using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Services.S3.Checksums;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>Receives a request's content onto disk and holds it against every digest that the client sent.</summary>
internal static class RequestContent
{
    private const long MaxSize = 5L * 1024 * 1024 * 1024;
    private const string Sha256Header = "x-amz-content-sha256";

    private static readonly ChecksumAlgorithm Sha256 = ChecksumAlgorithm.Find("SHA256")!;

    /// <param name="unasked">The checksum to take where the client sends none.</param>
    public static async ValueTask<(WrittenContent Content, Checksum? Checksum)> ReceiveAsync(
        S3Request request, BucketStorage storage, ChecksumAlgorithm? unasked = null)
    {
        var body = BodyOf(request);
        var expectedLength = ExpectedLength(request);
        var sent = SentAlgorithm(request) ?? unasked;
        var payloadHash = PayloadHash(request);
        var contentMd5 = ContentMd5(request);
        List<ChecksumAlgorithm> algorithms = [];
        if (sent is not null)
            algorithms.Add(sent);
        if (payloadHash is not null)
            algorithms.Add(Sha256);

        var content = await ContentWriter.WriteAsync(storage, request.Key, body, algorithms, request.Http.RequestAborted);
        try
        {
            if (content.Size != expectedLength)
                throw S3Errors.IncompleteBody();
            CheckMd5(contentMd5, content.Md5);
            CheckPayloadHash(payloadHash, payloadHash is null ? [] : content.Checksums[^1]);
            if (sent is null)
                return (content, null);
            var value = Convert.ToBase64String(content.Checksums[0]);
            CheckSum(sent, ExpectedChecksum(request, sent, body), value);
            return (content, new(sent.Name, value));
        }
        catch
        {
            storage.Discard(content);
            throw;
        }
    }

    /// <summary>The request's content without the chunks that it may come in.</summary>
    public static Stream BodyOf(S3Request request) =>
        IsChunked(request) ? new AwsChunkedStream(request.Http.Request.Body) : request.Http.Request.Body;

    /// <summary>Holds a body in memory against the digests in the headers.</summary>
    public static void CheckDigests(S3Request request, byte[] bytes, bool checksum)
    {
        if (ContentMd5(request) is { } md5)
            CheckMd5(md5, Md5.Of(bytes));
        if (PayloadHash(request) is { } hash)
            CheckPayloadHash(hash, SHA256.HashData(bytes));
        if (checksum && SentAlgorithm(request) is { } sent)
            CheckSum(sent, request.Header(sent.Header), Convert.ToBase64String(sent.Of(bytes)));
    }

    /// <summary>The checksum that the headers carry or announce to follow the content.</summary>
    private static ChecksumAlgorithm? SentAlgorithm(S3Request request)
    {
        var trailers = request.Header("x-amz-trailer")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        var sent = ChecksumAlgorithm.All.Where(algorithm =>
            request.Header(algorithm.Header) is not null || trailers.Contains(algorithm.Header, StringComparer.OrdinalIgnoreCase)).ToList();
        return sent.Count <= 1
            ? sent.FirstOrDefault()
            : throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }

    private static string? ExpectedChecksum(S3Request request, ChecksumAlgorithm sent, Stream body) =>
        request.Header(sent.Header) ?? (body as AwsChunkedStream)?.Trailers.GetValueOrDefault(sent.Header);

    private static void CheckSum(ChecksumAlgorithm algorithm, string? expected, string actual)
    {
        if (expected is null)
            return;
        if (!IsBase64(expected, algorithm.Length))
            throw S3Errors.InvalidRequest($"Value for {algorithm.Header} header is invalid.");
        if (expected != actual)
            throw new S3Exception("BadDigest", $"The {algorithm.Name} you specified did not match the calculated checksum.", 400);
    }

    private static void CheckMd5(string? expected, byte[] actual)
    {
        if (expected is not null && expected != Convert.ToBase64String(actual))
            throw S3Errors.BadDigest("Content-MD5");
    }

    private static void CheckPayloadHash(string? expected, byte[] actual)
    {
        if (expected is null || expected.Equals(Convert.ToHexStringLower(actual), StringComparison.OrdinalIgnoreCase))
            return;
        throw new S3Exception("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.",
            400,
            ("ClientComputedContentSHA256", expected), ("S3ComputedContentSHA256", Convert.ToHexStringLower(actual)));
    }

    private static string? ContentMd5(S3Request request) =>
        request.Header("Content-MD5") is not { } md5 ? null : IsBase64(md5, 16) ? md5 : throw S3Errors.InvalidDigest("Content-MD5");

    private static bool IsBase64(string text, int length)
    {
        Span<byte> decoded = stackalloc byte[64];
        return Convert.TryFromBase64String(text, decoded, out var count) && count == length;
    }

    // Null where the content was not hashed as a whole for the signature.
    private static string? PayloadHash(S3Request request) =>
        request.Header(Sha256Header) switch
        {
            null or "UNSIGNED-PAYLOAD" => null,
            { } streaming when streaming.StartsWith("STREAMING-", StringComparison.Ordinal) => null,
            { Length: 64 } hash when hash.All(char.IsAsciiHexDigit) => hash,
            { } other => throw S3Errors.InvalidArgument(
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.", Sha256Header,
                other),
        };

    private static bool IsChunked(S3Request request) =>
        request.Header(Sha256Header)?.StartsWith("STREAMING-", StringComparison.Ordinal) == true
        || request.Header("Content-Encoding")?.Contains("aws-chunked", StringComparison.OrdinalIgnoreCase) == true;

    private static long ExpectedLength(S3Request request)
    {
        var length = request.Header("x-amz-decoded-content-length") is not { } decoded ? request.Http.Request.ContentLength
            : long.TryParse(decoded, System.Globalization.NumberStyles.None, null, out var parsed) ? parsed
            : throw S3Errors.InvalidArgument("x-amz-decoded-content-length must be a number.", "x-amz-decoded-content-length", decoded);
        if (length is null)
            throw new S3Exception("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
        return length <= MaxSize
            ? length.Value
            : throw new S3Exception("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400,
                ("ProposedSize", $"{length}"), ("MaxSizeAllowed", $"{MaxSize}"));
    }
}
