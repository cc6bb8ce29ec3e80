using System.Security.Cryptography;
using System.Text;
using PipelineStacks.Aws.S3;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replays;

/// <summary>Drops records as a file beside the one that they came in. The file's name follows from its content, so that the same records are there once.</summary>
internal sealed class FileReplay(S3Client s3, Dataset dataset, string bucket, string prefix) : IReplayTarget
{
    public int Chunk => 5000;

    public string Where => $"files under s3://{bucket}/{prefix}";

    public Task<IReadOnlyDictionary<string, string>> RefuseAsync(IReadOnlyList<ReplayRecord> records, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    public Task<string> SubmitAsync(IReadOnlyList<ReplayRecord> records, CancellationToken cancel) => ReplayFile.AddAsync(
        s3,
        bucket,
        Folder(records[0].Rejected.SourceFile),
        string.Concat(records.Select(record => RecordText.Json(dataset, record) + "\n")),
        "json",
        cancel);

    // What a crawler takes for partitions are folders, and a folder of our own would be one.
    private string Folder(string? sourceFile)
    {
        var root = $"s3://{bucket}/";
        return sourceFile?.StartsWith(root + prefix, StringComparison.Ordinal) == true ? sourceFile[root.Length..(sourceFile.LastIndexOf('/') + 1)] : prefix;
    }
}

/// <summary>A file of records that go back.</summary>
internal static class ReplayFile
{
    private const int HashCharacters = 16;

    /// <returns>The file's URI. If it is there already, it stays: then this was done before, and a job need not read it again.</returns>
    public static async Task<string> AddAsync(S3Client s3, string bucket, string folder, string content, string suffix, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var key = $"{folder}replayed-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashCharacters]}.{suffix}";
        await s3.AddAsync(bucket, key, bytes, suffix == "csv" ? "text/csv" : "application/x-ndjson", cancel);
        return $"s3://{bucket}/{key}";
    }
}
