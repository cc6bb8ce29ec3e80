using System.IO.Compression;
using System.Security.Cryptography;
using PipelineStacks.Aws;
using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Aws.S3;

namespace PipelineStacks.Cli.Generation;

/// <summary>
/// Files in S3, each of a batch's lines, as systems drop them that know no streams. A file's name follows from its content, so that the same records are
/// there once, however often they are dropped.
/// </summary>
/// <param name="name">What the files' names begin with.</param>
/// <param name="perFile">Lines of a file.</param>
internal sealed class FileTarget(S3Client s3, string bucket, string prefix, string name, int perFile, bool gzip) : IRecordTarget
{
    private const int HashCharacters = 16;

    private int _files;

    public int MaxRecords => perFile;

    public int MaxBytes => 256 * 1024 * 1024;

    public bool WaitsForFullBatches => true;

    /// <summary>How many files were dropped, or were there before.</summary>
    public int Files => _files;

    public async Task<IReadOnlyList<RecordFailure>> PutAsync(ReadOnlyMemory<PutRecordsEntry> records, CancellationToken cancel)
    {
        var (content, hash) = Content(records.Span);
        await s3.AddAsync(bucket, $"{prefix}{name}-{hash}.json{(gzip ? ".gz" : "")}", content, gzip ? "application/gzip" : "application/x-ndjson", cancel);
        Interlocked.Increment(ref _files);
        return [];
    }

    // The name is that of the lines: compressed by another version of zlib they would have other bytes.
    private (byte[] Content, string Hash) Content(ReadOnlySpan<PutRecordsEntry> records)
    {
        using var lines = new MemoryStream();
        foreach (var record in records)
            lines.Write(record.Data.Span);
        var hash = Convert.ToHexStringLower(SHA256.HashData(lines.GetBuffer().AsSpan(0, (int)lines.Length)))[..HashCharacters];
        if (!gzip)
            return (lines.ToArray(), hash);
        using var compressed = new MemoryStream();
        using (var zip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(lines.GetBuffer().AsSpan(0, (int)lines.Length));
        return (compressed.ToArray(), hash);
    }
}
